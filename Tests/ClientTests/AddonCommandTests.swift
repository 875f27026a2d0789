import Foundation
import PostgreSQL
import TestSupport
import Testing

/// `apus addon`, as a person at the terminal has it.
@Suite struct AddonCommandTests {
    /// A command's exit code, and what it told: results apart from messages.
    private struct Outcome {
        let code: Int32, result: String, messages: String
    }

    /// A data folder and a database of its own, with base alone.
    private struct Site {
        let database: String
        let folder: String
        let postgres: String

        func run(_ arguments: String...) throws -> Outcome {
            let process = Process()
            process.executableURL = try LiveServer.executable()
            process.arguments =
                arguments + [
                    "--postgres", postgres, "--data", folder, "--addons-path", LiveServer.exampleAddons, "--log-level",
                    "error",
                ]
            let (output, errors) = (folder + "/output", folder + "/errors")
            for file in [output, errors] { _ = FileManager.default.createFile(atPath: file, contents: nil) }
            process.standardOutput = FileHandle(forWritingAtPath: output)
            process.standardError = FileHandle(forWritingAtPath: errors)
            try process.run()
            process.waitUntilExit()
            return Outcome(
                code: process.terminationStatus, result: try String(contentsOfFile: output, encoding: .utf8),
                messages: try String(contentsOfFile: errors, encoding: .utf8))
        }

        func addon(_ verb: String, _ arguments: String...) throws -> Outcome {
            switch arguments.count {
            case 0: try run("addon", verb, "--database", database)
            case 1: try run("addon", verb, arguments[0], "--database", database)
            default: try run("addon", verb, arguments[0], arguments[1], "--database", database)
            }
        }
    }

    private static func withSite(_ body: (Site) throws -> Void) throws {
        let cluster = try TestCluster.shared.get()
        let name = "apus_addons_\(UUID().uuidString.prefix(8))"
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(name).path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer {
            try? cluster.server.dropDatabase(name)
            try? FileManager.default.removeItem(atPath: folder)
        }
        let site = Site(database: name, folder: folder, postgres: cluster.settings.description)
        let made = try site.run("database", "create", name)
        try #require(made.code == 0, "\(made.messages)")
        try body(site)
    }

    @Test func `addons are listed, installed, upgraded and removed`() throws {
        try Self.withSite { site in
            let list = try site.addon("list")
            #expect(list.result.contains("\nsite_visits\tuninstalled\t-\t6.0.1.0\tSite Visits\n"))
            let present = try site.addon("list", "--installed").result
            #expect(present.hasPrefix("base\tinstalled\t6.0.1.3\t6.0.1.3\tBase\n"))
            let installed = try site.addon("install", "site_visits")
            #expect(installed.code == 0)
            #expect(installed.messages.hasSuffix("Installed: site_visits\n"))
            #expect(try site.addon("install", "site_visits").messages.hasSuffix("They are installed already.\n"))
            #expect(try site.addon("upgrade", "site_visits").messages.hasSuffix("Upgraded: site_visits\n"))
            #expect(try site.addon("list", "--installed").result.contains("site_visits\tinstalled\t6.0.1.0\t6.0.1.0"))
            #expect(try site.addon("uninstall", "site_visits").messages == "Removed: site_visits\n")
            #expect(try site.addon("list", "--installed").result == present)
            #expect(
                try site.addon("update-list").messages
                    == "Addons that are new: 0; that are described anew: 0\n")
        }
    }

    @Test func `what cannot be done is told in one line`() throws {
        try Self.withSite { site in
            let refusals = [
                (["install", "nosuch"], "apus: there is no addon nosuch on the addons path\n"),
                (["upgrade", "crm"], "apus: addon crm is not installed\n"),
                (["uninstall", "crm"], "apus: addon crm is not installed\n"),
                (["uninstall", "base"], "apus: addon base is part of every database and cannot be removed\n"),
            ]
            for (words, message) in refusals {
                let outcome = try site.addon(words[0], words[1])
                #expect(outcome.code == 1)
                #expect(outcome.messages == message)
            }
            _ = try site.addon("install", "mail_gateway")
            _ = try site.addon("install", "crm")
            let needed = try site.addon("uninstall", "mail_gateway")
            #expect(needed.messages == "apus: addon mail_gateway is needed by crm\n")
            let both = try site.addon("uninstall", "mail_gateway", "--with-dependants")
            #expect(both.messages == "Removed: mail_gateway, crm\n")
        }
    }
}
