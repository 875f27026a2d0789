import ORM
import Values

/// A small library: every kind of field and relation, delegation, a tree, stored and computed fields.
enum Library {
    static let addon = AddonModels("library", definitions: [subject, shelf, person, reader, book, loan])

    static let subject = ModelDefinition.introducing("library.subject") { model in
        model.title = "Subject"
        model.order = "name"
        model.fields = [.char("name", "Name", size: 32, required: true)]
        model.constraints = [.sql("name_uniq", "UNIQUE (name)", message: "There is such a subject already.")]
    }

    static let shelf = ModelDefinition.introducing("library.shelf") { model in
        model.title = "Shelf"
        model.order = "parent_left"
        model.siblingOrder = "name"
        model.nestedSet = true
        model.fields = [
            .char("name", "Name", size: 64, required: true),
            .boolean("active", "Active", default: true),
            .many2one("parent_id", "Within", to: "library.shelf", onDelete: .cascade, index: .basic),
            .one2many("child_ids", "Parts", of: "library.shelf", inverse: "parent_id"),
            .one2many("book_ids", "Books", of: "library.book", inverse: "shelf_id"),
            .computed("path", "Path", .char(nil), get: { try $0.map { .text(try path(of: $0)) } }),
            .computed(
                "books", "Number of books", .integer,
                get: { shelves in try shelves.map { .integer(try $0.many("book_ids").count) } },
                store: .triggered([
                    .init(on: "library.book", fields: ["shelf_id"]) { books in
                        try books.compactMap { try $0.one("shelf_id")?.id }
                    }
                ])),
        ]
        model.constraints = [
            .acyclic("parent_id", message: "A shelf cannot stand within itself."),
            .check("name", message: "A name has no slash.") { shelves in
                try shelves.allSatisfy { try $0.text("name")?.contains("/") != true }
            },
        ]
    }

    private static func path(of shelf: Record) throws -> String {
        let name = try shelf.text("name") ?? ""
        guard let parent = try shelf.one("parent_id") else { return name }
        return try path(of: parent) + " / " + name
    }

    static let person = ModelDefinition.introducing("library.person") { model in
        model.title = "Person"
        model.order = "name"
        model.fields = [
            .char("name", "Name", size: 64, required: true), .char("phone", "Phone", size: 16),
            .boolean("active", "Active", default: true),
            .many2many(
                "subject_ids", "Interests", of: "library.subject",
                through: .init(table: "library_person_subject_rel", own: "person_id", other: "subject_id")),
        ]
    }

    static let reader = ModelDefinition.introducing("library.reader") { model in
        model.title = "Reader"
        model.delegates = ["library.person": "person_id"]
        model.fields = [
            .char("card", "Card", size: 8, default: .each { _ in .text("new") }),
            .one2many("loan_ids", "Loans", of: "library.loan", inverse: "reader_id"),
        ]
    }

    static let book = ModelDefinition.introducing("library.book") { model in
        model.title = "Book"
        model.order = "name, id desc"
        model.fields = [
            .char("name", "Title", size: 64, required: true),
            .text("summary", "Summary"), .integer("pages", "Pages"), .float("price", "Price"),
            .float("weight", "Weight", digits: Digits(8, 3)), .date("bought", "Bought"),
            .datetime("seen", "Last seen"), .boolean("rare", "Rare"), .binary("cover", "Cover"),
            .selection("kind", "Kind", ["novel": "Novel", "manual": "Manual"], default: "novel"),
            .reference("source", "Source", ["library.person": "Person"], size: 64),
            .many2one("shelf_id", "Shelf", to: "library.shelf"),
            .many2one("author_id", "Author", to: "library.person", onDelete: .restrict),
            .many2many(
                "subject_ids", "Subjects", of: "library.subject",
                through: .init(table: "library_book_subject_rel", own: "book_id", other: "subject_id")),
            .related("author_phone", "Author's phone", .char(16), through: "author_id", "phone"),
            .one2many("loan_ids", "Loans", of: "library.loan", inverse: "book_id"),
            .related(
                "first_reader", "First reader", .many2one("library.reader", onDelete: .setNull),
                through: "loan_ids", "reader_id"),
        ]
        model.remote = [
            .method("lend", writes: true, ["ids", "reader", .optional("days", 14), .context]) { books, arguments in
                let reader = arguments["reader"]
                _ = try books.environment.records("library.loan").create(
                    books.ids.map { ["book_id": .integer($0), "reader_id": reader] })
                return arguments["days"]
            }
        ]
    }

    static let loan = ModelDefinition.introducing("library.loan") { model in
        model.title = "Loan"
        model.nameField = "book_id"
        model.fields = [
            .many2one("book_id", "Book", to: "library.book", onDelete: .cascade, required: true),
            .many2one("reader_id", "Reader", to: "library.reader"),
            .date("until", "Until", default: .today),
        ]
    }
}
