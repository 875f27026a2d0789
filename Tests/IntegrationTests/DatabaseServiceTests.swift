import Foundation
import PostgreSQL
import TestSupport
import Testing
import Values

@testable import Services

/// The service `db` on a PostgreSQL that is there (contract/wire.md §7).
@Suite struct DatabaseServiceTests {
    private static let password = Value.text(ServerProcess.superPassword)

    /// A process, and a name that is free before and afterwards.
    private static func process(_ body: (ServerProcess, String) throws -> Void) throws {
        let process = try ServerProcess()
        let name = "apus_service_\(UUID().uuidString.prefix(8))"
        defer {
            for database in [name, name + "_2"] { try? process.databases.server.dropDatabase(database) }
            process.databases.shutdown()
        }
        try body(process, name)
    }

    private static func code(of body: () throws -> Value) -> String? {
        do {
            _ = try body()
            return nil
        } catch {
            return (error as? Fault)?.code.plainText
        }
    }

    @Test func `a database is created, dumped, restored, renamed and dropped`() throws {
        try Self.process { process, name in
            let database = Value.text(name)
            let job = try process.call("db", "create", [Self.password, database, false, "en_US", "open sesame"])
            #expect(
                Self.code { try process.call("common", "login", [database, "admin", "open sesame"]) }?
                    .contains("Database not ready") == true)
            var parts: [Double] = []
            var users: Value = []
            while parts.last ?? 0 < 1 {
                let state = try process.call("db", "get_progress", [Self.password, job]).list ?? []
                guard case .float(let part)? = state.first else { break }
                parts.append(part)
                users = state.last ?? []
                Thread.sleep(forTimeInterval: 0.02)
            }
            #expect(parts == parts.sorted())
            #expect(parts.allSatisfy { $0 > 0 })
            #expect(Set(parts.filter { $0 < 0.96 }).count > 1)
            #expect(users == [["login": "admin", "password": "open sesame", "name": "Administrator"]])
            #expect(Self.code { try process.call("db", "get_progress", [Self.password, job]) } == job.plainText)
            #expect(try process.call("common", "login", [database, "admin", "open sesame"]) == 1)
            #expect(
                Self.code { try process.call("db", "create", [Self.password, database, false, "en_US"]) }
                    == "database \"\(name)\" already exists\n")

            let dump = try process.call("db", "dump", [Self.password, database])
            #expect(
                Self.code { try process.call("db", "restore", [Self.password, database, dump]) }
                    == "Database already exists")
            let second = Value.text(name + "_2")
            #expect(try process.call("db", "restore", [Self.password, second, dump]) == true)
            #expect(try process.call("common", "login", [second, "admin", "open sesame"]) == 1)
            #expect(
                Self.code { try process.call("db", "rename", [Self.password, database, second]) }
                    == "Couldn't rename database \(name) to \(name)_2: database \"\(name)_2\" already exists\n")
            #expect(try process.call("db", "drop", [Self.password, database]) == true)
            #expect(
                Self.code { try process.call("db", "drop", [Self.password, database]) }
                    == "Couldn't drop database \(name): database \"\(name)\" does not exist\n")
            #expect(try process.call("db", "rename", [Self.password, second, database]) == true)
            #expect(try process.call("db", "db_exist", [second]) == false)
            #expect(try process.call("common", "login", [database, "admin", "open sesame"]) == 1)
        }
    }

    @Test(arguments: ["", "no dump at all", "UEdETVA=", "A"])
    func `of what is no dump nothing is left`(_ text: String) throws {
        try Self.process { (process, name) throws in
            #expect(
                Self.code { try process.call("db", "restore", [Self.password, .text(name), .text(text)]) }
                    == "Couldn't restore database")
            #expect(try process.call("db", "db_exist", [.text(name)]) == false)
        }
    }

    @Test func `a dump that breaks off leaves nothing`() throws {
        try DemoDatabase.own { database in
            try Self.process { process, name in
                let dump = try process.call("db", "dump", [Self.password, .text(database.name)]).plainText
                let half = Value.text(String(dump.prefix(dump.count / 2)))
                #expect(
                    Self.code { try process.call("db", "restore", [Self.password, .text(name), half]) }
                        == "Couldn't restore database")
                #expect(try process.call("db", "db_exist", [.text(name)]) == false)
            }
        }
    }

    @Test(arguments: ["postgres", "template1", String(repeating: "x", count: 64), "a\u{1}b"])
    func `impossible names are refused and nothing is made`(_ name: String) throws {
        try Self.process { (process, _) throws in
            for (method, further) in [
                ("create", [false, "en_US"]), ("drop", []), ("rename", ["other"]), ("restore", ["UEdETVA="]),
            ] as [(String, [Value])] {
                #expect(
                    Self.code { try process.call("db", method, [Self.password, .text(name)] + further) } != nil,
                    "\(method)")
            }
            #expect(try !process.databases.server.databaseList().contains(name))
        }
    }

    @Test func `a database that is not there cannot be dumped`() throws {
        try Self.process { (process, name) throws in
            #expect(
                Self.code { try process.call("db", "dump", [Self.password, .text(name)]) } == "Couldn't dump database")
        }
    }
}
