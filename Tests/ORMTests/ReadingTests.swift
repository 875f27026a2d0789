import ORM
import PostgreSQL
import SQL
import TestSupport
import Testing
import Values

@Suite struct ReadingTests {
    @Test func `read gives each kind of field as clients expect it`() throws {
        try withScratchDatabase(models: [Library.addon]) { database in
            let (id, author) = try database.run { environment in
                let author = try environment.create("library.person", ["name": "Ada", "phone": "123"])
                let book = try environment.create(
                    "library.book",
                    [
                        "name": "Notes", "pages": 12, "price": 2.5, "weight": 0.25, "bought": "2011-06-01",
                        "seen": "2011-06-01 08:30:00", "cover": "QUJD", "author_id": .integer(author.id),
                        "source": .text("library.person,\(author.id)"),
                    ])
                return (book.id, author.id)
            }
            let record = try database.run { environment in
                try environment.records("library.book", [id]).read().dictionaries()[0]
            }
            let expected: [String: Value] = [
                "id": .integer(id), "name": "Notes", "summary": false, "pages": 12, "price": 2.5, "weight": 0.25,
                "bought": "2011-06-01", "seen": "2011-06-01 08:30:00", "rare": false, "cover": "QUJD",
                "kind": "novel", "source": .text("library.person,\(author)"), "shelf_id": false,
                "author_id": [.integer(author), "Ada"], "subject_ids": [], "author_phone": "123", "loan_ids": [],
                "first_reader": false,
            ]
            #expect(record == expected)
        }
    }

    @Test func `a read of columns, two targets and a relation takes one round trip more than its statements`() throws {
        try withScratchDatabase(models: [Library.addon]) { database in
            let ids = try database.run { environment in
                let author = try environment.create("library.person", ["name": "Ada"]).id
                let shelf = try environment.create("library.shelf", ["name": "A"]).id
                return try environment.records("library.book").create(
                    (0..<20).map {
                        ["name": .text("Book \($0)"), "author_id": .integer(author), "shelf_id": .integer(shelf)]
                    })
            }
            try database.run { environment in
                let before = environment.transaction.statements
                let table = try environment.records("library.book", ids).read([
                    "name", "author_id", "shelf_id", "subject_ids", "author_phone",
                ])
                #expect(table.count == 20)
                // Columns with the related field, subjects, persons' names, shelves' names.
                #expect(environment.transaction.statements - before == 4)
            }
        }
    }

    @Test func `records come in the model's order, each once, missing ones left out`() throws {
        try withScratchDatabase(models: [Library.addon]) { database in
            try database.run { environment in
                let ids = try environment.records("library.book").create(["c", "a", "b"].map { ["name": .text($0)] })
                let table = try environment.records("library.book", [ids[0], ids[1], ids[0], 99_999, ids[2]])
                    .read(["name", "no_such_field"])
                #expect(table.names == ["id", "name"])
                #expect(table.values(of: "name") == ["a", "b", "c"])
            }
        }
    }

    @Test func `unknown fields alone give back every id without looking`() throws {
        try withScratchDatabase(models: [Library.addon]) { database in
            try database.run { environment in
                let table = try environment.records("library.book", [7, 3]).read(["no_such_field"])
                #expect(table.dictionaries() == [["id": 7], ["id": 3]])
            }
        }
    }

    @Test func `delegated fields are read from the parent`() throws {
        try withScratchDatabase(models: [Library.addon]) { database in
            try database.run { environment in
                let reader = try environment.create("library.reader", ["name": "Bob", "phone": "9", "card": "B1"])
                let record = try environment.records("library.reader", [reader.id])
                    .read(["name", "phone", "card", "subject_ids", "person_id"]).dictionaries()[0]
                #expect(record["name"] == "Bob")
                #expect(record["phone"] == "9")
                #expect(record["card"] == "B1")
                #expect(record["subject_ids"] == [])
                let person = try environment.search("library.person", [["name", "=", "Bob"]])
                #expect(record["person_id"] == [.integer(person.ids[0]), "Bob"])
            }
        }
    }

    @Test func `a related field runs through the first line of a relation`() throws {
        try withScratchDatabase(models: [Library.addon]) { database in
            try database.run { environment in
                let reader = try environment.create("library.reader", ["name": "Bob"])
                let book = try environment.create("library.book", ["name": "Notes"])
                try environment.create(
                    "library.loan", ["book_id": .integer(book.id), "reader_id": .integer(reader.id)])
                let value = try environment.records("library.book", [book.id]).read(["first_reader"])
                    .values(of: "first_reader")
                #expect(value == [[.integer(reader.id), "Bob"]])
            }
        }
    }

    @Test func `binary content can be asked for by its size`() throws {
        try withScratchDatabase(models: [Library.addon]) { database in
            let book = try database.run {
                try $0.create("library.book", ["name": "x", "cover": .text(String(repeating: "QUJD", count: 400))]).id
            }
            try database.run(context: Context(["bin_size": true])) { environment in
                let table = try environment.records("library.book", [book]).read(["cover"])
                #expect(table.values(of: "cover") == ["1.56 Kb"])
            }
        }
    }
}
