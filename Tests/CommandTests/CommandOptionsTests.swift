import ArgumentParser
import Foundation
import ORM
import Testing
import Transports

@testable import apus

@Suite struct CommandOptionsTests {
    private static func nothing() throws -> GivenOptions { try GivenOptions(path: nil, environment: [:]) }

    @Test func `every option of every command may stand in the configuration`() {
        let elsewhere: Set = ["config", "help", "version"]
        let known = Set(OptionName.allCases.map(\.rawValue))
        for text in [
            DemoCommand.helpMessage(), ServeCommand.helpMessage(), DatabaseCommand.Create.helpMessage(),
            AddonCommand.Install.helpMessage(), CallCommand.helpMessage(),
        ] {
            let options = text.matches(of: /(?m)^  --([a-z-]+)/).map { String($0.output.1) }
            #expect(options.count > 3)
            #expect(Set(options).subtracting(elsewhere).isSubset(of: known))
        }
    }

    @Test func `the command line wins over the environment`() throws {
        let given = try GivenOptions(path: nil, environment: ["APUS_PORT": "1", "APUS_WORKERS": "2"])
        let settings = try ListeningOptions.parse(["--port", "3"]).settings(given)
        #expect(settings.port == 3)
        #expect(settings.workers == 2)
    }

    @Test(arguments: [
        (["--port", "65536"], "port: it must be 0 to 65535, not 65536"),
        (["--workers", "0"], "workers: it must be 1 to 64, not 0"),
        (["--request-memory", "0"], "request-memory: it must be 1 to 65536, not 0"),
    ])
    func `a number out of range is refused`(_ arguments: [String], _ reason: String) throws {
        let options = try ListeningOptions.parse(arguments)
        let error = #expect(throws: CommandError.self) { try options.settings(Self.nothing()) }
        #expect(error?.description == "configuration " + reason)
    }

    @Test(arguments: [
        ("127.0.0.1", true), ("127.1", true), ("::1", true), ("localhost", true), ("0.0.0.0", false), ("::", false),
        ("127.example.org", false), ("192.0.2.1", false), ("", false),
    ])
    func `addresses of this machine alone are told from others`(_ interface: String, _ isLocal: Bool) {
        #expect(Serving.isThisMachine(interface) == isLocal)
    }

    @Test func `wizards' records live an hour, in any number, unless it is said otherwise`() throws {
        let usual = try ListeningOptions.parse([]).transience(Self.nothing())
        #expect(usual.hours == 1 && usual.count == nil)
        let given = try GivenOptions(
            path: nil, environment: ["APUS_TRANSIENT_AGE_LIMIT": "3", "APUS_TRANSIENT_COUNT_LIMIT": "40"])
        let other = try ListeningOptions.parse(["--transient-age-limit", "5"]).transience(given)
        #expect(other.hours == 5 && other.count == 40)
        #expect(try ListeningOptions.parse(["--transient-count-limit", "0"]).transience(given).count == nil)
        let error = #expect(throws: CommandError.self) {
            try ListeningOptions.parse(["--transient-age-limit", "0"]).transience(given)
        }
        #expect(error?.description == "configuration transient-age-limit: it must be 1 to 8760, not 0")
    }

    @Test func `memory for requests is told in megabytes`() throws {
        #expect(try ListeningOptions.parse(["--request-memory", "3"]).settings(Self.nothing()).bodyMemory == 3 << 20)
    }

    @Test func `an addon command works on the database that somebody has named`() throws {
        let given = try GivenOptions(path: nil, environment: ["APUS_DATABASE": "sales"])
        #expect(try AddonCommand.Target.parse([]).name(given) == "sales")
        #expect(try AddonCommand.Target.parse(["--database", "trial"]).name(given) == "trial")
        #expect(throws: CommandError.self) { try AddonCommand.Target.parse([]).name(Self.nothing()) }
    }

    @Test func `a password comes from a file's first line, the environment, or a file that the environment names`()
        throws
    {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("apus-test-\(UUID().uuidString)")
        try Data("secret \nsecond line\n".utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let named = try GivenOptions(path: nil, environment: ["APUS_PASSWORD_FILE": file.path])
        let told = try GivenOptions(path: nil, environment: ["APUS_PASSWORD": "told"])
        #expect(try PasswordOptions.parse([]).password(Self.nothing()) == nil)
        #expect(try PasswordOptions.parse([]).password(named) == "secret ")
        #expect(try PasswordOptions.parse([]).password(told) == "told")
        #expect(try PasswordOptions.parse(["--password-file", file.path]).password(told) == "secret ")
        #expect(throws: CommandError.self) {
            try PasswordOptions.parse(["--password-file", "/nonexistent"]).password(told)
        }
    }

    @Test func `a file that the environment names wins over a password in the configuration file`() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("apus-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        let secret = folder.appendingPathComponent("secret")
        let configuration = folder.appendingPathComponent("apus.json")
        try Data("secret".utf8).write(to: secret)
        try Data(#"{"password": "told"}"#.utf8).write(to: configuration)
        let environment = ["APUS_PASSWORD_FILE": secret.path]
        let given = try GivenOptions(path: configuration.path, environment: environment)
        #expect(try PasswordOptions.parse([]).password(given) == "secret")
        let filed = try GivenOptions(path: configuration.path, environment: [:])
        #expect(try PasswordOptions.parse([]).password(filed) == "told")
    }

    @Test func `a password may come through a pipe`() throws {
        let pipe = Pipe()
        try pipe.fileHandleForWriting.write(contentsOf: Data("piped\n".utf8))
        try pipe.fileHandleForWriting.close()
        let path = "/proc/self/fd/\(pipe.fileHandleForReading.fileDescriptor)"
        #expect(try PasswordOptions.parse(["--password-file", path]).password(Self.nothing()) == "piped")
    }
}
