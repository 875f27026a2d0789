import ORM
import TestSupport
import Testing
import Values

/// Models that tell of each new record.
@Suite struct CreationLogTests {
    private static let addon = AddonModels(
        "told",
        definitions: [
            ModelDefinition.introducing("res.log") { model in
                model.fields = [
                    .char("name", "Message", size: 250, required: true), .char("res_model", "Object", size: 128),
                    .integer("res_id", "Object ID"), .boolean("secondary", "Secondary"),
                ]
            },
            ModelDefinition.introducing("told.book") { model in
                model.title = "Book"
                model.logsCreation = true
                model.fields = [.char("name", "Name", size: 32)]
            },
            ModelDefinition.copying("told.book", as: "told.copy") { $0.title = "Copy" },
            ModelDefinition.copying("told.book", as: "told.silent") { $0.logsCreation = false },
        ])

    @Test func `who creates records is told of each by name`() throws {
        try withScratchDatabase(models: [Self.addon]) { database in
            try database.run { environment in
                let ids = try environment.records("told.book").create([["name": "Emma"], ["name": "Ulysses"]])
                let copy = try environment.create("told.copy", ["name": "It's"]).id
                try environment.create("told.silent", ["name": "Nobody"])
                let lines = try environment.search("res.log").read(["name", "res_model", "res_id", "secondary"])
                #expect(
                    lines.values(of: "name") == [
                        "Book 'Emma' created.", "Book 'Ulysses' created.", "Copy 'It's' created.",
                    ])
                #expect(lines.values(of: "res_id") == (ids + [copy]).map { .integer($0) })
                #expect(lines.values(of: "res_model") == ["told.book", "told.book", "told.copy"])
                #expect(lines.values(of: "secondary")?.allSatisfy { $0 == true } == true)
            }
        }
    }
}
