import ArgumentParser
import PostgreSQL
import Testing
import Transports

@testable import apus

@Suite struct ExitTests {
    @Test(
        arguments: [
            (CommandError.wrongLogin(user: "admin", database: "demo"), 1),
            (ListenerError.addressTaken(interface: "::1", port: 1), 3), (ListenerError.unknownInterface("x"), 3),
            (ClusterError.programsMissing("postgres", package: "postgresql"), 4),
            (PostgreSQLError.programMissing("x"), 4),
            (ClusterError.folderInUse("/x"), 5), (ClusterError.foreignFolder("/x"), 6),
            (CommandError.defaultPasswords(interface: "::", []), 7), (PostgreSQLError.connection("refused"), 8),
            (CommandError.configuration("port", reason: "x"), 9), (CommandError.addonsNotFound([]), 9),
        ] as [(any Error, Int32)])
    func `each kind of error has its exit code`(_ error: any Error, _ code: Int32) {
        #expect(Exit.code(for: error).rawValue == code)
    }
}
