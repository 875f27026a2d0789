import ORM
import PostgreSQL
import TestSupport
import Testing
import Values

/// Commands of many records together come to what they come to one record after the other, and cost no more than those of
/// a few.
@Suite struct RelationCommandsTests {
    private struct Undone: Error {}

    // MARK: - The same as one by one

    private struct Case: CustomTestStringConvertible {
        let model: ModelName
        let field: FieldName
        let target: ModelName
        /// Whether the commands are those of new records.
        let isNew: Bool
        var testDescription: String { "\(model).\(field) of \(isNew ? "new" : "known") records" }
    }

    @Test(
        arguments: [true, false].flatMap { isNew in
            [
                Case(model: "library.book", field: "subject_ids", target: "library.subject", isNew: isNew),
                Case(model: "library.shelf", field: "book_ids", target: "library.book", isNew: isNew),
            ]
        })
    private func `random commands of many records come to what they come to one by one`(_ example: Case) throws {
        try withScratchDatabase(models: [Library.addon]) { database in
            try database.run { environment in
                for seed in 1...60 {
                    var random = SeededGenerator(seed: UInt64(seed))
                    try undone(environment) {
                        let related = try environment.records(example.target).create(
                            (0..<5).map { ["name": .text("there \($0)")] })
                        let rows = (0..<4).map { row in
                            Value.list(
                                (0..<Int.random(in: 0...4, using: &random)).map { _ in
                                    Self.command(on: related, row, &random)
                                })
                        }
                        let together = try outcome(of: rows, example, isTogether: true, in: environment)
                        let apart = try outcome(of: rows, example, isTogether: false, in: environment)
                        #expect(together == apart, "seed \(seed): \(Value.list(rows).pythonText)")
                    }
                }
            }
        }
    }

    /// The names of what each record has after the commands.
    private func outcome(
        of rows: [Value], _ example: Case, isTogether: Bool, in environment: Environment
    ) throws -> [[String]] {
        var outcome: [[String]] = []
        try undone(environment) {
            let handle = try environment.records(example.model)
            let values = rows.map { ["name": "owner", example.field: $0] as FieldValues }
            var owners: [RecordID] = []
            if example.isNew {
                owners = try isTogether ? handle.create(values) : values.flatMap { try handle.create([$0]) }
            } else {
                owners = try handle.create(rows.map { _ in ["name": "owner"] })
                let written = zip(owners, values).map { (id: $0, values: $1) }
                if isTogether {
                    try handle.write(each: written)
                } else {
                    for row in written { try handle.other([row.id]).write(row.values) }
                }
            }
            outcome = try owners.map { id in
                try environment.record(example.model, id).many(example.field)
                    .map { try $0.text("name") ?? "" }.values.sorted()
            }
        }
        return outcome
    }

    private static func command(on related: [RecordID], _ row: Int, _ random: inout SeededGenerator) -> Value {
        let id = Value.integer(related.randomElement(using: &random) ?? 0)
        let code = Int.random(in: 0...6, using: &random)
        let mark = Int.random(in: 0...1_000_000, using: &random)
        switch code {
        case 0: return [0, 0, ["name": .text("made \(mark)")]]
        case 1: return [1, id, ["name": .text("written \(row) \(mark)")]]
        case 2...5: return [.integer(code == 2 ? 4 : code), id]
        default:
            let ids = related.filter { _ in Bool.random(using: &random) }
            return [6, 0, .list(ids.map { .integer($0) })]
        }
    }

    private func undone(_ environment: Environment, _ body: () throws -> Void) throws {
        do {
            try environment.savepoint {
                try body()
                throw Undone()
            }
        } catch is Undone {}
    }

