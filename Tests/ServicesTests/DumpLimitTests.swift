import Foundation
import Logging
import TestSupport
import Testing

@testable import Services

/// Dumps as answers, of a database that is there.
@Suite struct DumpLimitTests {
    private static func dump(limit: Int) throws -> String {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        var settings = DatabaseHost.Settings()
        settings.dumpLimit = limit
        let host = DatabaseHost(
            settings: settings, connection: try TestCluster.shared.get().settings, connectionLimit: 2,
            authentication: NoHost.authentication,
            superAdministrator: try SuperAdministrator(
                file: "/nonexistent/password", initial: "secret", authentication: NoHost.authentication),
            provisioner: DatabaseProvisioner(
                addons: [], addonsPath: [], ports: { OpenPorts.all }, logger: logger), logger: logger)
        return try withScratchDatabase(models: []) { try host.dump($0.name) }
    }

    @Test func `a dump is base64 in short lines`() throws {
        let text = try Self.dump(limit: 1 << 20)
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 76 })
        let data = try #require(Data(base64Encoded: text, options: .ignoreUnknownCharacters))
        #expect(data.prefix(5) == Data("PGDMP".utf8))
    }

    @Test func `a dump beyond the limit is refused by its size`() throws {
        let error = #expect(throws: ServiceError.self) { try Self.dump(limit: 10) }
        guard case .dumpTooLarge(_, let size, 10) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(size > 10)
    }
}
