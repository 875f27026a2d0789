import Domain
import ORM
import PostgreSQL
import TestSupport
import Testing
import Values

@Suite struct SearchingTests {
    /// Four books on three shelves: A, B within A, C inactive within A.
    private func withBooks(_ body: (Environment) throws -> Void) throws {
        try withScratchDatabase(models: [Library.addon]) { database in
            try database.run { environment in
                let a = try environment.create("library.shelf", ["name": "A"]).id
                let b = try environment.create("library.shelf", ["name": "B", "parent_id": .integer(a)]).id
                let c = try environment.create(
                    "library.shelf", ["name": "C", "parent_id": .integer(a), "active": false]
                ).id
                let ada = try environment.create("library.person", ["name": "Ada", "phone": "12"]).id
                let s = try environment.create("library.subject", ["name": "sea"]).id
                try environment.create(
                    "library.book",
                    [
                        "name": "w", "shelf_id": .integer(a), "author_id": .integer(ada), "pages": 10,
                        "subject_ids": [[6, 0, [.integer(s)]]],
                    ])
                try environment.create("library.book", ["name": "x", "shelf_id": .integer(b), "pages": 20])
                try environment.create("library.book", ["name": "y", "shelf_id": .integer(c)])
                try environment.create("library.book", ["name": "z", "author_id": .integer(ada)])
                try body(environment)
            }
        }
    }

    private func names(_ environment: Environment, _ domain: Value, order: String? = nil) throws -> String {
        let books = try environment.search("library.book", domain, order: order)
        return try books.map { try $0.text("name") ?? "-" }.joined()
    }

    @Test func `a search is one statement, whatever its paths`() throws {
        try withBooks { (environment: Environment) throws in
            let before = environment.transaction.statements
            _ = try names(environment, [["shelf_id.parent_id.name", "=", "A"], ["subject_ids", "ilike", "s"]])
            #expect(environment.transaction.statements - before == 1)
        }
    }

    @Test func `records are sorted as asked, also by a relation's order`() throws {
        try withBooks { (environment: Environment) throws in
            #expect(try names(environment, [], order: "pages desc, name") == "yzxw")
            #expect(try names(environment, [], order: "shelf_id desc") == "zyxw")
            #expect(try names(environment, [], order: "author_phone") == "wxyz")
            #expect(throws: ORMError.malformedOrder) { try names(environment, [], order: "name; drop table x") }
        }
    }

    @Test func `unknown fields are refused by name`() throws {
        try withBooks { (environment: Environment) throws in
            #expect(throws: ORMError.unknownField("no_such", of: "library.book")) {
                try names(environment, [["no_such", "=", 1]])
            }
        }
    }

    @Test func `names are searched and given as clients expect`() throws {
        try withBooks { (environment: Environment) throws in
            let found = try environment.records("library.book").nameSearch(NameQuery("x"))
            #expect(found.map(\.name) == ["x"])
            let book = try environment.search("library.book", [["name", "=", "w"]]).ids[0]
            let loan = try environment.create("library.loan", ["book_id": .integer(book)])
            #expect(try loan.displayName() == "w")
        }
    }
}
