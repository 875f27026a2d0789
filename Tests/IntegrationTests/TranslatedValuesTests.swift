import ORM
import PostgreSQL
import SQL
import Testing
import Values

/// Values of records in several languages (contract/orm.md §12, contract/domains.md §7).
@Suite struct TranslatedValuesTests {
    private func french(_ environment: Environment) -> Environment { environment.adding(["lang": "fr_FR"]) }

    /// A category named `Gold`, and `Or` in French.
    private func category(in environment: Environment) throws -> Record {
        let category = try environment.create("res.partner.category", ["name": "Gold"])
        try french(environment).record("res.partner.category", category.id).write(["name": "Or"])
        return category
    }

    private func name(_ id: RecordID, in environment: Environment) throws -> Value? {
        try value(of: "name", "res.partner.category", id, in: environment)
    }

    private func value(
        of field: FieldName, _ model: ModelName, _ id: RecordID, in environment: Environment
    ) throws -> Value? {
        try environment.records(model, [id]).read([field]).values(of: field)?.first
    }

    @Test func `each language reads its own value, others the source`() throws {
        try DemoDatabase.visit { environment in
            let id = try category(in: environment).id
            #expect(try name(id, in: environment) == "Gold")
            #expect(try name(id, in: french(environment)) == "Or")
            #expect(try name(id, in: environment.adding(["lang": "de_DE"])) == "Gold")
            #expect(try name(id, in: environment.adding(["lang": "en_US"])) == "Gold")
            #expect(try name(id, in: environment.adding(["lang": false])) == "Gold")
            let rows = try environment.search("ir.translation", [["name", "=", "res.partner.category,name"]])
            #expect(try rows.read(["src", "type", "res_id"]).dictionaries().first?["src"] == "Gold")
            #expect(try rows.read(["type"]).values(of: "type") == ["model"])
            #expect(try rows.read(["res_id"]).values(of: "res_id") == [.integer(id)])
        }
    }

    @Test func `writing in the source language leaves translations, writing in another replaces one`() throws {
        try DemoDatabase.visit { environment in
            let category = try category(in: environment)
            try category.write(["name": "Gold customers"])
            #expect(try name(category.id, in: french(environment)) == "Or")
            try french(environment).record("res.partner.category", category.id).write(["name": "Clients d'or"])
            #expect(try name(category.id, in: french(environment)) == "Clients d'or")
            #expect(try name(category.id, in: environment) == "Gold customers")
            #expect(try environment.records("ir.translation").count([["res_id", "=", .integer(category.id)]]) == 1)
            try french(environment).record("res.partner.category", category.id).write(["name": ""])
            #expect(try name(category.id, in: french(environment)) == "Gold customers")
        }
    }

    @Test func `creating in any language fills the column`() throws {
        try DemoDatabase.visit { environment in
            let id = try french(environment).create("res.partner.category", ["name": "Argent"]).id
            #expect(try name(id, in: environment) == "Argent")
            #expect(try environment.records("ir.translation").count([["res_id", "=", .integer(id)]]) == 0)
        }
    }

    @Test func `an empty column takes what is written in another language`() throws {
        try DemoDatabase.visit { environment in
            let id = try environment.create("ir.actions.act_window", ["name": "Window", "res_model": "res.partner"]).id
            try french(environment).record("ir.actions.act_window", id).write(["help": "Aide"])
            #expect(try environment.read("ir.actions.act_window", id, ["help"])["help"] == "Aide")
        }
    }

