import AddonLoader
import BaseAddon
import ORM
import PostgreSQL
import SQL
import TestSupport
import Testing
import Values

/// Databases of OpenERP's, taken over.
@Suite struct AdoptionTests {
    private static func adopt(_ database: InstalledDatabase) throws -> Adoption {
        try database.transaction { try database.installer([]).adopt(in: $0) }
    }

    /// Looks at the database as clients would after a restart.
    private static func look(_ database: InstalledDatabase, _ body: (Environment) throws -> Void) throws {
        try database.transaction { transaction in
            let registry = try InstalledAddons(reading: transaction)
                .registry(among: database.collection(), ports: Base.ports(), in: transaction)
            try body(Environment(registry: registry, transaction: transaction, uid: Environment.superuserID))
        }
    }

    /// Type and obligation of each column.
    private static func columns(_ database: InstalledDatabase) throws -> [String: String] {
        try database.transaction { transaction in
            let result = try transaction.rows(
                """
                SELECT table_name || '.' || column_name, data_type || ' ' || coalesce(character_maximum_length, 0) \
                || ' ' || is_nullable FROM information_schema.columns WHERE table_schema = 'public'
                """)
            return Dictionary(
                uniqueKeysWithValues: (0..<result.rowCount).map { (result.text($0, 0) ?? "", result.text($0, 1) ?? "") }
            )
        }
    }

