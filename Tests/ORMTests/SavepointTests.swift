import ORM
import PostgreSQL
import SQL
import TestSupport
import Testing
import Values

/// What is undone alone, and what is done in parts.
@Suite struct SavepointTests {
    private struct Stop: Error {}
    private struct Blame: Error, Equatable { let number: Int }

    private func inLibrary(_ body: (Environment) throws -> Void) throws {
        try withScratchDatabase(models: [Library.addon]) { database in try database.run { try body($0) } }
    }

    @Test func `what a savepoint left to be computed goes with it`() throws {
        // Computing a shelf that is gone would fail, were it still asked for when the outer write ends.
        let watcher = ModelDefinition.extending("library.shelf") { model in
            model.overrides.write = { shelves, values, inherited in
                try inherited(shelves, values)
                let environment = shelves.environment
                do {
                    try environment.savepoint {
                        let lost = try environment.create("library.shelf", ["name": "lost"])
                        try environment.create("library.book", ["name": "lost", "shelf_id": .integer(lost.id)])
                        throw Stop()
                    }
                } catch is Stop {}
            }
        }
        let counter = ModelDefinition.extending("library.shelf") { model in
            model.fields = [
                .computed(
                    "length", "Length", .integer,
                    get: { shelves in
                        let found = try shelves.read(["name"]).count
                        if found < shelves.count { throw ORMError.badValue("a shelf that is gone") }
                        return shelves.map { _ in 1 }
                    }, store: .always)
            ]
        }
        let more = AddonModels("more", definitions: [counter, watcher])
        try withScratchDatabase(models: [Library.addon, more]) { database in
            try database.run { environment in
                let shelf = try environment.create("library.shelf", ["name": "a"])
                try shelf.write(["name": "b"])
                #expect(try environment.search("library.shelf").count == 1)
            }
        }
    }

    @Test func `of many the one at fault is found, and all before it would have been done`() throws {
        try inLibrary { environment in
            func create(_ names: [String]) throws -> [RecordID] {
                try environment.inParts(names) {
                    try environment.records("library.shelf").create($0.map { ["name": .text($0)] })
                } refused: { name, _ in
                    throw Blame(number: names.firstIndex(of: name) ?? -1)
                }
            }
            let ids = try create(["a", "b", "c"])
            #expect(try environment.records("library.shelf", ids).read(["name"]).values(of: "name") == ["a", "b", "c"])
            #expect(throws: Blame(number: 4)) { try create(["d", "e", "f", "g", "h/i", "j", "k/l"]) }
            #expect(try create([]).isEmpty)
        }
    }

    @Test func `what may succeed another time is nobody's refusal`() throws {
        #expect(Stop().isRefusal)
        #expect(!PostgreSQLError.connectionLost("gone", duringCommit: false).isRefusal)
        try inLibrary { environment in
            var tries = 0
            let error = #expect(throws: PostgreSQLError.self) {
                try environment.inParts([1, 2, 3]) { _ -> [Int] in
                    tries += 1
                    try environment.rows("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40001'; END $$")
                    return []
                } refused: { number, _ in
                    throw Blame(number: number)
                }
            }
            #expect(error?.isRetryable == true)
            #expect(tries == 1)
        }
    }
}
