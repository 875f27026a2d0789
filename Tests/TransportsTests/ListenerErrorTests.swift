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
}
