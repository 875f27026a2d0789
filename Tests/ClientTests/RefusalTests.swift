import Foundation
import PostgreSQL
import TestSupport
import Testing

/// What the executable refuses to start with, by one line and an exit code of its own.
@Suite struct RefusalTests {
    private static func outcome(_ arguments: [String]) throws -> (code: Int32, text: String) {
        let process = Process()
        process.executableURL = try LiveServer.executable()
        process.arguments = arguments
        let output = Pipe()
        process.standardError = output
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, text)
    }

    private static func serve(_ arguments: String...) throws -> (code: Int32, text: String) {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("apus-test-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let settings = try TestCluster.shared.get().settings
        return try outcome(
            ["serve", "--postgres", settings.description, "--data", folder.path, "--port", "0"] + arguments)
    }

    @Test func `nobody else is let in while the usual passwords stand`() throws {
        let database = try LiveServer.shared.get().database
        let (code, text) = try Self.serve("--interface", "0.0.0.0")
        #expect(code == 7)
        #expect(text.hasPrefix("apus: refusing to listen on 0.0.0.0: the super-administrator has the usual password;"))
        for login in ["admin", "demo"] {
            #expect(text.contains("\(login) on the database \(database) has the usual password"))
        }
    }

    @Test func `a name that does not resolve is told in one line`() throws {
        let (code, text) = try Self.serve("--interface", "no such host", "--allow-default-passwords")
        #expect(code == 3)
        #expect(text.hasPrefix("apus: there is no address no such host: "))
        #expect(text.split(separator: "\n").count == 1)
    }

    @Test func `a wrong configuration is told before anything starts`() throws {
        let (code, text) = try Self.serve("--config", "/nonexistent/apus.json")
        #expect(code == 9)
        #expect(
            text == "apus: configuration /nonexistent/apus.json: there is no such file, or it cannot be read\n")
    }

    @Test func `an unknown option is the command line's mistake`() throws {
        #expect(try Self.serve("--colour", "red").code == 64)
    }
}
