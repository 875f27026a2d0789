import ORM
import PostgreSQL
import SQL
import TestSupport
import Testing
import Values

/// Models whose records are there for the moment.
@Suite struct TransientTests {
    private static let wizard = ModelDefinition.introducing("library.wizard", transient: true) { model in
        model.fields = [
            .char("name", "Name", size: 32, required: true), .integer("step", "Step", default: 1),
            .binary("file", "File"), .many2one("author_id", "Author", to: "library.person", onDelete: .restrict),
            .many2many(
                "subject_ids", "Subjects", of: "library.subject",
                // The table of a lasting model's links.
                through: .init(table: "library_book_subject_rel", own: "book_id", other: "subject_id")),
            .one2many("line_ids", "Lines", of: "library.wizard.line", inverse: "wizard_id"),
        ]
    }

    private static let line = ModelDefinition.introducing("library.wizard.line", transient: true) { model in
        model.fields = [
            .char("name", "Name", size: 32),
            .many2one("wizard_id", "Wizard", to: "library.wizard", onDelete: .cascade),
        ]
    }

    private static let addons = [Library.addon, AddonModels("wizards", definitions: [line, wizard])]

    private func call(_ environment: Environment, _ method: String, _ arguments: Value...) throws -> Value {
        try RemoteCall(method, of: "library.wizard", in: environment.registry, positional: arguments)
            .run(in: environment).value
    }

    @Test func `a copy of a transient model is transient, and its fields are its own addon's`() throws {
        let copy = ModelDefinition.copying("library.wizard.line", as: "library.other") { model in
            model.fields = [.char("own", "Own", size: 8)]
        }
        let addons = Self.addons + [AddonModels("others", definitions: [copy])]
        try withScratchDatabase(models: addons) { database in
            let model = try database.registry.model("library.other")
            #expect(model.isTransient)
            #expect(model.fieldOrigins["name"] == ["others"])
            #expect(model.fieldOrigins["own"] == ["others"])
        }
    }