    @Test func `columns that are there stay as they are, and new ones ask for nothing`() throws {
        try withOpenERPDatabase { database in
            let before = try Self.columns(database)
            _ = try Self.adopt(database)
            let after = try Self.columns(database)
            for (column, type) in before { #expect(after[column] == type, "\(column)") }
            #expect(after["res_partner.ref"] != nil)
            let tables = Set(before.keys.map { $0.prefix { $0 != "." } })
            for (column, type) in after where before[column] == nil && tables.contains(column.prefix { $0 != "." }) {
                #expect(type.hasSuffix("YES"), "\(column)")
            }
        }
    }

    @Test func `rows that are there stay as they are`() throws {
        try withOpenERPDatabase { database in
            let rows = "SELECT md5(string_agg(r, ';')) FROM (%) AS all_rows (r)"
            let parts = [
                "SELECT name || coalesce(stripes, 0) FROM res_partner", "SELECT login || password FROM res_users",
                "SELECT arch || priority FROM ir_ui_view WHERE id = 1", "SELECT name FROM ir_ui_menu WHERE id = 1",
                "SELECT field_description FROM ir_model_fields WHERE id < 8",
                "SELECT name || weight FROM zoo_animal", "SELECT name || res_id FROM ir_model_data WHERE id < 6",
                "SELECT name || state || latest_version || coalesce(shortdesc, '') FROM ir_module_module WHERE id < 3",
            ]
            let query = rows.replacing("%", with: parts.joined(separator: " UNION ALL "))
            let sum = { try database.transaction { try $0.rows(.init(trusted: query)).text(0, 0) } }
            let before = try sum()
            _ = try Self.adopt(database)
            #expect(before != nil)
            #expect(try sum() == before)
        }
    }

    @Test func `a second time nothing changes`() throws {
        try withOpenERPDatabase { database in
            let first = try Self.adopt(database)
            #expect(!first.isRepetition)
            let before = try database.snapshot()
            let second = try Self.adopt(database)
            #expect(second.isRepetition)
            #expect(try database.snapshot() == before)
        }
    }

    @Test func `records are known under our names, whatever they were called`() throws {
        try withOpenERPDatabase { database in
            _ = try Self.adopt(database)
            try Self.look(database) { (environment) throws in
                #expect(try environment.record(externalID: "base.group_user")?.id == 1)
                #expect(try environment.search("res.groups", [["name", "=", "Employee"]]).count == 1)
                #expect(try environment.record(externalID: "base.menu_administration")?.id == 1)
            }
        }
    }

    @Test func `the owner's view stays the one people see`() throws {
        try withOpenERPDatabase { database in
            _ = try Self.adopt(database)
            try Self.look(database) { environment in
                let views = try environment.search(
                    "ir.ui.view",
                    [["model", "=", "res.partner"], ["type", "=", "form"], ["inherit_id", "=", false]],
                    order: "priority, id")
                #expect(views.first?.id == 1)
            }
        }
    }

    @Test func `no right is given on what was there before`() throws {
        try withOpenERPDatabase { database in
            _ = try Self.adopt(database)
            try Self.look(database) { environment in
                let lines = try environment.search("ir.model.access", [["model_id.model", "=", "res.partner"]])
                #expect(lines.isEmpty)
                #expect(try !environment.search("ir.model.access", [["model_id.model", "=", "res.lang"]]).isEmpty)
            }
        }
    }

    @Test func `what an unknown addon left can be looked at and not changed`() throws {
        try withOpenERPDatabase { database in
            _ = try Self.adopt(database)
            try Self.look(database) { environment in
                let animals = try environment.search("zoo.animal", [["partner_id.name", "=", "Zebra"]])
                let marty = try #require(animals.first)
                #expect(try marty.text("name") == "Marty")
                #expect(try marty.one("partner_id")?.integer("stripes") == 40)
                #expect(try environment.record("res.partner", 2).many("animal_ids").ids == animals.ids)
                #expect(environment.registry.models["zoo.animal"]?.field("age") == nil)
                #expect(throws: UserError.self) { try marty.write(["name": "Alex"]) }
                #expect(throws: UserError.self) { try animals.unlink() }
                #expect(throws: UserError.self) { try environment.create("zoo.animal", ["name": "Gloria"]) }
                try environment.record("res.partner", 2).write(["stripes": 41])
            }
        }
    }

    @Test func `base can be upgraded afterwards`() throws {
        try withOpenERPDatabase { database in
            _ = try Self.adopt(database)
            try database.transaction { transaction in
                let environment = try database.installer([]).upgrade(["base"], in: transaction)
                #expect(try environment.record("zoo.animal", 1).text("name") == "Marty")
            }
        }
    }

    @Test func `what an addon of OpenERP's has brought is not taken for left over in an upgrade`() throws {
        try withOpenERPDatabase { database in
            try database.transaction {
                try $0.execute(
                    script: """
                        INSERT INTO ir_model_data (name, module, model, res_id, noupdate) VALUES
                            ('view_of_openerp', 'base', 'ir.ui.view', 1, false)
                        """)
            }
            _ = try Self.adopt(database)
            try database.transaction { transaction in
                let environment = try database.installer([]).upgrade(["base"], in: transaction)
                #expect(try environment.records("ir.ui.view", [1]).exist())
            }
        }
    }

    @Test func `the survey tells what there is, and touches nothing`() throws {
        try withOpenERPDatabase { database in
            let before = try database.snapshot()
            let survey = try database.transaction {
                try AdoptionSurvey(reading: $0, addons: database.collection(), ports: Base.ports())
            }
            #expect(survey.version == "6.0.1.3")
            #expect(survey.served == ["base"])
            #expect(survey.kept == ["zoo"])
            #expect(survey.unknownModels == ["zoo.animal"])
            #expect(survey.unknownColumns.contains("res_partner.stripes"))
            #expect(!survey.unknownColumns.contains("res_partner.name"))
            #expect(survey.clearPasswords == 1)
            #expect(survey.customViews == 1)
            #expect(survey.missing.tables.contains("res_lang"))
            #expect(survey.missing.columns.contains("res_partner.ref"))
            #expect(!survey.isAdopted)
            #expect(try database.snapshot() == before)
        }
    }

    @Test func `rules that rows break are done without`() throws {
        try withOpenERPDatabase { database in
            try database.transaction {
                try $0.execute(
                    script: "INSERT INTO res_company (name, partner_id, currency_id) VALUES ('Lost', 99, 1)")
            }
            let adoption = try Self.adopt(database)
            #expect(adoption.schema.broken.contains { $0.contains("res_company") })
        }
    }

    @Test(
        arguments: [
            ("", "is empty"), ("CREATE TABLE stock (id int)", "another program"),
            ("CREATE TABLE ir_module (id int); CREATE TABLE ir_model_data (id int)", "Tryton"),
            (
                OpenERPShape.script + "UPDATE ir_module_module SET latest_version = '6.1.1.3' WHERE name = 'base'",
                "OpenERP 6.1.1.3"
            ),
            (
                OpenERPShape.script + "UPDATE ir_module_module SET latest_version = '5.0.1.1' WHERE name = 'base'",
                "OpenERP 5.0.1.1"
            ), (OpenERPShape.script + "UPDATE ir_module_module SET state = 'uninstalled'", "no addon base"),
        ])
    func `what OpenERP 6_0 did not make is refused by its name`(_ script: String, _ reason: String) throws {
        try withEmptyDatabase { database in
            if !script.isEmpty { try database.transaction { try $0.execute(script: script) } }
            let error = #expect(throws: LoadError.self) { try Self.adopt(database) }
            #expect(error?.description.contains(reason) == true)
            #expect(error?.description.contains(database.name) == true)
        }
    }
}
