import ORM
import PostgreSQL
import TestSupport
import Testing
import Values

@Suite struct ExportTests {
    private func withBooks(_ body: (Environment, [RecordID]) throws -> Void) throws {
        try withScratchDatabase(models: [Library.addon]) { database in
            try database.run { environment in
                let ada = try environment.create("library.person", ["name": "Ada", "phone": "12"]).id
                let subjects = try environment.records("library.subject").create([["name": "sea"], ["name": "sky"]])
                let reader = try environment.create("library.reader", ["name": "Bob", "card": "B1"]).id
                let books = try environment.records("library.book").create([
                    [
                        "name": "Waves", "pages": 12, "rare": true, "author_id": .integer(ada), "kind": "manual",
                        "subject_ids": [[6, 0, .list(subjects.map { .integer($0) })]],
                        "loan_ids": [
                            [0, 0, ["until": "2011-06-01", "reader_id": .integer(reader)]],
                            [0, 0, ["until": "2011-07-01"]],
                        ],
                    ],
                    ["name": "Empty", "kind": "novel"],
                ])
                try body(environment, books)
            }
        }
    }

    @Test func `fields are told in words, what is empty as False`() throws {
        try withBooks { environment, ids in
            let rows = try environment.records("library.book", ids).export([
                "name", ".id", "pages", "rare", "author_id", "kind", "subject_ids", "id", "author_id/phone",
                "author_id.id",
            ])
            #expect(
                rows == [
                    [
                        "Waves", .text("\(ids[0])"), "12", "True", "Ada", "Manual", "sea,sky", false, "12",
                        .text("\(try environment.search("library.person", [["name", "=", "Ada"]]).ids[0])"),
                    ],
                    ["Empty", .text("\(ids[1])"), false, false, false, "Novel", false, false, false, false],
                ])
        }
    }

    @Test func `the records of a relation take lines of their own below the first`() throws {
        try withBooks { environment, ids in
            let rows = try environment.records("library.book", ids).export([
                "name", "loan_ids/until", "loan_ids/reader_id/card", "subject_ids/name",
            ])
            #expect(
                rows == [
                    ["Waves", "2011-06-01", "B1", "sea"], ["", "2011-07-01", false, ""], ["", "", "", "sky"],
                    ["Empty", false, false, false],
                ])
        }
    }

    @Test func `the rows come in the order of the ids, as often as they are named`() throws {
        try withBooks { environment, ids in
            let rows = try environment.records("library.book", [ids[1], 99_999, ids[0], ids[1]]).export(["name"])
            #expect(rows == [["Empty"], ["Waves"], ["Empty"]])
        }
    }

    @Test func `unknown and endless columns are refused`() throws {
        try withBooks { environment, ids in
            let books = try environment.records("library.book", ids)
            #expect(throws: ORMError.missingKey("color")) { try books.export(["author_id/color"]) }
            #expect(throws: ORMError.missingKey("x")) { try books.export(["name/x"]) }
            let endless = Array(repeating: "shelf_id/book_ids", count: 50).joined(separator: "/")
            #expect(throws: ORMError.self) { try books.export([endless]) }
        }
    }

    @Test func `an export takes as many statements for many records as for one`() throws {
        try withBooks { environment, ids in
            func exporting(_ ids: [RecordID]) throws -> Int {
                let before = environment.transaction.statements
                _ = try environment.records("library.book", ids).export(["name", "author_id/phone", "loan_ids/until"])
                return environment.transaction.statements - before
            }
            let one = try exporting([ids[0]])
            let more = try environment.records("library.book").create(
                (0..<50).map { ["name": .text("\($0)"), "loan_ids": [[0, 0, [:]]]] })
            #expect(try exporting(ids + more) == one)
        }
    }
}
