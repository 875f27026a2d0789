import Logging
import NIOCore
import NIOEmbedded
import NIOHTTP1
import PostgreSQL
import Services
import Testing
import XMLRPC

@testable import Transports

/// Requests on one connection, without a socket, at a desk whose workers are all busy.
@Suite struct HTTPHandlerTests {
    private static func channel(
        bodyLimit: Int = 1000, budget: BodyBudget = BodyBudget(bytes: 0)
    ) throws -> EmbeddedChannel {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let authentication = Authentication(
            login: { _, _, _ in nil }, verify: { _, _, _ in false }, matches: { _, _ in false }, hash: { $0 })
        let host = DatabaseHost(
            settings: .init(), connection: try ConnectionSettings("host=/nonexistent"),
            connectionLimit: 1, authentication: authentication,
            superAdministrator: try SuperAdministrator(
                file: "/nonexistent/password", initial: "x", authentication: authentication),
            provisioner: DatabaseProvisioner(
                addons: [], addonsPath: [], ports: { preconditionFailure("no database is opened here") },
                logger: logger), logger: logger)
        // Nobody may wait for a worker, so that the answer is there at once.
        let workers = WorkerPool(threads: 1, queueLimit: 0) { CallBench(.init()) }
        let desk = CallDesk(services: RPCServices(host, logger: logger), workers: workers, bodyLimit: bodyLimit)
        let channel = EmbeddedChannel()
        let pipeline = channel.pipeline.syncOperations
        try pipeline.configureHTTPServerPipeline()
        try pipeline.addHandler(HTTPHandler(desk: desk, bodyLimit: bodyLimit, budget: budget))
        try channel.connect(to: .init(ipAddress: "127.0.0.1", port: 1)).wait()
        return channel
    }

    /// What the connection sends back for these bytes.
    private static func answer(to request: String, on channel: EmbeddedChannel) throws -> String {
        try channel.writeInbound(ByteBuffer(string: request))
        channel.embeddedEventLoop.run()
        var text = ""
        while let buffer = try channel.readOutbound(as: ByteBuffer.self) { text += String(buffer: buffer) }
        return text
    }

    private static func post(_ body: String, _ headers: String = "") -> String {
        "POST /xmlrpc/common HTTP/1.1\r\nHost: x\r\n\(headers)Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    @Test func `a call that no worker can take is answered by a fault, and the connection stays`() throws {
        let channel = try Self.channel()
        for _ in 1...2 {
            let text = try Self.answer(to: Self.post("<methodCall/>"), on: channel)
            #expect(text.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(text.contains("\r\nContent-type: text/xml\r\n"))
            #expect(text.contains("The server is busy: try again in a moment."))
            #expect(!text.contains("\r\nConnection: "))
            #expect(channel.isActive)
        }
        _ = try channel.finish()
    }

    @Test(arguments: [
        ("GET /xmlrpc/db HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 501 Not Implemented"),
        ("POST /elsewhere HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 404 Not Found"),
        ("POST /xmlrpc/db HTTP/1.1\r\nHost: x\r\nContent-Length: 1001\r\n\r\n", "HTTP/1.1 413 Payload Too Large"),
        (
            "POST /xmlrpc/db HTTP/1.1\r\nHost: x\r\nContent-Encoding: br\r\nContent-Length: 1\r\n\r\nx",
            "HTTP/1.1 501 Not Implemented"
        ),
    ])
    func `a refusal closes the connection`(_ request: String, _ status: String) throws {
        let channel = try Self.channel()
        let text = try Self.answer(to: request, on: channel)
        #expect(text.hasPrefix(status + "\r\n"))
        #expect(text.contains("\r\nConnection: close\r\n"))
        #expect(!channel.isActive)
        _ = try? channel.finish()
    }

    @Test func `a path that names no service leaves the connection open`() throws {
        let channel = try Self.channel()
        let request = "POST /xmlrpc/nothing HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"
        #expect(try Self.answer(to: request, on: channel).hasSuffix("\r\n\r\nNo such page"))
        #expect(try Self.answer(to: Self.post("x"), on: channel).hasPrefix("HTTP/1.1 200 OK\r\n"))
        _ = try channel.finish()
    }

