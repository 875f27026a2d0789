import Foundation
import Testing

@testable import apus

@Suite struct GivenOptionsTests {
    /// The options in a file of this text and these variables.
    private static func options(
        _ text: String? = nil, environment: [String: String] = [:]
    ) throws -> GivenOptions {
        guard let text else { return try GivenOptions(path: nil, environment: environment) }
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("apus-test-\(UUID().uuidString)")
        try Data(text.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try GivenOptions(path: file.path, environment: environment)
    }

    private static func refusal(_ text: String? = nil, environment: [String: String] = [:]) -> String? {
        do { _ = try options(text, environment: environment) } catch { return "\(error)" }
        return nil
    }

    @Test func `a file gives every option`() throws {
        let options = try Self.options(
            """
            {"postgres": "host=db", "port": 8070, "no-database-list": true, "demo": false,
             "addons-path": ["/a", "/b"], "addons": []}
            """)
        #expect(options.text(.postgres) == "host=db")
        #expect(options.number(.port) == 8070)
        #expect(options.flag(.noDatabaseList))
        #expect(!options.flag(.demo))
        #expect(options.list(.addonsPath) == ["/a", "/b"])
        #expect(options.list(.addons) == [])
        #expect(options.text(.database) == nil)
        #expect(options.number(.workers) == nil)
        #expect(!options.flag(.allowDefaultPasswords))
    }

    @Test func `the environment gives every option, and wins over the file`() throws {
        let options = try Self.options(
            #"{"port": 1, "database": "file", "demo": true}"#,
            environment: [
                "APUS_PORT": "2", "APUS_DEMO": "false", "APUS_ADDONS_PATH": "/a,/b", "APUS_LOG_LEVEL": "debug",
                "OTHER": "x",
            ])
        #expect(options.number(.port) == 2)
        #expect(options.text(.database) == "file")
        #expect(!options.flag(.demo))
        #expect(options.list(.addonsPath) == ["/a", "/b"])
        #expect(options.text(.logLevel) == "debug")
    }

    @Test(arguments: [
        (#"{"port": "8069"}"#, #""port" must be a whole number"#),
        (#"{"port": 1.5}"#, #""port" must be a whole number"#),
        (#"{"no-database-list": "yes"}"#, #""no-database-list" must be true or false"#),
        (#"{"demo": 1}"#, #""demo" must be true or false"#),
        (#"{"addons-path": "/a"}"#, #""addons-path" must be a list of texts"#),
        (#"{"addons": ["crm", 1]}"#, #""addons" must be a list of texts"#),
        (#"{"postgres": null}"#, #""postgres" must be a text"#),
        (#"{"password": 1234}"#, #""password" must be a text"#),
        (#"{"colour": "red"}"#, #"there is no option "colour""#),
        (#"{"config": "x"}"#, #"there is no option "config""#),
        ("[]", "it is no JSON object"), ("{", "it is no JSON object"), ("", "it is no JSON object"),
    ])
    func `a file with a mistake is refused by its name and the key`(_ text: String, _ reason: String) throws {
        let refusal = try #require(Self.refusal(text))
        #expect(refusal.hasPrefix("configuration /"))
        #expect(refusal.hasSuffix(": " + reason))
    }

    @Test func `a file that is not there is refused, also when the environment names it`() {
        for options in [("/nonexistent/x.json", [:]), (nil, ["APUS_CONFIG": "/nonexistent/x.json"])] {
            let error = #expect(throws: CommandError.self) {
                try GivenOptions(path: options.0, environment: options.1)
            }
            #expect(
                error?.description
                    == "configuration /nonexistent/x.json: there is no such file, or it cannot be read")
        }
    }

    @Test(arguments: [
        ("APUS_PORT", "http", "a whole number"), ("APUS_WORKERS", "", "a whole number"),
        ("APUS_DEMO", "perhaps", "true or false"),
    ])
    func `a variable with a mistake is refused by its name`(_ name: String, _ text: String, _ kind: String) {
        #expect(Self.refusal(environment: [name: text]) == "configuration \(name): it must be \(kind)")
    }

    @Test func `every option's variable is the one that is read`() throws {
        for option in OptionName.allCases where option.kind == .text {
            #expect(try Self.options(environment: [option.variable: "x"]).text(option) == "x")
        }
    }
}
