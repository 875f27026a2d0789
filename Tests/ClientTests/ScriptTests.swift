import Foundation
import TestSupport
import Testing

/// Python scripts and client libraries as OpenERP's users have them, run against a live server.
@Suite struct ScriptTests {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    @Test(arguments: [
        "Tests/ClientTests/scripts/plain.py", "Tests/ClientTests/scripts/faults.py",
        "Tests/ClientTests/scripts/guards.py", "Tests/ClientTests/scripts/http_session.py",
        "Tests/ClientTests/scripts/databases.py", "Tests/ClientTests/scripts/addons.py",
        "Tests/ClientTests/scripts/erppeek_session.py", "Tests/ClientTests/scripts/oerplib_session.py",
        "Tests/ClientTests/scripts/openerplib_session.py", "Demo/scripts/leads.py", "Demo/scripts/partners.py",
    ])
    func `a script of an OpenERP user runs to its end`(_ script: String) throws {
        let server = try LiveServer.shared.get()
        let process = Process()
        process.executableURL = Self.root.appendingPathComponent(".build/python-clients/bin/python")
        process.arguments = [Self.root.appendingPathComponent(script).path, server.address, server.database, "admin"]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(text)")
    }
}