    @Test func `a body without a length is bounded as it arrives`() throws {
        let channel = try Self.channel(bodyLimit: 10)
        let head = "POST /xmlrpc/db HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
        #expect(try Self.answer(to: head + "8\r\n12345678\r\n", on: channel).isEmpty)
        let text = try Self.answer(to: "3\r\n123\r\n", on: channel)
        #expect(text.hasPrefix("HTTP/1.1 413 Payload Too Large\r\n"))
        #expect(!channel.isActive)
        _ = try? channel.finish()
    }

    @Test func `large bodies of all connections share one memory`() throws {
        let budget = BodyBudget(bytes: 512 << 10)
        let large = Self.post(String(repeating: "x", count: 300_000))
        let started = String(large.dropLast())
        let first = try Self.channel(bodyLimit: 1 << 20, budget: budget)
        let second = try Self.channel(bodyLimit: 1 << 20, budget: budget)
        #expect(try Self.answer(to: started, on: first).isEmpty)
        let text = try Self.answer(to: large, on: second)
        #expect(text.hasPrefix("HTTP/1.1 503 Service Unavailable\r\n"))
        #expect(text.hasSuffix("The server has no memory left for a large request: try again in a moment."))
        #expect(!second.isActive)
        // An ordinary call goes on, and so does a large one when the memory is free again.
        let third = try Self.channel(bodyLimit: 1 << 20, budget: budget)
        #expect(try Self.answer(to: Self.post("x"), on: third).hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(try Self.answer(to: "x", on: first).hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(try Self.answer(to: started, on: third).isEmpty)
        try third.close().wait()
        third.embeddedEventLoop.run()
        #expect(try Self.answer(to: large, on: first).hasPrefix("HTTP/1.1 200 OK\r\n"))
        _ = try? first.finish()
    }

    @Test func `the verbs are told to who asks`() throws {
        let channel = try Self.channel()
        let text = try Self.answer(to: "OPTIONS /xmlrpc/db HTTP/1.1\r\nHost: x\r\n\r\n", on: channel)
        #expect(text.hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(text.contains("\r\nAllow: OPTIONS, POST\r\n"))
        #expect(text.contains("\r\nContent-length: 0\r\n"))
        _ = try channel.finish()
    }

    @Test func `a body that comes with a question for the verbs is let go`() throws {
        let budget = BodyBudget(bytes: 512 << 10)
        let channel = try Self.channel(bodyLimit: 1 << 20, budget: budget)
        let large = Self.post(String(repeating: "x", count: 300_000))
        let question = "OPTIONS" + large.dropFirst("POST".count)
        for _ in 1...2 { #expect(try Self.answer(to: question, on: channel).hasPrefix("HTTP/1.1 200 OK\r\n")) }
        let other = try Self.channel(bodyLimit: 1 << 20, budget: budget)
        #expect(try Self.answer(to: large, on: other).hasPrefix("HTTP/1.1 200 OK\r\n"))
        _ = try channel.finish()
        _ = try other.finish()
    }

    @Test func `who waits for leave to send the body gets it`() throws {
        let channel = try Self.channel()
        let head = "POST /xmlrpc/db HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n"
        #expect(try Self.answer(to: head, on: channel).hasPrefix("HTTP/1.1 100 Continue\r\n"))
        #expect(try Self.answer(to: "abc", on: channel).hasPrefix("HTTP/1.1 200 OK\r\n"))
        _ = try channel.finish()
    }

    @Test func `HTTP 1_0 closes unless asked to stay`() throws {
        let request = "POST /xmlrpc/db HTTP/1.0\r\nContent-Length: 1\r\n"
        let closing = try Self.channel()
        #expect(try Self.answer(to: request + "\r\nx", on: closing).contains("\r\nConnection: close\r\n"))
        #expect(!closing.isActive)
        let staying = try Self.channel()
        let text = try Self.answer(to: request + "Connection: keep-alive\r\n\r\nx", on: staying)
        #expect(text.contains("\r\nConnection: keep-alive\r\n"))
        #expect(staying.isActive)
        _ = try staying.finish()
    }

    @Test func `what follows a refused request on a closing connection is not answered`() throws {
        let channel = try Self.channel()
        let refused = "GET /xmlrpc/db HTTP/1.1\r\nHost: x\r\n\r\n"
        let text = try Self.answer(to: refused + Self.post("x"), on: channel)
        #expect(text.hasPrefix("HTTP/1.1 501 Not Implemented\r\n"))
        #expect(!text.contains("HTTP/1.1 200 OK"))
        #expect(!channel.isActive)
        _ = try? channel.finish()
    }
}