    @Test func `a client reads bare ids, sizes as numbers, and of a lost record its id`() throws {
        try withScratchDatabase(models: Self.addons) { database in
            try database.run(as: 5) { environment in
                let author = try environment.create("library.person", ["name": "Ada"]).id
                let subject = try environment.create("library.subject", ["name": "Poems"]).id
                let id = try call(
                    environment, "create",
                    [
                        "file": "QUJDRA==", "author_id": .integer(author),
                        "subject_ids": [[6, 0, [.integer(subject)]]], "line_ids": [[0, 0, ["name": "first"]]],
                    ])
                let read = try call(environment, "read", [id, 999], [], ["bin_size": true])
                let line = try environment.search("library.wizard.line").ids[0]
                #expect(
                    read == [
                        [
                            "id": id, "name": false, "step": 1, "file": 8, "author_id": .integer(author),
                            "subject_ids": [.integer(subject)], "line_ids": [.integer(line)],
                        ], ["id": 999],
                    ])
                #expect(try call(environment, "write", [id], ["step": 2]) == id)
                #expect(try call(environment, "read", id, ["step"]) == ["id": id, "step": 2])
                #expect(try call(environment, "unlink", [id, 999]) == true)
                #expect(try environment.search("library.wizard.line").isEmpty)
            }
        }
    }

    @Test func `a lost record that is asked for alone is a fault`() throws {
        try withScratchDatabase(models: Self.addons) { database in
            try database.run(as: 5) { (environment) throws in
                #expect(throws: ORMError.missingKey("999")) { try call(environment, "read", 999, ["name"]) }
                #expect(throws: ORMError.missingKey("999")) { try call(environment, "write", 999, ["step": 1]) }
            }
        }
    }

    @Test func `links are kept apart from those of lasting records`() throws {
        try withScratchDatabase(models: Self.addons) { database in
            try database.run { environment in
                let subject = try environment.create("library.subject", ["name": "Poems"]).id
                let book = try environment.create("library.book", ["name": "One"])
                try environment.create("library.wizard", ["subject_ids": [[6, 0, [.integer(subject)]]]])
                #expect(try book.many("subject_ids").isEmpty)
            }
        }
    }

    @Test func `only the command that names all ids changes a many2many`() throws {
        try withScratchDatabase(models: Self.addons) { database in
            try database.run { (environment) throws in
                #expect(throws: ORMError.self) {
                    try environment.create("library.wizard", ["subject_ids": [[4, 1]]])
                }
            }
        }
    }

    @Test(arguments: ["read", "write", "unlink"])
    func `others' records are out of reach, but for the superuser`(method: String) throws {
        try withScratchDatabase(models: Self.addons) { database in
            let id = try database.run(as: 5) { Value.integer(try $0.create("library.wizard", ["name": "x"]).id) }
            let more: [Value] = method == "read" ? [["name"]] : method == "write" ? [["step": 3]] : []
            let title = method.prefix(1).uppercased() + method.dropFirst()
            let refusal = UserError(
                "AccessError",
                "\(title) access is only allowed on your own records for osv_memory objects except for the super-user")
            for user in [6, 1] {
                let run = {
                    try database.run(as: user) { (environment) throws in
                        _ = try RemoteCall(
                            method, of: "library.wizard", in: environment.registry, positional: [[id]] + more
                        ).run(in: environment)
                    }
                }
                if user == 1 { try run() } else { #expect(throws: refusal) { try run() } }
            }
        }
    }

    @Test func `a search finds the caller's own, and compares texts letter by letter`() throws {
        try withScratchDatabase(models: Self.addons) { database in
            for user in [5, 6] {
                try database.run(as: user) { environment in
                    try environment.create("library.wizard", ["name": "Merge"])
                    try environment.create("library.wizard", ["name": "merge"])
                }
            }
            try database.run(as: 6) { (environment) throws in
                #expect(try environment.search("library.wizard").count == 2)
                #expect(try environment.search("library.wizard", [["name", "ilike", "Mer"]]).count == 1)
                #expect(try environment.records("library.wizard").count([["step", "=", 1]]) == 2)
            }
            try database.run { (environment) throws in #expect(try environment.search("library.wizard").count == 4) }
        }
    }

    @Test func `perm_read tells the caller and now`() throws {
        try withScratchDatabase(models: Self.addons) { database in
            try database.run(as: 5) { environment in
                let id = try environment.create("library.wizard", [:]).id
                let told = try call(environment, "perm_read", [.integer(id)], [:], false).list?.first?.dictionary
                #expect(told?["create_uid"] == 5)
                #expect(told?["create_date"]?.text?.count == 19)
            }
        }
    }

    private func age(_ ids: [RecordID], hours: Int, in environment: Environment) throws {
        try environment.rows(
            "UPDATE library_wizard SET apus_used = now() - make_interval(hours => \(hours)) WHERE id = ANY(\(ids))")
    }

    @Test func `what nobody has used for an hour goes, and a use keeps`() throws {
        try withScratchDatabase(models: Self.addons) { database in
            try database.run { environment in
                let ids = try environment.records("library.wizard").create([[:], [:], [:]])
                try age(Array(ids.prefix(2)), hours: 2, in: environment)
                _ = try environment.records("library.wizard", [ids[0]]).read(["name"])
                try environment.sweepTransientRecords()
                #expect(try environment.search("library.wizard").ids == [ids[0], ids[2]])
            }
        }
    }

    @Test func `each twentieth create sweeps`() throws {
        try withScratchDatabase(models: Self.addons) { database in
            try database.run { environment in
                let wizards = try environment.records("library.wizard")
                let ids = try wizards.create(Array(repeating: [:], count: 5))
                try age(ids, hours: 2, in: environment)
                _ = try wizards.create(Array(repeating: [:], count: 14))
                #expect(try wizards.count() == 19)
                _ = try wizards.create([[:]])
                #expect(try wizards.count() == 15)
            }
        }
    }

    @Test func `of more records than the limit those used last stay`() throws {
        var ports = OpenPorts.all
        ports.transience.count = 3
        try withScratchDatabase(models: Self.addons, ports: ports) { database in
            try database.run { environment in
                let ids = try environment.records("library.wizard").create(Array(repeating: [:], count: 5))
                try environment.sweepTransientRecords()
                #expect(try environment.search("library.wizard").ids == Array(ids.suffix(3)))
            }
        }
    }

    @Test func `tables are unlogged, and those that are missing can be told and made`() throws {
        try withScratchDatabase(models: Self.addons) { database in
            try database.run { environment in
                func missing() throws -> [ModelName] {
                    try SchemaSync.transientModelsWithoutTable(
                        of: environment.registry, in: environment.transaction
                    ).map(\.name)
                }
                let kinds = try environment.rows(
                    "SELECT relname FROM pg_class WHERE relkind = 'r' AND relpersistence = 'u' ORDER BY 1")
                #expect(
                    kinds.texts(column: 0) == [
                        "library_wizard", "library_wizard_line", "library_wizard_subject_ids_rel",
                    ])
                #expect(try missing() == [])
                try environment.transaction.execute(script: "DROP TABLE library_wizard_line")
                #expect(try missing() == ["library.wizard.line"])
                try SchemaSync(in: environment).apply(to: [environment.registry.model("library.wizard.line")])
                #expect(try missing() == [])
            }
        }
    }
}