    @Test func `many commands for many records are refused before they fill the memory`() throws {
        try withScratchDatabase(models: [Library.addon]) { database in
            try database.run { environment in
                let books = try environment.records("library.book").create(
                    Array(repeating: ["name": "x"], count: 1500))
                let subjects = Value.list((1...1500).map { [4, .integer($0)] })
                let error = #expect(throws: ORMError.self) {
                    try environment.records("library.book", books).write(["subject_ids": subjects])
                }
                #expect(
                    error?.description
                        == "subject_ids of library.book: more than 2000000 changes in one call")
            }
        }
    }

    @Test func `a record that is named twice as the only one is refused by the table, as ever`() throws {
        try withScratchDatabase(models: [Library.addon]) { database in
            try database.run { environment in
                let subject = Value.integer(try environment.create("library.subject", ["name": "a"]).id)
                let error = #expect(throws: PostgreSQLError.self) {
                    try environment.savepoint {
                        try environment.create(
                            "library.book", ["name": "x", "subject_ids": [[6, 0, [subject, subject]]]])
                    }
                }
                #expect(error?.isUniqueViolation == true)
            }
        }
    }

    // MARK: - What it costs

    /// What some work costs for 3 records and for 40.
    private func costs(_ work: @escaping (Environment, Int) throws -> Int) throws -> (few: Int, many: Int) {
        try withScratchDatabase(models: [Library.addon]) { database in
            try database.run { environment in (try work(environment, 3), try work(environment, 40)) }
        }
    }

    private func statements(_ environment: Environment, _ body: () throws -> Void) throws -> Int {
        let before = environment.transaction.statements
        try body()
        return environment.transaction.statements - before
    }

    @Test func `new records with different commands for the same relations cost as few do`() throws {
        let cost = try costs { environment, count in
            let books = try environment.records("library.book").create(
                (0..<count * 2).map { ["name": .text("there \($0)")] })
            let subjects = try environment.records("library.subject").create(
                (0..<count).map { ["name": .text("there \(count) \($0)")] })
            func commands(_ row: Int) -> (lines: Value, links: Value) {
                let (first, second) = (Value.integer(books[2 * row]), Value.integer(books[2 * row + 1]))
                let subject = Value.integer(subjects[row])
                return switch row % 3 {
                case 0:
                    (
                        [[0, 0, ["name": "new"]], [4, first]],
                        [[0, 0, ["name": .text("\(count) \(row)")]], [4, subject]]
                    )
                case 1: ([[6, 0, [first, second]], [0, 0, ["name": "new"]]], [[6, 0, [subject]]])
                default:
                    (
                        [[4, first], [0, 0, ["name": "new"]], [4, second]],
                        [[4, subject], [0, 0, ["name": .text("\(count) \(row)")]]]
                    )
                }
            }
            return try statements(environment) {
                let shelves = try environment.records("library.shelf").create(
                    (0..<count).map { ["name": .text("shelf \($0)"), "book_ids": commands($0).lines] })
                _ = try environment.records("library.book").create(
                    (0..<count).map { ["name": .text("book \($0)"), "subject_ids": commands($0).links] })
                let lines = try environment.records("library.shelf", shelves).read(["book_ids"])
                #expect(lines.values(of: "book_ids")?.map { $0.list?.count } == (0..<count).map { $0 % 3 == 0 ? 2 : 3 })
            }
        }
        #expect(cost.many == cost.few)
    }

    @Test func `a form with many changed lines writes them as it writes a few`() throws {
        let cost = try costs { environment, count in
            let shelf = try environment.create(
                "library.shelf",
                ["name": "S", "book_ids": .list((0..<count).map { [0, 0, ["name": .text("\($0)")]] })])
            let books = try shelf.many("book_ids").ids
            return try statements(environment) {
                try shelf.write([
                    "book_ids": .list(books.enumerated().map { [1, .integer($1), ["pages": .integer($0)]] })
                ])
                #expect(
                    try environment.records("library.book", books).read(["pages"]).values(of: "pages")
                        == (0..<count).map { .integer($0) })
                try shelf.write(["book_ids": .list(books.map { [2, .integer($0)] })])
                #expect(try environment.records("library.book", books).read(["pages"]).count == 0)
            }
        }
        #expect(cost.many == cost.few)
    }

    @Test func `known records are given each its own lines as a few are`() throws {
        let cost = try costs { environment, count in
            let shelves = try environment.records("library.shelf").create((0..<count).map { ["name": .text("\($0)")] })
            let books = try environment.records("library.book").create((0..<count).map { ["name": .text("\($0)")] })
            return try statements(environment) {
                try environment.records("library.shelf").write(
                    each: zip(shelves, books).map { ($0, ["book_ids": [[6, 0, [.integer($1)]]]]) })
                let table = try environment.records("library.book", books).read(["shelf_id"])
                #expect(Set(table.values(of: "shelf_id")?.compactMap { $0.list?.first } ?? []).count == count)
            }
        }
        #expect(cost.many == cost.few)
    }
}
