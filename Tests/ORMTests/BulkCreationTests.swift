import ORM
import PostgreSQL
import SQL
import TestSupport
import Testing
import Values

@Suite struct BulkCreationTests {
    /// Codes count up; how often one was asked for is told by the table itself.
    private static let counting = AddonModels(
        "counting",
        definitions: [
            ModelDefinition.introducing("count.ticket") { model in
                model.fields = [
                    .char("name", "Name", size: 64),
                    .char(
                        "code", "Code", size: 16,
                        default: .each { environment in
                            .text(try environment.rows("SELECT nextval('ticket_code')").text(0, 0) ?? "")
                        }),
                ]
                model.tableSQL = ["CREATE SEQUENCE IF NOT EXISTS ticket_code"]
            }
        ])

    @Test func `a list of values makes as many records, their ids in its order`() throws {
        try withScratchDatabase(models: [Library.addon]) { database in
            try database.run { environment in
                let rows: [Value] = [
                    ["name": "c", "pages": 1], ["name": "a", "price": 2.5], ["name": "b", "pages": 3],
                ]
                let call = try RemoteCall(
                    "create", of: "library.book", in: environment.registry, positional: [.list(rows)])
                let ids = try #require(try call.run(in: environment).value.list?.compactMap(\.integer))
                let books = try environment.records("library.book", ids)
                #expect(try ids.map { id in try books.first { $0.id == id }?.text("name") } == ["c", "a", "b"])
            }
        }
    }

    @Test func `many rows keep every kind of value`() throws {
        try withScratchDatabase(models: [Library.addon]) { database in
            try database.run { environment in
                let values: FieldValues = [
                    "name": "say \"\\hello\\\", {NULL}", "pages": 12, "price": 0.1, "weight": 0.25,
                    "bought": "2011-06-01", "seen": "2011-06-01 08:30:00", "cover": "QUJD", "summary": "a,b\nc",
                    "rare": true,
                ]
                let alone = try environment.records("library.book").create([values])
                let together = try environment.records("library.book").create([values, values, ["name": "bare"]])
                let names = values.keys.sorted()
                func read(_ id: RecordID) throws -> FieldValues? {
                    try environment.records("library.book", [id]).read(names).dictionaries().first?
                        .filter { $0.key != "id" }
                }
                #expect(try read(alone[0]) == values)
                #expect(try read(together[0]) == values)
                #expect(try read(together[1]) == values)
                #expect(try environment.record("library.book", together[2]).text("summary") == nil)
            }
        }
    }

    @Test func `a thousand records take no more statements than two`() throws {
        try withScratchDatabase(models: [Library.addon]) { database in
            try database.run { environment in
                let sea = try environment.create("library.subject", ["name": "sea"]).id
                func creating(_ count: Int) throws -> Int {
                    let before = environment.transaction.statements
                    _ = try environment.records("library.book").create(
                        (0..<count).map {
                            [
                                "name": .text("Book \($0)"), "kind": "novel", "subject_ids": [[6, 0, [.integer(sea)]]],
                                "loan_ids": [[0, 0, ["until": "2011-06-01"]]],
                            ]
                        })
                    return environment.transaction.statements - before
                }
                let few = try creating(2)
                #expect(try creating(1000) == few)
            }
        }
    }

    @Test func `an option a selection does not have is refused among many rows`() throws {
        try withScratchDatabase(models: [Library.addon]) { database in
            #expect(throws: ORMError.notInSelection(value: "poem", field: "kind")) {
                try database.run {
                    try $0.records("library.book").create([["name": "x"], ["name": "y", "kind": "poem"]])
                }
            }
        }
    }

    @Test func `each record draws one default of its own, and none that the context gives`() throws {
        try withScratchDatabase(models: [Self.counting]) { database in
            try database.run { environment in
                let tickets = try environment.records("count.ticket")
                let ids = try tickets.create([
                    ["name": "a"], ["name": "b"], ["name": "c", "code": "own"], ["name": "d"],
                ])
                let codes = try tickets.other(ids).read(["code"]).values(of: "code")
                #expect(codes == ["1", "2", "own", "3"])
                let given = try tickets.seen(in: environment.adding(["default_code": "given"])).create([[:], [:]])
                #expect(try tickets.other(given).read(["code"]).values(of: "code") == ["given", "given"])
                #expect(try tickets.defaultValues(["code"]) == ["code": "4"])
            }
        }
    }

    @Test func `a copy reads the lines of each level at once`() throws {
        try withScratchDatabase(models: [Library.addon]) { database in
            try database.run { environment in
                func copying(_ count: Int) throws -> Int {
                    let shelf = try environment.create(
                        "library.shelf",
                        [
                            "name": "S",
                            "book_ids": .list(
                                (0..<count).map { [0, 0, ["name": .text("\($0)"), "loan_ids": [[0, 0, [:]]]]] }),
                        ])
                    let before = environment.transaction.statements
                    let copy = try shelf.copy(["name": "copy"])
                    let spent = environment.transaction.statements - before
                    let books = try environment.record("library.shelf", copy).many("book_ids")
                    #expect(books.count == count)
                    #expect(
                        try environment.records("library.loan").count([
                            ["book_id", "in", .list(books.ids.map { .integer($0) })]
                        ]) == count)
                    return spent
                }
                let few = try copying(2)
                #expect(try copying(30) == few)
            }
        }
    }
}
