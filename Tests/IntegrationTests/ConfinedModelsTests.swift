import ORM
import PostgreSQL
import SQL
import Testing
import Values

/// Models whose search an addon confines: whatever way leads to their records, it leads to those alone.
@Suite struct ConfinedModelsTests {
    /// A message of a lead that no case has, with a text nobody else has.
    private func messageOfALead(in environment: Environment) throws -> RecordID {
        let lead = try environment.create("crm.lead", ["name": "Lead"]).id
        return try environment.create(
            "mailgate.message", ["name": "only a lead says so", "model": "crm.lead", "res_id": .integer(lead)]
        ).id
    }

    @Test func `groups count what a search finds`() throws {
        try DemoDatabase.visit { environment in
            _ = try messageOfALead(in: environment)
            let logs = try environment.records("crm.case.log")
            let groups = try logs.readGroup(GroupRequest(fields: ["user_id"], by: ["user_id"]))
            let counted = groups.compactMap { $0["user_id_count"]?.integer }.reduce(0, +)
            #expect(try counted == logs.count())
            #expect(try logs.count() < environment.records("mailgate.message").count())
        }
    }

    @Test func `a path finds what a search of its target finds`() throws {
        try DemoDatabase.visit { environment in
            let message = try messageOfALead(in: environment)
            // A case with the lead's own number must not be taken for it.
            let lead = try environment.record("mailgate.message", message).integer("res_id")
            let section = try #require(try environment.search("crm.case.section", limit: 1).ids.first)
            try environment.rows(
                """
                INSERT INTO crm_case (id, name, section_id, active, state) \
                SELECT \(lead)::int, 'Same number', \(section)::int, TRUE, 'draft' \
                WHERE NOT EXISTS (SELECT 1 FROM crm_case WHERE id = \(lead)::int)
                """)
            #expect(try environment.search("crm.case", [["history_line.name", "ilike", "only a lead"]]).isEmpty)
        }
    }

    @Test func `the name of a file is told to who may read the file`() throws {
        try DemoDatabase.visit { environment in
            let hidden = try environment.create(
                "ir.attachment", ["name": "secret", "res_model": "ir.model.data", "res_id": 1]
            ).id
            let demo = environment.with(uid: DemoDatabase.demoUser)
            if try demo.permits(.read, on: environment.registry.model("ir.model.data")) { return }
            #expect(throws: (any Error).self) { try demo.call("ir.attachment", "name_get", [.integer(hidden)]) }
        }
    }

    @Test func `another company's properties are not asked for by its number`() throws {
        try DemoDatabase.visit { environment in
            let beside = try environment.create("res.company", ["name": "Beside", "parent_id": false]).id
            let demo = environment.with(uid: DemoDatabase.demoUser)
            let ask = { (environment: Environment) in
                try environment.adding(["force_company": .integer(beside)])
                    .call("ir.property", "get", "name", "res.partner", false, ["force_company": .integer(beside)])
            }
            #expect(throws: RecordRuleDenied.self) { try ask(demo) }
            #expect(try ask(environment) == false)
        }
    }

    @Test func `a custom relation stays with its target`() throws {
        try DemoDatabase.visit { environment in
            let model = try #require(try environment.search("ir.model", [["model", "=", "res.partner"]]).ids.first)
            let field = try environment.create(
                "ir.model.fields",
                [
                    "name": "x_boss", "field_description": "Boss", "ttype": "many2one", "relation": "res.partner",
                    "model_id": .integer(model), "state": "manual",
                ])
            #expect(throws: UserError.self) { try field.write(["relation": "res.users"]) }
        }
    }
}
