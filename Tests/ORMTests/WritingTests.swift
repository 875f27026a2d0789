import ORM
import PostgreSQL
import SQL
import TestSupport
import Testing
import Values

@Suite struct WritingTests {
    @Test func `create fills defaults, keeps given values and cuts long text`() throws {
        try withScratchDatabase(models: [Library.addon]) { database in
            try database.run { environment in
                let long = String(repeating: "ä", count: 100)
                let book = try environment.create("library.book", ["name": .text(long), "no_such_field": 1])
                #expect(try book.text("name")?.count == 64)
                #expect(try book.text("kind") == "novel")
                #expect(try book.flag("rare") == false)
                #expect(try environment.create("library.reader", ["name": "x"]).text("card") == "new")
            }
        }
    }

    @Test func `a strict call names no unknown field`() throws {
        try withScratchDatabase(models: [Library.addon]) { database in
            try database.run { tolerant in
                let book = try tolerant.create("library.book", ["name": "x"]).id
                let strict = Environment(
                    registry: tolerant.registry, transaction: tolerant.transaction, uid: 1, isStrict: true)
                let books = try strict.records("library.book", [book])
                let refusal = ORMError.unknownField("colour", of: "library.book")
                #expect(throws: refusal) { try books.read(["name", "colour"]) }
                #expect(throws: refusal) { try books.write(["colour": "red"]) }
                #expect(throws: refusal) { try strict.create("library.book", ["name": "y", "colour": "red"]) }
                #expect(try books.read(["id", "name", "create_date", "__last_update"]).count == 1)
                #expect(try tolerant.records("library.book", [book]).read(["name", "colour"]).count == 1)
            }
        }
    }

