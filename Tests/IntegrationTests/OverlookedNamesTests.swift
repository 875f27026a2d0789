import Logging
import ORM
import Services
import TestSupport
import Testing
import Values

/// Names that are no fields are told to who runs the server.
@Suite struct OverlookedNamesTests {
    @Test func `a name that is no field is logged once, and counted until the server ends`() throws {
        try DemoDatabase.own { database in
            try database.run { try $0.record("res.users", 1).write(["password": "admin"]) }
            let log = NotedLog(level: .notice)
            let process = try ServerProcess(logger: log.logger)
            for _ in 0..<3 { try process.call(database, "res.partner", "read", [1], ["name", "shoe\nsize"]) }
            try process.call(database, "res.partner", "read", [1], ["name", "create_date"])
            let name = "database=\(database.name) field=\"shoe\\nsize\" model=res.partner"
            #expect(
                log.lines.map(\.text).filter { $0.contains("shoe") } == [
                    "a call names what is no field: it is overlooked, and from now on counted \(name)"
                ])
            process.databases.shutdown()
            #expect(log.lines.last?.text == "calls have named what is no field count=3 \(name)")
        }
    }
}
