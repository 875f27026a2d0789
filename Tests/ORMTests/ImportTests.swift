import ORM
import PostgreSQL
import TestSupport
import Testing
import Values

/// Imports without external ids; those with are among the tests of the addons.
@Suite struct ImportTests {
    private func importing(
        _ environment: Environment, _ columns: [String], _ rows: Value, model: ModelName = "library.book",
        mode: Value = "init"
    ) throws -> Value {
        let columns = Value.list(columns.map { .text($0) })
        let call = try RemoteCall(
            "import_data", of: model, in: environment.registry, positional: [columns, rows, mode, "", false, [:]])
        return try call.run(in: environment).value
    }

    private func inLibrary(_ body: (Environment) throws -> Void) throws {
        try withScratchDatabase(models: [Library.addon]) { database in try database.run { try body($0) } }
    }

    @Test func `cells become values by the kind of their field`() throws {
        try inLibrary { environment in
            let answer = try importing(
                environment, ["name", "pages", "price", "rare", "kind", "bought"],
                [
                    ["a", "12", "1.5", "off", "Manual", "2011-06-01"], ["b", "", "", "", "", ""],
                    ["c", "-3", "2", "no", "novel", "", "beyond"],
                ])
            #expect(answer == [3, 0, 0, 0])
            let books = try environment.search("library.book")
            let table = try books.read(["name", "pages", "price", "rare", "kind", "bought"])
            #expect(
                table.dictionaries().map { $0.filter { $0.key != "id" } } == [
                    ["name": "a", "pages": 12, "price": 1.5, "rare": false, "kind": "manual", "bought": "2011-06-01"],
                    ["name": "b", "pages": 0, "price": 0.0, "rare": true, "kind": false, "bought": false],
                    ["name": "c", "pages": -3, "price": 2.0, "rare": true, "kind": "novel", "bought": false],
                ])
        }
    }

    @Test func `rows that say nothing of the record are lines of the one before`() throws {
        try inLibrary { environment in
            let bob = Value.integer(try environment.create("library.reader", ["name": "Bob"]).id)
            let answer = try importing(
                environment, ["name", "loan_ids/until", "loan_ids/reader_id/.id", "subject_ids"],
                [
                    ["a", "2011-06-01", bob, ""], ["", "2011-07-01", "", ""], ["b", "", "", ""],
                ])
            #expect(answer == [3, 0, 0, 0])
            let loans = try environment.search("library.loan", order: "until").read(["book_id", "until", "reader_id"])
            #expect(loans.values(of: "until") == ["2011-06-01", "2011-07-01"])
            #expect(loans.values(of: "book_id")?.compactMap { $0.list?.last } == ["a", "a"])
            #expect(loans.values(of: "reader_id")?.map { $0.list?.first } == [bob, nil])
        }
    }

    @Test func `records are found by name, several with commas between`() throws {
        try inLibrary { environment in
            _ = try environment.records("library.subject").create([["name": "sea"], ["name": "sky"]])
            try environment.create("library.person", ["name": "Ada"])
            #expect(
                try importing(environment, ["name", "author_id", "subject_ids"], [["a", "Ada", "sky,sea"]])
                    == [1, 0, 0, 0])
            let book = try environment.search("library.book").read(["author_id", "subject_ids"]).dictionaries()[0]
            #expect(book["author_id"]?.list?.last == "Ada")
            #expect(book["subject_ids"]?.list?.count == 2)
            #expect(throws: ORMError.badValue("No record found for Eve")) {
                try importing(environment, ["name", "author_id"], [["b", "Eve"]])
            }
        }
    }

    @Test func `a row may refer to one before it`() throws {
        try inLibrary { environment in
            let answer = try importing(
                environment, ["name", "parent_id"], [["A", ""], ["B", "A"], ["C", "B"]], model: "library.shelf")
            #expect(answer == [3, 0, 0, 0])
            let c = try #require(try environment.search("library.shelf", [["name", "=", "C"]]).first)
            #expect(try c.text("name") == "C")
            #expect(try c.one("parent_id")?.one("parent_id")?.text("name") == "A")
        }
    }

    @Test func `the row that is refused is told, and nothing is kept`() throws {
        try inLibrary { environment in
            try environment.create("library.subject", ["name": "sky"])
            let rows = (0..<20).map { Value.list([.text($0 == 13 ? "sky" : "subject \($0)")]) }
            let answer = try importing(environment, ["name"], .list(rows), model: "library.subject")
            #expect(answer == [-1, ["name": "sky"], "Line 14 : There is such a subject already.", ""])
            #expect(try environment.records("library.subject").count() == 1)
        }
    }

    @Test func `an unknown option stops the import`() throws {
        try inLibrary { environment in
            let answer = try importing(environment, ["name", "kind"], [["a", "novel"], ["b", "poem"]])
            #expect(
                answer == [-1, ["name": "b"], "Line 2 : Key/value 'poem' not found in selection field 'kind'", ""])
            #expect(try environment.records("library.book").count() == 0)
        }
    }

    @Test func `what was refused before is told before`() throws {
        try inLibrary { environment in
            let answer = try importing(environment, ["name", "kind"], [["", "novel"], ["b", "poem"]])
            #expect(answer.list?[2].text?.hasPrefix("Line 1 : null value in column \"name\"") == true)
        }
    }

    @Test func `what cannot be read is a fault`() throws {
        try inLibrary { environment in
            #expect(throws: ORMError.missingKey("color")) { try importing(environment, ["color"], [["a"]]) }
            #expect(throws: ORMError.missingKey("loan_ids")) { try importing(environment, ["loan_ids"], [["a"]]) }
            #expect(throws: ORMError.badValue("invalid literal for int() with base 10: '1,5'")) {
                try importing(environment, ["name", "pages"], [["a", "1,5"]])
            }
            #expect(throws: ORMError.badValue("Please check that all your lines have 2 columns.")) {
                try importing(environment, ["name", "pages"], [["a"]])
            }
            #expect(throws: ORMError.badValue("Database ID doesn't exist: library.book : 77")) {
                try importing(environment, [".id", "name"], [["77", "a"]])
            }
        }
    }

    @Test func `rows with a database id are written, in mode update no other ones`() throws {
        try inLibrary { environment in
            let book = try environment.create("library.book", ["name": "old"])
            let answer = try importing(
                environment, [".id", "name"], [[.text("\(book.id)"), "new"], ["", "other"]], mode: "update")
            #expect(answer == [2, 0, 0, 0])
            #expect(try environment.search("library.book").read(["name"]).values(of: "name") == ["new"])
        }
    }

    @Test func `a known record that cannot be written undoes what was done for the rows before`() throws {
        try inLibrary { environment in
            let shelf = try environment.create("library.shelf", ["name": "A"])
            let answer = try importing(
                environment, [".id", "name"], [["", "B"], [.text("\(shelf.id)"), "a/b"]], model: "library.shelf")
            #expect(answer == [-1, ["name": "a/b"], "Line 2 : A name has no slash.", ""])
            #expect(try environment.search("library.shelf").read(["name"]).values(of: "name") == ["A"])
            // The call itself goes on: nothing waits to be computed for what was undone.
            try environment.create("library.book", ["name": "x", "shelf_id": .integer(shelf.id)])
            #expect(try environment.record("library.shelf", shelf.id).integer("books") == 1)
        }
    }

    @Test func `known rows take no more statements for many than for a few, each with values of its own`() throws {
        try inLibrary { environment in
            let subjects = try environment.records("library.subject").create(
                ["a", "b", "c"].map { ["name": .text($0)] })
            func spent(_ count: Int) throws -> Int {
                let ids = try environment.records("library.book").create(
                    Array(repeating: ["name": "old", "subject_ids": [[4, .integer(subjects[0])]]], count: count))
                let before = environment.transaction.statements
                let rows = ids.enumerated().map { number, id in
                    Value.list([
                        .text("\(id)"), .text("Book \(number)"), .text("\(number)"),
                        .text(["b,c", "c", ""][number % 3]),
                    ])
                }
                let answer = try importing(
                    environment, [".id", "name", "pages", "subject_ids"], .list(rows), mode: "update")
                let spent = environment.transaction.statements - before
                #expect(answer == [.integer(count), 0, 0, 0])
                let table = try environment.records("library.book", ids).read(["pages", "subject_ids"])
                let pages = Dictionary(
                    zip(table.values(of: "id") ?? [], table.values(of: "pages") ?? []), uniquingKeysWith: { $1 })
                #expect(ids.enumerated().allSatisfy { pages[.integer($1)] == .integer($0) })
                #expect(
                    Set(table.values(of: "subject_ids")?.map { $0.list?.count } ?? []) == [2, 1])
                return spent
            }
            _ = try spent(3)
            let few = try spent(6)
            #expect(try spent(60) == few)
        }
    }

    @Test func `rows count in their order: a record may be named twice, new rows may stand between known ones`() throws
    {
        try inLibrary { environment in
            let id = Value.text("\(try environment.create("library.book", ["name": "old"]).id)")
            let answer = try importing(
                environment, [".id", "name", "pages"],
                [[id, "first", "1"], ["", "between", "2"], [id, "second", "3"], [id, "last", "4"]])
            #expect(answer == [4, 0, 0, 0])
            let books = try environment.search("library.book").read(["name", "pages"])
            #expect(books.values(of: "name") == ["between", "last"])
            #expect(books.values(of: "pages") == [2, 4])
        }
    }

    @Test func `new rows take no more statements for many than for a few`() throws {
        try inLibrary { environment in
            try environment.create("library.person", ["name": "Ada"])
            func spent(_ count: Int) throws -> Int {
                let before = environment.transaction.statements
                let rows = (0..<count).map { Value.list([.text("Book \($0)"), "Ada", "novel"]) }
                _ = try importing(environment, ["name", "author_id", "kind"], .list(rows))
                return environment.transaction.statements - before
            }
            let few = try spent(2)
            #expect(try spent(500) == few)
        }
    }
}