    @Test func `an unknown selection key is refused`() throws {
        try withScratchDatabase(models: [Library.addon]) { database in
            #expect(throws: ORMError.notInSelection(value: "poem", field: "kind")) {
                try database.run { try $0.create("library.book", ["name": "x", "kind": "poem"]) }
            }
        }
    }

    @Test func `one UPDATE writes many records`() throws {
        try withScratchDatabase(models: [Library.addon]) { database in
            try database.run { environment in
                let ids = try environment.records("library.book").create((0..<50).map { ["name": .text("\($0)")] })
                let before = environment.transaction.statements
                try environment.records("library.book", ids).write(["pages": 7])
                #expect(environment.transaction.statements - before == 1)
                #expect(try environment.records("library.book").count([["pages", "=", 7]]) == 50)
            }
        }
    }

    @Test func `writing a deleted record is refused`() throws {
        try withScratchDatabase(models: [Library.addon]) { database in
            #expect(throws: ORMError.recordGone(model: "library.book", title: "Book")) {
                try database.run { try $0.records("library.book", [404]).write(["pages": 1]) }
            }
        }
    }

    @Test func `commands change the lines of a relation`() throws {
        try withScratchDatabase(models: [Library.addon]) { database in
            try database.run { environment in
                let shelf = try environment.create(
                    "library.shelf",
                    ["name": "A", "book_ids": [[0, 0, ["name": "one"]], [0, 0, ["name": "two"]]]])
                func titles() throws -> [Value] {
                    try shelf.environment.record("library.shelf", shelf.id).many("book_ids").map {
                        try $0.value("name")
                    }
                }
                #expect(try titles() == ["one", "two"])
                let ids = try environment.record("library.shelf", shelf.id).many("book_ids").ids
                try shelf.write(["book_ids": [[1, .integer(ids[0]), ["name": "uno"]], [2, .integer(ids[1])]]])
                #expect(try titles() == ["uno"])
                try shelf.write(["book_ids": [[3, .integer(ids[0])]]])
                #expect(try titles() == [])
                try shelf.write(["book_ids": [[4, .integer(ids[0])]]])
                #expect(try titles() == ["uno"])
                try shelf.write(["book_ids": [[5]]])
                #expect(try titles() == [])
                try shelf.write(["book_ids": [[6, 0, [.integer(ids[0])]]]])
                #expect(try titles() == ["uno"])
            }
        }
    }

    @Test func `commands change the links of a many2many`() throws {
        try withScratchDatabase(models: [Library.addon]) { database in
            try database.run { environment in
                let subjects = try environment.records("library.subject").create(
                    ["a", "b", "c"].map { ["name": .text($0)] })
                let book = try environment.create(
                    "library.book",
                    ["name": "x", "subject_ids": [[6, 0, .list(subjects.prefix(2).map { .integer($0) })]]])
                func linked() throws -> [Int] {
                    try environment.record("library.book", book.id).many("subject_ids").ids
                }
                #expect(try linked() == Array(subjects.prefix(2)))
                try book.write([
                    "subject_ids": [
                        [4, .integer(subjects[2])], [4, .integer(subjects[0])], [3, .integer(subjects[1])],
                    ]
                ])
                #expect(try linked() == [subjects[0], subjects[2]])
                try book.write(["subject_ids": [[0, 0, ["name": "d"]], [5]]])
                #expect(try linked() == [])
                #expect(try environment.records("library.subject").count() == 4)
            }
        }
    }

    @Test func `delegated values are written on the parent`() throws {
        try withScratchDatabase(models: [Library.addon]) { database in
            try database.run { environment in
                let reader = try environment.create("library.reader", ["name": "Bob"])
                try reader.write(["name": "Bea", "card": "7"])
                #expect(try environment.records("library.person").count([["name", "=", "Bea"]]) == 1)
                #expect(throws: ORMError.missingKey("zz")) { try reader.write(["zz": 1]) }
            }
        }
    }

    @Test func `a related field is written on the record it leads to`() throws {
        try withScratchDatabase(models: [Library.addon]) { database in
            try database.run { environment in
                let author = try environment.create("library.person", ["name": "Ada"])
                let book = try environment.create("library.book", ["name": "x", "author_id": .integer(author.id)])
                try book.write(["author_phone": "55"])
                #expect(try environment.record("library.person", author.id).text("phone") == "55")
            }
        }
    }

    @Test func `stored computed fields follow what they depend on`() throws {
        try withScratchDatabase(models: [Library.addon]) { database in
            try database.run { environment in
                let (a, b) = (
                    try environment.create("library.shelf", ["name": "A"]),
                    try environment.create("library.shelf", ["name": "B"])
                )
                func counts() throws -> [Int] {
                    try [a, b].map { try environment.record("library.shelf", $0.id).integer("books") }
                }
                let book = try environment.create("library.book", ["name": "x", "shelf_id": .integer(a.id)])
                #expect(try counts() == [1, 0])
                try book.write(["shelf_id": .integer(b.id)])
                #expect(try counts() == [0, 1])
                try book.alone.unlink()
                #expect(try counts() == [0, 0])
            }
        }
    }

    @Test func `all failed checks are told together`() throws {
        try withScratchDatabase(models: [Library.addon]) { database in
            let error = try #require(throws: ValidationFailure.self) {
                try database.run { environment in
                    let shelf = try environment.create("library.shelf", ["name": "A"])
                    _ = try environment.rows("UPDATE library_shelf SET parent_id = id")
                    try shelf.write(["name": "a/b", "parent_id": false])
                }
            }
            #expect(error.failures.map(\.message) == ["A name has no slash."])
        }
    }

    @Test func `a copy takes lines along and links as they are`() throws {
        try withScratchDatabase(models: [Library.addon]) { database in
            try database.run { environment in
                let subject = try environment.create("library.subject", ["name": "s"]).id
                let shelf = try environment.create(
                    "library.shelf",
                    ["name": "A", "book_ids": [[0, 0, ["name": "x", "subject_ids": [[6, 0, [.integer(subject)]]]]]]])
                let copy = try environment.record("library.shelf", shelf.copy(["name": "B"]))
                let lines = try copy.many("book_ids")
                #expect(try lines.map { try $0.value("name") } as [Value] == ["x"])
                #expect(try lines.first?.many("subject_ids").ids == [subject])
                #expect(throws: ORMError.copyOfMissing(id: 404, model: "library.shelf")) {
                    try environment.record("library.shelf", 404).copy()
                }
            }
        }
    }

    @Test func `a change since the client read is noticed`() throws {
        try withScratchDatabase(models: [Library.addon]) { database in
            let id = try database.run { try $0.create("library.book", ["name": "x"]).id }
            let stale = Context(["__last_update": .dictionary(["library.book,\(id)": "2000-01-01 00:00:00"])])
            #expect(throws: ORMError.changedMeanwhile(title: "Book", id: id)) {
                try database.run(context: stale) { try $0.record("library.book", id).write(["pages": 1]) }
            }
        }
    }
}
