import Glibc
import NIOCore
import Testing

@testable import Transports

@Suite struct ListenerErrorTests {
    @Test(arguments: [
        (EADDRINUSE, "port 8069 on ::1 is taken by another program; choose one with --port, 0 takes a free one"),
        (EACCES, "port 8069 on ::1 may not be used by this user; choose one above 1023 with --port"),
        (EPERM, "port 8069 on ::1 may not be used by this user; choose one above 1023 with --port"),
        (EADDRNOTAVAIL, "cannot listen on ::1, port 8069: Cannot assign requested address"),
    ])
    func `the reason says what can be done`(_ code: CInt, _ text: String) {
        let error = ListenerError(IOError(errnoCode: code, reason: "bind"), interface: "::1", port: 8069)
        #expect(error.description == text)
    }

    @Test func `a name that does not resolve is told as one`() throws {
        let reason = #expect(throws: SocketAddressError.UnknownHost.self) {
            try SocketAddress.makeAddressResolvingHost("no such host", port: 8069)
        }
        let error = ListenerError(try #require(reason), interface: "no such host", port: 8069)
        #expect(error == .unknownInterface("no such host"))
        #expect(error.description.hasPrefix("there is no address no such host: "))
    }

    @Test func `any other failure keeps its own words`() {
        let error = ListenerError(ChannelError.eof, interface: "::1", port: 1)
        #expect(error.description.hasPrefix("cannot listen on ::1, port 1: "))
    }
}
