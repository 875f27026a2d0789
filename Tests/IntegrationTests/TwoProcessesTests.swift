import Foundation
import ORM
import PostgreSQL
import SQL
import Synchronization
import TestSupport
import Testing
import Values

@testable import Services

/// Two server processes on one database: what one has committed, the next call in the other sees.
@Suite struct TwoProcessesTests {
    private static let demo = DemoDatabase.demoUser

    @Test func `a right that is taken away is gone at once`() throws {
        try ServerProcess.pair { (first, second, database) throws in
            try second.call(database, as: Self.demo, "crm.lead", "search", [])
            let model = try first.call(database, "ir.model", "search", [["model", "=", "crm.lead"]])
            let lines = try first.call(database, "ir.model.access", "search", [["model_id", "in", model]])
            try first.call(database, "ir.model.access", "write", lines, ["perm_read": false])
            let fault = #expect(throws: Fault.self) {
                try second.call(database, as: Self.demo, "crm.lead", "search", [])
            }
            #expect(fault?.code.plainText.hasPrefix("warning -- AccessError") == true)
        }
    }

    @Test func `a changed view, and a changed label of it, are shown`() throws {
        try ServerProcess.pair { (first, second, database) throws in
            let ask: (ServerProcess) throws -> String = { process in
                let answer = try process.call(
                    database, as: Self.demo, "res.country", "fields_view_get", false, "form", ["lang": "fr_FR"])
                return answer.dictionary?["arch"]?.text ?? ""
            }
            _ = try ask(second)
            try first.call(
                database, "ir.ui.view", "create",
                [
                    "name": "own", "model": "res.country", "type": "form", "priority": 1,
                    "arch": "<form string=\"Land\"><field name=\"name\"/></form>",
                ])
            #expect(try ask(second) == "<form string=\"Land\"><field name=\"name\"/></form>")
            try first.call(
                database, "ir.translation", "create",
                ["name": "res.country", "type": "view", "lang": "fr_FR", "src": "Land", "value": "Pays"])
            #expect(try ask(second).hasPrefix("<form string=\"Pays\">"))
        }
    }

    @Test func `an old password opens nothing any more`() throws {
        try ServerProcess.pair { (first, second, database) throws in
            try first.call(database, "res.users", "write", [.integer(Self.demo)], ["password": "new"])
            #expect(throws: Fault.self) { try second.call(database, as: Self.demo, "res.partner", "search", []) }
            try second.call(database, as: Self.demo, password: "new", "res.partner", "search", [])
        }
    }

    @Test func `a custom field is there, and can be taken away again`() throws {
        try ServerProcess.pair { first, second, database in
            let model = try #require(
                try first.call(database, "ir.model", "search", [["model", "=", "res.partner"]]).list?.first)
            let field = try first.call(
                database, "ir.model.fields", "create",
                ["name": "x_shoe", "field_description": "Shoe", "ttype": "integer", "model_id": model])
            let fields = try second.call(database, "res.partner", "fields_get", ["x_shoe"])
            #expect(fields.dictionary?["x_shoe"]?.dictionary?["string"] == "Shoe")
            let partner = try second.call(database, "res.partner", "create", ["name": "Foot", "x_shoe": 44])
            let read = try first.call(database, "res.partner", "read", partner, ["x_shoe"])
            #expect(read.dictionary?["x_shoe"] == 44)
            try second.call(database, "ir.model.fields", "unlink", [field])
            #expect(try first.call(database, "res.partner", "fields_get", ["x_shoe"]) == [:])
        }
    }

    @Test func `a custom model is there, also for processes that start later`() throws {
        try ServerProcess.pair { first, second, database in
            try first.call(
                database, "ir.model", "create",
                [
                    "name": "Pet", "model": "x_pet",
                    "field_id": [
                        [0, 0, ["name": "x_name", "field_description": "Name", "ttype": "char", "size": 32]]
                    ],
                ])
            let pet = try second.call(database, "x_pet", "create", ["x_name": "Rex"])
            let later = try ServerProcess()
            defer { later.databases.shutdown() }
            #expect(try later.call(database, "x_pet", "name_get", [pet]) == [[pet, "Rex"]])
        }
    }

    private static let thing = AddonModels(
        "tiny",
        definitions: [
            .introducing("tiny.thing") { $0.fields = [.char("name", "Name", size: 16)] },
            .extending("res.partner") { $0.fields = [.char("tiny", "Tiny", size: 16)] },
        ])

    @Test func `an addon that the other one has installed is there`() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("apus-tiny-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let addon = folder.appendingPathComponent("tiny")
        try FileManager.default.createDirectory(at: addon, withIntermediateDirectories: true)
        try Data("{'name': 'Tiny', 'depends': ['base'], 'installable': True}".utf8)
            .write(to: addon.appendingPathComponent("__openerp__.py"))
        try ServerProcess.pair(addons: [Self.thing], folders: [folder.path]) { (first, second, database) throws in
            #expect(throws: Fault.self) { try second.call(database, "tiny.thing", "search", []) }
            try first.databases.install(["tiny"], in: database.name) { _ in }
            for process in [second, first] {
                #expect(try process.call(database, "tiny.thing", "search", []) == [])
                #expect(try process.call(database, "res.partner", "fields_get", ["tiny"]) != [:])
            }
        }
    }

    @Test func `a call on records that nobody remembers costs no word to others`() throws {
        try ServerProcess.pair { first, _, database in
            let database = try first.databases.open(database.name)
            #expect(database.memory.ports.caches.watched(among: ["res.partner", "crm.lead"]).isEmpty)
            #expect(database.memory.ports.caches.watched(among: ["res.users", "crm.lead"]) == ["res.users"])
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `who loses his listener forgets all, and listens again`() throws {
        try ServerProcess.pair { (first, second, database) throws in
            let lost = try second.databases.open(database.name).memory.backend
            try second.databases.server.endSessions(named: "apus listener", of: database.name)
            try first.call(database, "res.users", "write", [.integer(Self.demo)], ["password": "new"])
            // The loss may be noticed a moment later; what was changed meanwhile is known from then on.
            while try second.databases.open(database.name).memory.backend == lost { sched_yield() }
            #expect(throws: Fault.self) { try second.call(database, as: Self.demo, "res.partner", "search", []) }
        }
    }

    /// How many connections listen to a database.
    private static func listeners(to database: String) throws -> Int? {
        try Connection(TestCluster.shared.get().settings).run(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = \(database) AND application_name = 'apus listener'"
        ).integer(0, 0)
    }

    /// Whether so many connections listen to a database, at the latest after 20 seconds.
    private static func become(_ count: Int, listenersTo database: String) throws -> Bool {
        let start = ContinuousClock.now
        while try listeners(to: database) != count {
            if ContinuousClock.now - start > .seconds(20) { return false }
            Thread.sleep(forTimeInterval: 0.01)
        }
        return true
    }

    @Test func `who shuts down takes his listener with him`() throws {
        try ServerProcess.pair { (first, _, database) throws in
            #expect(try Self.listeners(to: database.name) == 2)
            first.databases.shutdown()
            #expect(try Self.become(1, listenersTo: database.name))
        }
    }

    @Test func `nobody goes on listening to a database that is none of ours`() throws {
        let process = try ServerProcess()
        defer { process.databases.shutdown() }
        let name = "apus_foreign_\(UUID().uuidString.prefix(8))"
        try process.databases.server.createDatabase(name)
        defer { try? process.databases.server.dropDatabase(name) }
        #expect(throws: ServiceError.self) { try process.databases.open(name) }
        #expect(try Self.become(0, listenersTo: name))
        for own in ["template1", "postgres"] {
            #expect(throws: PostgreSQLError.invalidName(own, reason: "it is PostgreSQL's own")) {
                try process.databases.open(own)
            }
        }
    }

    @Test func `first calls at the same time wait for one registry`() throws {
        try ServerProcess.pair { _, _, database in
            let process = try ServerProcess()
            defer { process.databases.shutdown() }
            let found = Mutex<[ObjectIdentifier?]>([])
            // Threads of their own: those of the tests may all be busy.
            let done = DispatchSemaphore(value: 0)
            for _ in 1...4 {
                Thread.detachNewThread {
                    let opened = try? process.databases.open(database.name)
                    found.withLock { $0.append(opened.map { ObjectIdentifier($0) }) }
                    done.signal()
                }
            }
            for _ in 1...4 { done.wait() }
            let databases = found.withLock { $0 }
            #expect(databases.count == 4)
            #expect(Set(databases).count == 1)
            #expect(databases[0] != nil)
            #expect(try Self.listeners(to: database.name) == 3)
        }
    }

    @Test func `who is not called listens no more, and again with the next call`() throws {
        try ServerProcess.pair { first, _, database in
            let process = try ServerProcess(listeningPatience: 0.1)
            defer { process.databases.shutdown() }
            try process.call(database, as: Self.demo, "res.partner", "search", [], 0, 1)
            #expect(try Self.become(2, listenersTo: database.name))
            try first.call(database, "res.users", "write", [.integer(Self.demo)], ["password": "new"])
            #expect(throws: Fault.self) { try process.call(database, as: Self.demo, "res.partner", "search", []) }
            try process.call(database, as: Self.demo, password: "new", "res.partner", "search", [])
        }
    }

    @Test func `looking for usual passwords has nobody listen`() throws {
        try ServerProcess.pair { _, _, database in
            let process = try ServerProcess()
            defer { process.databases.shutdown() }
            #expect(try process.databases.usualLogins(of: database.name).contains("admin"))
            #expect(try Self.listeners(to: database.name) == 2)
        }
    }
}
