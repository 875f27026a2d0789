import Domain
import ORM
import PostgreSQL
import TestSupport
import Testing
import Values

/// Parents of parents, prototypes of several models, and the attributes that name other columns.
@Suite struct DelegationTests {
    /// A teacher is a reader, who is a person.
    private static let addon = AddonModels(
        "school",
        definitions: [
            .extending("library.person") { model in
                model.fields = [
                    .computed(
                        "greeting", "Greeting", .char(nil),
                        get: { people in try people.map { .text("Dear " + (try $0.text("name") ?? "")) } },
                        search: { _, leaf in [["name", "=", .text(String(leaf.value.plainText.dropFirst(5)))]] }),
                    .related("own_phone", "Own phone", .char(16), through: "subject_ids", "name"),
                ]
            },
            .introducing("school.teacher") { model in
                model.delegates = ["library.reader": "reader_id"]
                model.fields = [.char("room", "Room", size: 8)]
            },
        ])

    private static let addons = [Library.addon, addon]

    private func teacher(_ environment: Environment, _ name: String, _ more: FieldValues = [:]) throws -> Record {
        try environment.create("school.teacher", ["name": .text(name), "room": "7"].merging(more) { $1 })
    }

    @Test func `values go up to the grandparent and come down again`() throws {
        try withScratchDatabase(models: Self.addons) { database in
            try database.run { environment in
                // Ids of the three tables differ from one another.
                try environment.create("library.person", ["name": "Nobody"])
                try environment.create("library.reader", ["name": "Somebody"])
                let subject = try environment.create("library.subject", ["name": "Poems"]).id
                let book = try environment.create("library.book", ["name": "B"]).id
                let teacher = try teacher(
                    environment, "Ada",
                    [
                        "phone": "1", "card": "c1", "subject_ids": [[6, 0, [.integer(subject)]]],
                        "loan_ids": [[0, 0, ["book_id": .integer(book)]]],
                    ])
                let fields = ["name", "phone", "card", "room", "active", "subject_ids", "greeting", "own_phone"]
                let read = try teacher.alone.refreshed.read(fields).dictionaries()[0]
                #expect(
                    read == [
                        "id": .integer(teacher.id), "name": "Ada", "phone": "1", "card": "c1", "room": "7",
                        "active": true, "subject_ids": [.integer(subject)], "greeting": "Dear Ada",
                        "own_phone": "Poems",
                    ])
                #expect(try teacher.many("loan_ids").count == 1)
                try teacher.write(["name": "Eva", "subject_ids": [[5]], "room": "8"])
                let again = try teacher.alone.refreshed.read(fields).dictionaries()[0]
                #expect(again["name"] == "Eva" && again["greeting"] == "Dear Eva" && again["subject_ids"] == [])
            }
        }
    }

    @Test func `searches and orders reach the grandparent`() throws {
        try withScratchDatabase(models: Self.addons) { database in
            try database.run { environment in
                let (ada, eva) = (try teacher(environment, "Ada").id, try teacher(environment, "Eva").id)
                let old = try teacher(environment, "Old", ["active": false]).id
                func search(_ domain: Value, _ order: String? = nil) throws -> [RecordID] {
                    try environment.search("school.teacher", domain, order: order).ids
                }
                #expect(try search([["name", "=", "Ada"]]) == [ada])
                #expect(try search([], "name desc") == [eva, ada])
                #expect(try search([["greeting", "=", "Dear Eva"]]) == [eva])
                #expect(try search([["active", "=", false]]) == [old])
                #expect(try search([["reader_id.person_id.name", "=", "Eva"]]) == [eva])
            }
        }
    }

    @Test func `fields_get tells of all three`() throws {
        try withScratchDatabase(models: Self.addons) { database in
            try database.run { environment in
                let told =
                    try RemoteCall(
                        "fields_get", of: "school.teacher", in: environment.registry, positional: []
                    ).run(in: environment).value.dictionary ?? [:]
                #expect(Set(["room", "card", "name", "greeting", "subject_ids", "person_id"]).isSubset(of: told.keys))
            }
        }
    }

    @Test func `a copy has parents of its own, all the way up`() throws {
        try withScratchDatabase(models: Self.addons) { database in
            try database.run { environment in
                let original = try teacher(environment, "Ada")
                let copy = try environment.record("school.teacher", original.copy(["name": "Eva"]))
                #expect(try original.alone.refreshed.first?.text("name") == "Ada")
                #expect(try copy.value("person_id") != original.value("person_id"))
            }
        }
    }

    @Test func `of several prototypes the earlier one's word holds`() throws {
        let first = ModelDefinition.introducing("proto.first") { model in
            model.title = "First"
            model.fields = [.char("name", "One", size: 8, default: "one"), .integer("only", "Only first")]
        }
        let second = ModelDefinition.introducing("proto.second") { model in
            model.order = "name desc"
            model.fields = [.char("name", "Two", size: 9), .date("day", "Day")]
            model.constraints = [.check("day", message: "No day") { try $0.allSatisfy { try $0.text("day") != nil } }]
            model.dateField = "day"
        }
        let both = ModelDefinition.copying(allOf: ["proto.first", "proto.second"], as: "proto.both") { model in
            model.fields = [.text("own", "Own")]
        }
        let addon = AddonModels("proto", definitions: [first, second, both])
        try withScratchDatabase(models: [addon]) { database in
            let model = try database.registry.model("proto.both")
            #expect(model.fieldNames == ["name", "only", "day", "own"])
            #expect(model.title == "First" && model.field("name")?.label == "One" && model.dateField == "day")
            #expect(model.order.first?.descending == true)
            try database.run { (environment) throws in
                #expect(try environment.create("proto.both", ["day": "2011-06-01"]).text("name") == "one")
                #expect(throws: ValidationFailure.self) { try environment.create("proto.both", [:]) }
            }
        }
    }

    @Test func `a copy's overrides wrap those of its prototypes, the earlier outside the later`() throws {
        func prototype(_ name: ModelName, _ mark: String) -> ModelDefinition {
            .introducing(name) { model in
                model.fields = [.char("name", "Name", size: 32), .char("trace", "Trace", size: 32)]
                model.overrides.create = marking(mark)
            }
        }
        func marking(_ mark: String) -> Overrides.Create {
            { _, rows, inherited in
                try inherited(rows.map { $0.merging(["trace": .text(($0["trace"]?.text ?? "") + mark)]) { $1 } })
            }
        }
        let copy = ModelDefinition.copying(allOf: ["proto.first", "proto.second"], as: "proto.both") { model in
            model.overrides.create = marking("own ")
        }
        let addon = AddonModels(
            "proto", definitions: [prototype("proto.first", "first "), prototype("proto.second", "second "), copy])
        try withScratchDatabase(models: [addon]) { database in
            try database.run { (environment) throws in
                #expect(try environment.create("proto.both", [:]).text("trace") == "own first second ")
                #expect(try environment.create("proto.second", [:]).text("trace") == "second ")
            }
        }
    }

    @Test func `a hierarchy, a nested set and a sequence may have other names`() throws {
        let place = { (name: ModelName) in
            ModelDefinition.introducing(name) { model in
                model.parentField = "within"
                model.nestedSet = true
                model.sequence = "place_numbers"
                model.fields = [.char("name", "Name", size: 8), .many2one("within", "Within", to: name)]
            }
        }
        let addon = AddonModels("places", definitions: [place("place.land"), place("place.town")])
        try withScratchDatabase(models: [addon]) { database in
            try database.run { environment in
                let land = try environment.create("place.land", ["name": "a"]).id
                let town = try environment.create("place.town", ["name": "b"]).id
                #expect(town == land + 1)
                let part = try environment.create("place.town", ["name": "c", "within": .integer(town)]).id
                let found = try environment.search("place.town", [["id", "child_of", [.integer(town)]]]).ids
                #expect(found == [town, part])
            }
        }
    }
}
