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

    @Test func `many records appended at once take four statements, whoever their parents are`() throws {
        try withScratchDatabase(models: [Library.addon]) { database in
            try database.run { environment in
                let shelves = try environment.records("library.shelf")
                let roots = try shelves.create((0..<4).map { ["name": .text("r\($0)")] })
                func statements(_ count: Int) throws -> Int {
                    let before = environment.transaction.statements
                    _ = try shelves.create(
                        (0..<count).map { number in
                            let parent: Value = number % 5 == 4 ? false : .integer(roots[number % 5])
                            return ["name": .text("s\(count)-\(number)"), "parent_id": parent]
                        })
                    return environment.transaction.statements - before
                }
                #expect(try statements(40) == statements(5))
                #expect(try isSound(environment))
                let below = try environment.search("library.shelf", [["id", "child_of", [.integer(roots[2])]]])
                #expect(below.count == 10)
                // Each comes behind those that were there before it.
                let children = try environment.search(
                    "library.shelf", [["parent_id", "=", .integer(roots[0])]], order: "parent_left")
                #expect(children.ids == children.ids.sorted())
                let bounds = try environment.rows("SELECT max(parent_right), count(*) * 2 FROM library_shelf")
                #expect(bounds.integer(0, 0) == bounds.integer(0, 1))
            }
        }
    }

    @Test func `many records move at once, one within the other too`() throws {
        try withScratchDatabase(models: [Library.addon]) { database in
            try database.run { (environment) throws in
                let shelves = try environment.records("library.shelf")
                let ids = try shelves.create((0..<6).map { ["name": .text("r\($0)")] })
                try shelves.other([ids[1]]).write(["parent_id": .integer(ids[0])])
                try shelves.other([ids[2]]).write(["parent_id": .integer(ids[1])])
                func statements(_ moved: [RecordID], _ parent: RecordID) throws -> Int {
                    let before = environment.transaction.statements
                    try shelves.other(moved).write(["parent_id": .integer(parent)])
                    return environment.transaction.statements - before
                }
                let few = try statements([ids[1], ids[2]], ids[5])
                #expect(try statements([ids[0], ids[1], ids[3], ids[4]], ids[5]) == few)
                #expect(try isSound(environment))
                #expect(try environment.search("library.shelf", [["id", "child_of", [.integer(ids[5])]]]).count == 6)
                let children = try environment.search(
                    "library.shelf", [["parent_id", "=", .integer(ids[5])]], order: "parent_left")
                #expect(children.ids.prefix(2) == [ids[1], ids[2]])
                #expect(throws: ValidationFailure.self) {
                    try environment.transaction.savepoint {
                        try shelves.other([ids[4], ids[5]]).write(["parent_id": .integer(ids[4])])
                    }
                }
            }
        }
    }

    @Test func `each record moves to a parent of its own, by as many statements as two`() throws {
        try withScratchDatabase(models: [Library.addon]) { database in
            try database.run { (environment) throws in
                let shelves = try environment.records("library.shelf")
                let roots = try shelves.create((0..<8).map { ["name": .text("r\($0)")] })
                let leaves = try shelves.create(
                    (0..<24).map { ["name": .text("l\($0)"), "parent_id": .integer(roots[$0 % 8])] })
                func moving(_ count: Int, by step: Int) throws -> Int {
                    let before = environment.transaction.statements
                    try shelves.write(
                        each: leaves.prefix(count).enumerated().map { number, id in
                            let parent = (number + step) % 9
                            return (id, ["parent_id": parent == 8 ? false : .integer(roots[parent])])
                        })
                    return environment.transaction.statements - before
                }
                let few = try moving(2, by: 3)
                #expect(try moving(24, by: 5) == few)
                #expect(try isSound(environment))
                let below = try environment.search("library.shelf", [["id", "child_of", [.integer(roots[5])]]])
                #expect(Set(below.ids) == Set([roots[5], leaves[0], leaves[9], leaves[18]]))
                #expect(throws: ValidationFailure.self) {
                    try environment.savepoint {
                        try shelves.write(each: [
                            (roots[0], ["parent_id": .integer(roots[1])]),
                            (roots[1], ["parent_id": .integer(roots[0])]),
                        ])
                    }
                }
            }
        }
    }

    @Test func `while an addon is loaded bounds wait, and children are found all the same`() throws {
        try withScratchDatabase(models: [Library.addon]) { database in
            try database.run { environment in
                let shelves = try environment.records("library.shelf")
                let root = try shelves.create([["name": "z"]])[0]
                try environment.deferringTrees {
                    let ids = try shelves.create(["c", "a"].map { ["name": .text($0), "parent_id": .integer(root)] })
                    _ = try shelves.create([["name": "b", "parent_id": .integer(root)], ["name": "0"]])
                    try shelves.other([ids[0]]).write(["parent_id": .integer(ids[1])])
                    #expect(try environment.search("library.shelf", [["id", "child_of", [.integer(root)]]]).count == 4)
                    let empty = try environment.rows("SELECT 1 FROM library_shelf WHERE parent_left IS NULL")
                    #expect(empty.rowCount == 4)
                }
                #expect(try isSound(environment))
                let names = try environment.rows("SELECT name FROM library_shelf ORDER BY parent_left")
                #expect(names.texts(column: 0) == ["0", "z", "a", "c", "b"])
            }
        }
    }
}
