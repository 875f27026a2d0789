import Logging
import Synchronization
import Testing
import Values

@testable import Services

/// Calls that are answered or refused before a database is asked.
@Suite struct DispatchTests {
    private static func services(
        listsDatabases: Bool = true, setLogLevel: @escaping @Sendable (Logger.Level) -> Void = { _ in }
    ) throws -> RPCServices {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let host = try NoHost.make(listsDatabases: listsDatabases, setLogLevel: setLogLevel)
        return RPCServices(host, logger: logger)
    }

    @Test(
        arguments: [
            ("common", "version", [], ["server_version": "6.0.4", "server_serie": "6.0", "protocol_version": 1]),
            ("common", "login_message", [], false), ("common", "logout", ["x", "y", "z"], true),
            ("common", "check_connectivity", [], false), ("db", "server_version", [], "6.0.4"),
            ("db", "list_lang", [], [["en_US", "English"]]),
            ("db", "list", [], []), ("db", "db_exist", ["demo"], false), ("db", "db_exist", [""], false),
            ("common", "get_sqlcount", ["secret"], 0),
        ] as [(String, String, [Value], Value)])
    func `what anybody may ask is answered without a database`(
        _ service: String, _ method: String, _ parameters: [Value], _ answer: Value
    ) throws {
        let outcome = NoHost.outcome(of: method, parameters, in: service, at: try Self.services())
        #expect(outcome.result == answer)
        #expect(outcome.fault == nil)
    }

    @Test(
        arguments: [
            ("common", "fly", [], "Method not found: fly"), ("common", "login", ["demo"], "tuple index out of range"),
            ("db", "fly", ["secret"], "Method not found: fly"), ("db", "drop", [], "tuple index out of range"),
            ("db", "drop", ["secret"], "tuple index out of range"), ("db", "get_progress", ["secret", 7], "7"),
            ("db", "migrate_databases", ["secret", "demo"], "the databases are a list of names"),
            ("common", "get_sqlcount", ["admin"], "AccessDenied: Invalid super administrator password."),
            (
                "common", "get_available_updates", ["secret", "x", "y"],
                "the publisher's service for updates is no more"
            ),
            (
                "db", "create", ["secret", "demo", false, "xx_XX"],
                "there is no language xx_XX: list_lang names those there are"
            ),
            ("common", "set_loglevel", ["secret", "loud"], "there is no log level loud"),
            ("common", "set_loglevel", ["secret", 10, "web"], "there is one log level for everything"),
            ("common", "set_loglevel", ["secret"], "tuple index out of range"),
            ("common", "ir_get", ["demo", 1, "x"], "tuple index out of range"),
            ("db", "drop", ["admin", "demo"], "AccessDenied: Invalid super administrator password."),
            ("db", "change_admin_password", ["secret", ""], "an empty password is not allowed"),
            ("object", "execute", [], "need more than 2 values to unpack"),
            ("object", "fly", ["demo", 1, "x"], "Method not available fly"),
            ("wizard", "create", ["demo"], "Method not found: create"),
        ] as [(String, String, [Value], String)])
    func `what cannot be done is a fault`(
        _ service: String, _ method: String, _ parameters: [Value], _ code: String
    ) throws {
        let outcome = NoHost.outcome(of: method, parameters, in: service, at: try Self.services())
        #expect(outcome.result == nil)
        #expect(outcome.fault?.code == .text(code))
    }

    @Test(
        arguments: [
            (10, .debug), ("20", .info), ("WARNING", .warning), ("warn", .warning), (40, .error),
            ("critical", .critical),
            (8, .trace), ("notice", .notice),
        ] as [(Value, Logger.Level)])
    func `the super-administrator sets the log level as Python or Apus call it`(
        _ name: Value, _ level: Logger.Level
    ) throws {
        let latest = Mutex<Logger.Level?>(nil)
        let services = try Self.services { level in latest.withLock { $0 = level } }
        #expect(NoHost.outcome(of: "set_loglevel", ["secret", name], in: "common", at: services).result == true)
        #expect(latest.withLock { $0 } == level)
        #expect(NoHost.outcome(of: "set_loglevel", ["guess", 50], in: "common", at: services).result == nil)
        #expect(latest.withLock { $0 } == level)
    }

    @Test func `the list of databases can be switched off`() throws {
        let services = try Self.services(listsDatabases: false)
        #expect(NoHost.outcome(of: "list", [], in: "db", at: services).fault?.code == "AccessDenied")
    }

    @Test func `guesses at the super-administrator's password are answered ever later`() throws {
        let services = try Self.services()
        let outcomes = (1...20).map { _ in NoHost.outcome(of: "drop", ["guess", "x"], in: "db", at: services) }
        #expect(outcomes.prefix(8).map(\.delay) == [0, 0, 0, 0, 0, 0.5, 1, 2])
        #expect(outcomes[7].fault?.code == "AccessDenied: Invalid super administrator password.")
        // By then the guesser has not waited for many answers, and the password is looked at no more.
        #expect(outcomes[19].fault?.code.plainText.hasPrefix("Too many wrong passwords") == true)
        #expect(outcomes[19].delay > 0)
    }

    @Test func `the right super-administrator's password ends the row of wrong ones`() throws {
        let services = try Self.services()
        func guess(_ password: Value) -> Double {
            NoHost.outcome(of: "get_progress", [password, 7], in: "db", at: services).delay
        }
        for _ in 1...5 { #expect(guess("guess") == 0) }
        #expect(guess("secret") == 0)
        for _ in 1...5 { #expect(guess("guess") == 0) }
        #expect(guess("guess") == 0.5)
    }

    @Test func `a database that cannot be made is told at once, and its name is free again`() throws {
        let services = try Self.services()
        for _ in 1...2 {
            let outcome = NoHost.outcome(
                of: "create", ["secret", "demo", false, "en_US", "pass"], in: "db", at: services)
            #expect(outcome.fault?.code.plainText.contains("/nonexistent") == true)
        }
    }

    @Test func `a database under construction is not ready for anything`() throws {
        let services = try Self.services()
        try services.databases.reserve(["demo"])
        let code: Value = .text(
            "warning -- Database not ready\n\nCurrently, this database is not fully loaded and can not be used.")
        let calls: [(String, String, [Value])] = [
            ("common", "login", ["demo", "admin", "x"]), ("db", "drop", ["secret", "demo"]),
            ("db", "rename", ["secret", "other", "demo"]), ("db", "create", ["secret", "demo", false, "en_US"]),
            ("object", "execute", ["demo", 1, "x", "res.partner", "read", [1]]),
        ]
        for (service, method, parameters) in calls {
            #expect(NoHost.outcome(of: method, parameters, in: service, at: services).fault?.code == code)
        }
        services.databases.release(["demo"])
        #expect(NoHost.outcome(of: "drop", ["secret", "demo"], in: "db", at: services).fault?.code != code)
    }
}
