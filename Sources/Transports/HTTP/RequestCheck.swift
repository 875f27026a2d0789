internal import NIOHTTP1
internal import Services

/// What is wrong with a request by its head alone (contract/wire.md §2).
enum RequestCheck {
    static let prefix = "/xmlrpc/"

    /// The answer to a request that is no call; nil lets it in.
    static func refusal(of head: HTTPRequestHead, bodyLimit: Int) -> Page? {
        guard head.version.major == 1 else { return .error(.httpVersionNotSupported, "Only HTTP/1 is spoken here.") }
        guard head.uri.hasPrefix(prefix) else { return .error(.notFound, "Path not found: \(head.uri.prefix(200)).") }
        guard head.method == .POST || head.method == .OPTIONS else {
            return .error(.notImplemented, "Unsupported method ('\(head.method.rawValue)').")
        }
        guard RPCServices.names.contains(String(head.uri.dropFirst(prefix.count))) else {
            return .plain(.notFound, "No such page")
        }
        if head.method == .OPTIONS { return nil }
        if let encoding = head.headers.first(name: "Content-Encoding"),
            !["gzip", "deflate", "identity"].contains(encoding.lowercased())
        {
            return .error(.notImplemented, "encoding '\(encoding.prefix(40))' not supported")
        }
        if let length = head.headers.first(name: "Content-Length").flatMap({ Int($0) }), length > bodyLimit {
            return .plain(.payloadTooLarge, "The request is larger than \(bodyLimit) bytes.", closes: true)
        }
        return nil
    }
}
