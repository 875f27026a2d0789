import NIOCore
import NIOEmbedded
import Testing

@testable import Transports

@Suite struct ConnectionGateTests {
    @Test func `lets in as many as its limit, and a further one when one has gone`() throws {
        let gate = ConnectionGate(limit: 2)
        let (first, second, third) = (EmbeddedChannel(), EmbeddedChannel(), EmbeddedChannel())
        #expect(gate.enter(first))
        #expect(gate.enter(second))
        #expect(!gate.enter(third))
        // One that was refused counts for nothing when it closes.
        try Self.close(third)
        #expect(!gate.enter(EmbeddedChannel()))
        try Self.close(first)
        #expect(gate.enter(EmbeddedChannel()))
        #expect(!gate.enter(EmbeddedChannel()))
    }

    private static func close(_ channel: EmbeddedChannel) throws {
        try channel.close().wait()
        channel.embeddedEventLoop.run()
    }
}
