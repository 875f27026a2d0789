import ORM
import PostgreSQL
import SQL
import TestSupport
import Testing
import Values

@Suite struct FurtherMethodsTests {
    private func inLibrary(_ body: (Environment) throws -> Void) throws {
        try withScratchDatabase(models: [Library.addon]) { database in try database.run { try body($0) } }
    }

    @Test func `values of one field are found by a part of them`() throws {
        try inLibrary { environment in
            _ = try environment.records("library.shelf").create([["name": "Sea"], ["name": "Sky"], ["name": "Land"]])
            #expect(try environment.shelves("distinct_field_get", "name", "s") == ["Sea", "Sky"])
            #expect(try environment.shelves("distinct_field_get", "name", "s", [["name", "!=", "Sea"]]) == ["Sky"])
        }
    }

    @Test func `a loop of parents is found`() throws {
        try inLibrary { environment in
            let ids = try environment.records("library.shelf").create([["name": "A"], ["name": "B"]])
            let list = Value.list(ids.map { .integer($0) })
            #expect(try environment.shelves("check_recursion", list) == true)
            try environment.rows(
                "UPDATE library_shelf SET parent_id = CASE id WHEN \(ids[0]) THEN \(ids[1])::int ELSE \(ids[0])::int END"
            )
            #expect(try environment.shelves("check_recursion", list) == false)
            #expect(throws: ORMError.missingKey("name")) {
                try environment.shelves("check_recursion", list, [:], "name")
            }
        }
    }

    @Test func `the fields of the last refusal can be asked for by whom it was told to`() throws {
        try inLibrary { environment in
            let before = try environment.shelves("get_invalid_fields")
            #expect(before == [])
            #expect(throws: ValidationFailure.self) { try environment.create("library.shelf", ["name": "a/b"]) }
            #expect(try environment.shelves("get_invalid_fields") == ["name"])
            #expect(try environment.with(uid: 7).shelves("get_invalid_fields") == [])
        }
    }

    @Test func `external ids are told by the number as text, none as empty text`() throws {
        try inLibrary { environment in
            let names = try environment.shelves("get_xml_id", [3, 4])
            #expect(names == ["3": "", "4": ""])
        }
    }

    @Test func `a list has no title of its own, and perm_write is gone`() throws {
        try inLibrary { environment in
            let title = try environment.shelves("view_header_get", false, "tree", [:])
            #expect(title == false)
            #expect(throws: ORMError.removedMethod) { try environment.shelves("perm_write", [1], []) }
        }
    }

    @Test func `a reference to a record that is gone reads as none`() throws {
        try inLibrary { environment in
            let people = try environment.records("library.person").create([["name": "Ada"], ["name": "Eve"]])
            _ = try environment.records("library.book").create([
                ["name": "a", "source": .text("library.person,\(people[0])")],
                ["name": "b", "source": .text("library.person,\(people[1])")], ["name": "c"],
            ])
            try environment.records("library.person", [people[1]]).unlink()
            let books = try environment.search("library.book")
            let before = environment.transaction.statements
            let sources = try books.read(["source"]).values(of: "source")
            #expect(sources == [.text("library.person,\(people[0])"), false, false])
            #expect(environment.transaction.statements - before == 2)
        }
    }

    @Test func `a relation tells no more records than its limit`() throws {
        let addition = AddonModels(
            "library_more",
            definitions: [
                ModelDefinition.extending("library.shelf") { model in
                    model.fields = [
                        .one2many("first_books", "First books", of: "library.book", inverse: "shelf_id")
                            .with { $0.limit = 2 }
                    ]
                }
            ])
        try withScratchDatabase(models: [Library.addon, addition]) { database in
            try database.run { environment in
                let shelves = try environment.records("library.shelf").create(
                    (0..<2).map { number in
                        [
                            "name": .text("S\(number)"),
                            "book_ids": .list((0..<3).map { [0, 0, ["name": .text("\($0)")]] }),
                        ]
                    })
                let lists = try environment.records("library.shelf", shelves).read(["first_books", "book_ids"])
                #expect(lists.values(of: "first_books")?.map { $0.list?.count } == [2, 2])
                #expect(lists.values(of: "book_ids")?.map { $0.list?.count } == [3, 3])
            }
        }
    }
}

extension Environment {
    /// Calls a method of the shelves as a client does.
    @discardableResult
    fileprivate func shelves(_ method: String, _ arguments: Value...) throws -> Value {
        try RemoteCall(method, of: "library.shelf", in: registry, positional: arguments).run(in: self).value
    }
}
