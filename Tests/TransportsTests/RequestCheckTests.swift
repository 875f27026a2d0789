import NIOCore
import NIOHTTP1
import Testing

@testable import Transports

@Suite struct RequestCheckTests {
    private static func head(
        _ method: HTTPMethod = .POST, _ uri: String = "/xmlrpc/object", version: HTTPVersion = .http1_1,
        _ headers: HTTPHeaders = [:]
    ) -> HTTPRequestHead {
        HTTPRequestHead(version: version, method: method, uri: uri, headers: headers)
    }

    private static func refusal(_ head: HTTPRequestHead) -> Page? { RequestCheck.refusal(of: head, bodyLimit: 1000) }

    @Test(arguments: ["common", "db", "object"])
    func `a call and a question for the verbs are let in`(_ service: String) {
        #expect(Self.refusal(Self.head(.POST, "/xmlrpc/" + service)) == nil)
        #expect(Self.refusal(Self.head(.OPTIONS, "/xmlrpc/" + service)) == nil)
        #expect(Self.refusal(Self.head(.POST, "/xmlrpc/" + service, version: .http1_0)) == nil)
    }

    @Test(arguments: [
        "/xmlrpc/", "/xmlrpc/nothing", "/xmlrpc/common/", "/xmlrpc/Common", "/xmlrpc/a/db", "/xmlrpc/db?x=1",
    ])
    func `a path that names no service is plain 404`(_ path: String) throws {
        let page = try #require(Self.refusal(Self.head(.POST, path)))
        #expect(page.status == .notFound)
        #expect(page.type == "text/plain")
        #expect(String(buffer: page.body) == "No such page")
        #expect(!page.closes)
    }

    @Test(arguments: ["/", "/xmlrpc", "/XMLRPC/db", "/web/<script>", "*"])
    func `any other path is a page of 404 that closes`(_ path: String) throws {
        let page = try #require(Self.refusal(Self.head(.POST, path)))
        #expect(page.status == .notFound)
        #expect(page.type == "text/html")
        #expect(page.closes)
        let text = String(buffer: page.body)
        #expect(text.contains("Path not found: "))
        #expect(!text.contains("<script>"))
    }

    @Test func `a long path is told in part`() throws {
        let page = try #require(Self.refusal(Self.head(.GET, "/" + String(repeating: "x", count: 10_000))))
        #expect(page.body.readableBytes < 500)
    }

    @Test(arguments: [HTTPMethod.GET, .HEAD, .PUT, .DELETE, .RAW(value: "PROPFIND")])
    func `other verbs are 501`(_ method: HTTPMethod) throws {
        let page = try #require(Self.refusal(Self.head(method)))
        #expect(page.status == .notImplemented)
        #expect(page.type == "text/html")
        #expect(page.closes)
        #expect(String(buffer: page.body).contains("Unsupported method ('\(method.rawValue)')"))
    }

    @Test(arguments: [0, 2, 3])
    func `another major version is 505`(_ major: Int) throws {
        let page = try #require(Self.refusal(Self.head(version: HTTPVersion(major: major, minor: 0))))
        #expect(page.status == .httpVersionNotSupported)
        #expect(page.closes)
    }

    @Test(arguments: ["deflate", "br", "gzip, gzip", ""])
    func `an encoding nobody here can read is 501`(_ encoding: String) throws {
        let page = try #require(Self.refusal(Self.head(.POST, "/xmlrpc/db", ["Content-Encoding": encoding])))
        #expect(page.status == .notImplemented)
        #expect(String(buffer: page.body).contains("encoding '\(encoding)' not supported"))
    }

    @Test(arguments: [("gzip", true), ("GZIP", true), ("x-gzip", true), ("identity", false)])
    func `gzip and no encoding are read`(_ encoding: String, _ isPacked: Bool) {
        let head = Self.head(.POST, "/xmlrpc/db", ["Content-Encoding": encoding])
        #expect(Self.refusal(head) == nil)
        #expect(RequestCheck.isPacked(head) == isPacked)
        #expect(!RequestCheck.isPacked(Self.head()))
    }

    @Test func `a body is let in up to the limit and told 413 beyond it`() throws {
        #expect(Self.refusal(Self.head(.POST, "/xmlrpc/db", ["Content-Length": "1000"])) == nil)
        let page = try #require(Self.refusal(Self.head(.POST, "/xmlrpc/db", ["Content-Length": "1001"])))
        #expect(page.status == .payloadTooLarge)
        #expect(page.closes)
        #expect(String(buffer: page.body) == "The request is larger than 1000 bytes.")
    }

    @Test(
        arguments: [
            (nil, false), ("", false), ("gzip", true), ("GZip", true), ("deflate, gzip", true), ("gzip;q=1", true),
            ("gzip;q=0.001", true), ("gzip; q=0.5, deflate", true), ("gzip;q=0", false), ("gzip; q=0", false),
            ("gzip ; Q=0.000", false), ("gzip;\tq=0", false), ("gzip\t;q=0.0", false), ("\tgzip", true),
            ("deflate;q=1, gzip;q=0", false), ("deflate", false), ("identity", false),
            ("gzipped", false), ("deflate;x=gzip", false),
        ] as [(String?, Bool)])
    func `an answer is packed for those who ask for gzip`(_ choice: String?, _ isAccepted: Bool) {
        let headers: HTTPHeaders = choice.map { ["Accept-Encoding": $0] } ?? [:]
        #expect(RequestCheck.acceptsGzip(Self.head(.POST, "/xmlrpc/db", headers)) == isAccepted)
    }

    @Test func `choices may come in several headers`() {
        let headers: HTTPHeaders = ["Accept-Encoding": "deflate", "accept-encoding": "gzip"]
        #expect(RequestCheck.acceptsGzip(Self.head(.POST, "/xmlrpc/db", headers)))
    }
}
