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
            !["gzip", "x-gzip", "identity"].contains(encoding.lowercased())
        {
            return .error(.notImplemented, "encoding '\(encoding.prefix(40))' not supported")
        }
        if let length = head.headers.first(name: "Content-Length").flatMap({ Int($0) }), length > bodyLimit {
            return tooLarge(bodyLimit)
        }
        return nil
    }

    static func tooLarge(_ limit: Int) -> Page {
        .plain(.payloadTooLarge, "The request is larger than \(limit) bytes.", closes: true)
    }

    /// Large requests of others take all the memory there is for them.
    static let memoryIsSpent = Page.plain(
        .serviceUnavailable, "The server has no memory left for a large request: try again in a moment.", closes: true)

    /// Whether the body is gzip.
    static func isPacked(_ head: HTTPRequestHead) -> Bool {
        guard let encoding = head.headers.first(name: "Content-Encoding")?.lowercased() else { return false }
        return encoding == "gzip" || encoding == "x-gzip"
    }

    /// Whether the client asked for gzip, and not with a weight of 0.
    static func acceptsGzip(_ head: HTTPRequestHead) -> Bool {
        head.headers[canonicalForm: "Accept-Encoding"].contains { choice in
            let parts = choice.split(separator: ";").map { $0.filter { !$0.isWhitespace }.lowercased() }
            guard parts.first == "gzip" else { return false }
            return !parts.dropFirst().contains { $0.hasPrefix("q=") && Double($0.dropFirst(2)) == 0 }
        }
    }
}
