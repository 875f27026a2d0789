import Foundation
import Testing

@testable import Services

@Suite struct SuperAdministratorTests {
    /// Calls `body` with the path of a file that is not there yet, in a folder that is gone afterwards.
    private static func withFile(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("apus-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder.appendingPathComponent("password").path)
    }

    private static func administrator(_ file: String, initial: String = "admin") throws -> SuperAdministrator {
        try SuperAdministrator(file: file, initial: initial, authentication: NoHost.authentication)
    }

    @Test func `without a file the initial password counts, and none is written`() throws {
        try Self.withFile { file in
            let administrator = try Self.administrator(file)
            #expect(administrator.accepts("admin"))
            #expect(administrator.hasDefaultPassword)
            #expect(!administrator.accepts("Admin"))
            #expect(!administrator.accepts(""))
            #expect(!FileManager.default.fileExists(atPath: file))
            let other = try Self.administrator(file, initial: "other")
            #expect(!other.hasDefaultPassword)
        }
    }

    @Test func `an empty password is never right`() throws {
        try Self.withFile { file in
            let administrator = try Self.administrator(file, initial: "")
            #expect(!administrator.accepts(""))
        }
    }

    @Test func `a change counts at once and for the next start`() throws {
        try Self.withFile { file in
            let administrator = try Self.administrator(file)
            try administrator.change(to: "new")
            for administrator in [administrator, try Self.administrator(file)] {
                #expect(administrator.accepts("new"))
                #expect(!administrator.accepts("admin"))
                #expect(!administrator.hasDefaultPassword)
            }
            #expect(try String(contentsOfFile: file, encoding: .utf8) == "#new\n")
        }
    }

    @Test func `the file is for its owner alone, and nothing lies beside it`() throws {
        try Self.withFile { file in
            try Data("left over".utf8).write(to: URL(fileURLWithPath: file + ".new"))
            try Self.administrator(file).change(to: "new")
            let attributes = try FileManager.default.attributesOfItem(atPath: file)
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
            #expect(!FileManager.default.fileExists(atPath: file + ".new"))
        }
    }

    @Test func `a file may end with or without a line end`() throws {
        try Self.withFile { file in
            for text in ["#kept", "#kept\n", " #kept\r\n"] {
                try Data(text.utf8).write(to: URL(fileURLWithPath: file))
                #expect(try Self.administrator(file).accepts("kept"))
            }
        }
    }

    @Test func `a file that cannot be read is no reason to take the initial password`() throws {
        try Self.withFile { file in
            try FileManager.default.createDirectory(atPath: file, withIntermediateDirectories: false)
            #expect(throws: (any Error).self) { try Self.administrator(file) }
        }
        try Self.withFile { file in
            try Data([0xff, 0xfe, 0xff]).write(to: URL(fileURLWithPath: file))
            #expect(throws: (any Error).self) { try Self.administrator(file) }
        }
    }

    @Test func `an empty file lets nobody in`() throws {
        try Self.withFile { file in
            try Data().write(to: URL(fileURLWithPath: file))
            let administrator = try Self.administrator(file)
            #expect(!administrator.accepts("admin"))
            #expect(!administrator.accepts(""))
        }
    }

    @Test func `a change that cannot be stored leaves the old password`() throws {
        let file = "/nonexistent/password"
        let administrator = try Self.administrator(file)
        #expect(throws: ServiceError.failed("the password could not be stored in \(file)")) {
            try administrator.change(to: "new")
        }
        #expect(administrator.accepts("admin"))
        #expect(!administrator.accepts("new"))
    }
}
