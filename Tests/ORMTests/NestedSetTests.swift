import ORM
import PostgreSQL
import SQL
import TestSupport
import Testing
import Values

@Suite struct NestedSetTests {
    /// Whether the bounds say what the parents say: each record's lie within its parent's, none cross.
    private func isSound(_ environment: Environment) throws -> Bool {
        let wrong = try environment.rows(
            """
            SELECT 1 FROM library_shelf a WHERE a.parent_left >= a.parent_right OR EXISTS (
                SELECT 1 FROM library_shelf p WHERE p.id = a.parent_id
                AND NOT (p.parent_left < a.parent_left AND a.parent_right < p.parent_right)
            ) OR EXISTS (
                SELECT 1 FROM library_shelf b WHERE b.id <> a.id AND (
                    b.parent_left BETWEEN a.parent_left AND a.parent_right
                ) <> (b.parent_right BETWEEN a.parent_left AND a.parent_right))
            """)
        return wrong.rowCount == 0
    }

    @Test func `random creates and moves keep the bounds sound`() throws {
        try withScratchDatabase(models: [Library.addon]) { database in
            try database.run { environment in
                var random = SystemRandomNumberGenerator()
                var ids: [RecordID] = []
                for number in 0..<60 {
                    let parent: Value = ids.randomElement(using: &random).map { .integer($0) } ?? false
                    ids.append(
                        try environment.create("library.shelf", ["name": .text("s\(number)"), "parent_id": parent]).id)
                }
                #expect(try isSound(environment))
                for _ in 0..<40 {
                    let (moved, parent) = (ids.randomElement(using: &random)!, ids.randomElement(using: &random)!)
                    let below = try environment.search("library.shelf", [["id", "child_of", [.integer(moved)]]]).ids
                    if below.contains(parent) {
                        #expect(throws: ValidationFailure.self) {
                            try environment.transaction.savepoint {
                                try environment.record("library.shelf", moved).write(["parent_id": .integer(parent)])
                            }
                        }
                    } else {
                        try environment.record("library.shelf", moved).write(["parent_id": .integer(parent)])
                    }
                }
                #expect(try isSound(environment))
            }
        }
    }

    @Test func `many records find their places together, in their order`() throws {
        try withScratchDatabase(models: [Library.addon]) { database in
            try database.run { environment in
                let shelves = try environment.records("library.shelf")
                let a = Value.integer(try environment.create("library.shelf", ["name": "A"]).id)
                let b = Value.integer(try environment.create("library.shelf", ["name": "B", "parent_id": a]).id)
                func adding(_ parents: [Value]) throws -> Int {
                    let before = environment.transaction.statements
                    _ = try shelves.create(
                        parents.enumerated().map { ["name": .text("s\($0)"), "parent_id": $1] })
                    return environment.transaction.statements - before
                }
                let few = try adding([b, false, a])
                #expect(try isSound(environment))
                let many: [Value] = (0..<50).flatMap { _ -> [Value] in [a, false, b, a] }
                #expect(try adding(many) == few)
                #expect(try isSound(environment))
                let children = try environment.search("library.shelf", [["parent_id", "=", b]], order: "parent_left")
                    .ids
                #expect(children == children.sorted())
                #expect(children.count == 51)
            }
        }
    }
}
