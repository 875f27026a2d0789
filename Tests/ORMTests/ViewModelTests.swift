import ORM
import PostgreSQL
import SQL
import TestSupport
import Testing
import Values

/// Models that show what other tables hold.
@Suite struct ViewModelTests {
    /// Named so that its view comes before the one it is made from, in the alphabet.
    private static func addon(label: String = "name", size: Int = 64) -> AddonModels {
        AddonModels(
            "reports",
            definitions: [
                .introducing("report.authors") { model in
                    model.view = "SELECT min(id) AS id, count(*)::int AS shelves FROM report_shelves"
                    model.fields = [.integer("shelves", "Shelves")]
                },
                .introducing("report.shelves") { model in
                    model.view = """
                        SELECT s.id, s.\(column: label) AS name, count(b.id)::int AS books FROM library_shelf s \
                        LEFT JOIN library_book b ON b.shelf_id = s.id GROUP BY s.id
                        """
                    model.fields = [
                        .char("name", "Name", size: size), .integer("books", "Books"),
                        .computed(
                            "loud", "Loud", .char(nil),
                            get: { shelves in
                                try shelves.map { .text(try $0.text("name")?.uppercased() ?? "") }
                            }),
                    ]
                },
            ])
    }

    private func fill(_ environment: Environment) throws {
        try environment.create("library.shelf", ["name": "a", "book_ids": [[0, 0, ["name": "one"]]]])
        try environment.create("library.shelf", ["name": "b"])
    }

    @Test func `rows of the view are searched and read`() throws {
        try withScratchDatabase(models: [Library.addon, Self.addon()]) { database in
            try database.run { environment in
                try fill(environment)
                let full = try environment.search("report.shelves", [["books", ">", 0]])
                #expect(
                    try full.read(["name", "loud", "books"]).dictionaries()
                        == [["id": .integer(full.ids[0]), "name": "a", "loud": "A", "books": 1]])
                #expect(try environment.search("report.shelves", order: "name desc").first?.text("name") == "b")
                #expect(try environment.search("report.authors").first?.integer("shelves") == 2)
            }
        }
    }

    @Test func `nothing is written`() throws {
        try withScratchDatabase(models: [Library.addon, Self.addon()]) { database in
            try database.run { (environment) throws in
                try fill(environment)
                let refused = #expect(throws: UserError.self) {
                    try environment.create("report.shelves", ["name": "x"])
                }
                #expect(
                    refused?.message
                        == "You cannot perform this operation. New Record Creation is not allowed for this object as "
                        + "this object is for reporting purpose.")
                let all = try environment.search("report.shelves")
                #expect(throws: ORMError.self) { try all.write(["name": "x"]) }
                #expect(throws: ORMError.self) { try all.unlink() }
            }
        }
    }

    @Test func `another SELECT with other columns takes the old one's place, with what is made from it`() throws {
        try withScratchDatabase(models: [Library.addon, Self.addon()]) { database in
            try database.run { environment in
                try fill(environment)
                let registry = try Registry(
                    addons: [Library.addon, Self.addon(label: "parent_left")], ports: OpenPorts.all)
                let later = Environment(registry: registry, transaction: environment.transaction, uid: 1)
                try SchemaSync(in: later).apply(to: [registry.model("report.shelves")])
                let names = try later.rows("SELECT name FROM report_shelves ORDER BY id")
                #expect(names.integers(column: 0) == [1, 3])
                #expect(try later.search("report.authors").first?.integer("shelves") == 2)
            }
        }
    }

    @Test func `columns beneath a view may change`() throws {
        let wider = ModelDefinition.extending("library.shelf") { $0.fields = [.text("name", "Name", required: true)] }
        try withScratchDatabase(models: [Library.addon, Self.addon()]) { database in
            try database.run { environment in
                try fill(environment)
                let registry = try Registry(
                    addons: [Library.addon, AddonModels("wider", definitions: [wider]), Self.addon()],
                    ports: OpenPorts.all)
                let later = Environment(registry: registry, transaction: environment.transaction, uid: 1)
                try SchemaSync(in: later).apply(to: [registry.model("library.shelf")])
                let type = try later.rows("SELECT pg_typeof(name) FROM report_shelves LIMIT 1")
                #expect(type.text(0, 0) == "text")
                #expect(try later.search("report.authors").count == 1)
            }
        }
    }
}
