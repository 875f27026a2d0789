import ORM
import PostgreSQL
import SQL
import Testing
import Values

/// The first steps in a new database.
@Suite struct BaseSetupTests {
    @Test func `the administrator meets the greeting, and from then on the menu`() throws {
        try DemoDatabase.visit { environment in
            let setup = try environment.demo("base_setup.action_base_setup")
            let administrator = try environment.record("res.users", 1)
            #expect(try administrator.one("menu_id")?.id == setup)
            #expect(try administrator.one("action_id")?.id == setup)
            let greeting = Value.list([.integer(try environment.create("base.setup.config", [:]).id)])
            let menu = try environment.call("base.setup.config", "menu", greeting).dictionary
            #expect(menu?["res_model"] == "ir.ui.menu")
            let after = try environment.record("res.users", 1)
            #expect(try after.one("menu_id")?.id == environment.demo("base.action_menu_admin"))
            #expect(try after.one("action_id") == nil)
        }
    }

    @Test func `the greeting names logins and no password`() throws {
        try DemoDatabase.visit { environment in
            let text = try environment.call("base.setup.config", "get_users").text ?? ""
            #expect(
                text.hasPrefix("The following users have been installed : \n    - Administrator :\n\t\tLogin : admin"))
            #expect(text.contains("Login : demo"))
            #expect(!text.lowercased().contains("password"))
        }
    }

    @Test func `the way from the greeting leads to the first step`() throws {
        try DemoDatabase.visit { environment in
            let answer = try environment.call("base.setup.config", "config", []).dictionary
            #expect(answer?["context"]?.dictionary?["active_action_todo"] != nil)
        }
    }

    @Test func `others cannot reset the administrator's menu`() throws {
        try DemoDatabase.visit(as: DemoDatabase.demoUser) { environment in
            _ = #expect(throws: ModelAccessDenied.self) { try environment.call("base.setup.config", "menu", []) }
        }
    }

    @Test func `the company's step starts with the demo company and writes what was typed`() throws {
        try DemoDatabase.visit { environment in
            let fields: Value = ["name", "street", "currency", "country_id", "company_id"]
            let defaults = try #require(try environment.call("base.setup.company", "default_get", fields).dictionary)
            let company = try environment.record("res.company", environment.demo("base.main_company"))
            #expect(try defaults["name"] == .text(company.text("name") ?? ""))
            #expect(defaults["company_id"] == .integer(company.id))
            #expect(defaults["country_id"] == .integer(try environment.demo("base.be")))

            var values = defaults
            values["name"] = "Tester"
            values["website"] = "http://tester.example"
            values["city"] = "Gent"
            values["country_id"] = .integer(try environment.demo("base.nl"))
            let wizard = try environment.create("base.setup.company", values).id
            try environment.call("base.setup.company", "execute", [.integer(wizard)])
            let written = try environment.record("res.company", company.id)
            #expect(try written.text("name") == "Tester")
            let partner = try #require(try written.one("partner_id"))
            #expect(try partner.text("name") == "Tester")
            #expect(try partner.text("website") == "http://tester.example")
            #expect(try partner.many("address").first?.text("city") == "Gent")
            #expect(try partner.many("address").first?.one("country_id")?.text("code") == "NL")
        }
    }

    @Test func `a database without demo data asks about everything`() throws {
        try DemoDatabase.visit { environment in
            try environment.rows("UPDATE ir_module_module SET demo = FALSE")
            let defaults = try environment.call("base.setup.company", "default_get", ["name", "currency"])
            #expect(defaults == [:])
        }
    }

    @Test func `installed applications are chosen from the start and not installed again`() throws {
        try DemoDatabase.visit { environment in
            let defaults = try environment.call("base.setup.installer", "default_get", ["crm", "profile_crm"])
            #expect(defaults == ["crm": true, "profile_crm": true])
            let wizard = Value.list([.integer(try environment.create("base.setup.installer", ["crm": true]).id)])
            #expect(try environment.call("base.setup.installer", "modules_to_install", wizard) == [])
            try environment.rows("UPDATE ir_module_module SET state = 'uninstalled' WHERE name = 'crm'")
            #expect(try environment.call("base.setup.installer", "modules_to_install", wizard) == ["crm"])
        }
    }

    @Test func `currencies are shown with their symbols`() throws {
        try DemoDatabase.visit { environment in
            let euro = try environment.demo("base.EUR")
            #expect(
                try environment.call("res.currency", "name_get", [.integer(euro)]) == [[.integer(euro), "EUR (€)"]])
            let company = try environment.read("res.company", 1, ["currency_id"])
            #expect(company["currency_id"] == [.integer(euro), "EUR (€)"])
        }
    }
}