    @Test func `names of records and of what they point to are told in the language`() throws {
        try DemoDatabase.visit { environment in
            let country = try environment.demo("base.be")
            try french(environment).record("res.country", country).write(["name": "Belgique"])
            let caller = french(environment)
            #expect(try caller.records("res.country", [country]).displayNames() == [country: "Belgique"])
            let address = try environment.create("res.partner.address", ["country_id": .integer(country)]).id
            #expect(
                try value(of: "country_id", "res.partner.address", address, in: caller)
                    == [.integer(country), "Belgique"])
            #expect(
                try value(of: "country_id", "res.partner.address", address, in: environment)
                    == [.integer(country), "Belgium"])
            #expect(
                try caller.call("res.country", "name_search", "Belgiq", [], "ilike", ["lang": "fr_FR"])
                    == [[.integer(country), "Belgique"]])
        }
    }

    @Test(arguments: [
        ("=", "Or", true), ("=", "Gold", true), ("ilike", "o", true), ("=", "Silver", false), ("=like", "O_", true),
        ("!=", "Or", false), ("!=", "Gold", false), ("!=", "Silver", true), ("not ilike", "gol", false),
    ])
    func `a search finds by translation and by source`(comparison: String, text: String, isFound: Bool) throws {
        try DemoDatabase.visit { environment in
            let id = Value.integer(try category(in: environment).id)
            let hits = try french(environment).search(
                "res.partner.category", [["name", .text(comparison), .text(text)], ["id", "=", id]])
            #expect(hits.isEmpty != isFound)
        }
    }

    @Test func `a list of values is found by translation, too, and no value is an empty column`() throws {
        try DemoDatabase.visit { environment in
            let id = Value.integer(try category(in: environment).id)
            func isFound(_ leaf: Value) throws -> Bool {
                try !french(environment).search("res.partner.category", [leaf, ["id", "=", id]]).isEmpty
            }
            #expect(try isFound(["name", "in", ["Or", "Argent"]]))
            #expect(try !isFound(["name", "not in", ["Or", "Argent"]]))
            #expect(try !isFound(["name", "=", false]))
            #expect(try isFound(["name", "!=", false]))
        }
    }

    @Test func `the complement of a match holds records without a value`() throws {
        try DemoDatabase.visit { environment in
            let id = Value.integer(
                try environment.create("ir.actions.act_window", ["name": "Window", "res_model": "res.partner"]).id)
            #expect(
                try environment.search("ir.actions.act_window", [["help", "!=", "x"], ["id", "=", id]]).count == 1)
            #expect(
                try environment.search("ir.actions.act_window", ["!", ["help", "=", "x"], ["id", "=", id]]).count == 1)
        }
    }

    @Test func `a copy has the translations, a deleted record none`() throws {
        try DemoDatabase.visit { environment in
            let category = try category(in: environment)
            let copy = try environment.record("res.partner.category", category.copy())
            #expect(try name(copy.id, in: french(environment)) == "Or")
            let ids: Value = [.integer(category.id), .integer(copy.id)]
            #expect(try environment.records("ir.translation").count([["res_id", "in", ids]]) == 2)
            try copy.alone.unlink()
            try category.alone.unlink()
            #expect(try environment.records("ir.translation").count([["res_id", "in", ids]]) == 0)
        }
    }

    @Test func `translations can be copied from one record to another`() throws {
        try DemoDatabase.visit { environment in
            let id = try category(in: environment).id
            let other = try environment.create("res.partner.category", ["name": "Gold too"]).id
            try environment.call("res.partner.category", "copy_translations", .integer(id), .integer(other))
            #expect(try name(other, in: french(environment)) == "Or")
            #expect(throws: ORMError.self) {
                try environment.call("res.partner.category", "copy_translations", .integer(id), 999_999)
            }
        }
    }

    @Test func `a record is found by the translated name of what it points to`() throws {
        try DemoDatabase.visit { environment in
            let country = try environment.demo("base.be")
            try french(environment).record("res.country", country).write(["name": "Belgique"])
            let address = try environment.create("res.partner.address", ["country_id": .integer(country)]).id
            for leaf: Value in [["country_id", "ilike", "Belgiq"], ["country_id.name", "=", "Belgique"]] {
                let hits = try french(environment).search("res.partner.address", [leaf])
                #expect(hits.ids.contains(address))
            }
        }
    }

    @Test func `lines of a copy have the translations of the lines they stem from`() throws {
        try DemoDatabase.visit { environment in
            let parent = try environment.create(
                "res.partner.category",
                ["name": "Top", "child_ids": [[0, 0, ["name": "One"]], [0, 0, ["name": "Two"]]]])
            let lines = try parent.many("child_ids").ids.sorted()
            try french(environment).record("res.partner.category", lines[1]).write(["name": "Deux"])
            let copy = try environment.record("res.partner.category", parent.copy(["name": "Other"]))
            let copied = try copy.many("child_ids").ids.sorted()
            #expect(copied.count == 2)
            #expect(try name(copied[0], in: french(environment)) == "One")
            #expect(try name(copied[1], in: french(environment)) == "Deux")
        }
    }

    @Test func `many records in a language cost one statement`() throws {
        try DemoDatabase.visit { environment in
            _ = try category(in: environment)
            let caller = french(environment)
            let all = try caller.search("res.country")
            _ = try all.read(["name"])
            let before = environment.transaction.statements
            #expect(try all.refreshed.read(["name", "code"]).count > 200)
            #expect(environment.transaction.statements - before == 1)
        }
    }

    @Test func `what one transaction translates the next one reads, and what is undone nobody`() throws {
        try DemoDatabase.own { database in
            let id = try database.run { try $0.create("res.partner.category", ["name": "Gold"]).id }
            func frenchName() throws -> Value? { try database.run { try name(id, in: french($0)) } }
            #expect(try frenchName() == "Gold")
            try database.run(keep: false) { environment in
                try french(environment).record("res.partner.category", id).write(["name": "Or"])
                let own = try name(id, in: french(environment))
                #expect(own == "Or")
            }
            #expect(try frenchName() == "Gold")
            try database.run { environment in
                #expect(throws: UserError.self) {
                    try environment.transaction.savepoint {
                        try french(environment).record("res.partner.category", id).write(["name": "Or"])
                        throw UserError("", "")
                    }
                }
                let undone = try name(id, in: french(environment))
                #expect(undone == "Gold")
                try french(environment).record("res.partner.category", id).write(["name": "Or"])
            }
            #expect(try frenchName() == "Or")
        }
    }
}
