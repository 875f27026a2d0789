import BaseAddon
import ORM
import PostgreSQL
import SQL
import Testing
import Values

/// The steps of setting a database up, one wizard after the other.
@Suite struct ConfigurationWizardTests {
    private func states(_ environment: Environment) throws -> [String: String] {
        var states: [String: String] = [:]
        for step in try environment.search("ir.actions.todo") {
            states[try step.one("action_id")?.text("name") ?? ""] = try step.text("state")
        }
        return states
    }

    private func wizard(_ model: ModelName, _ environment: Environment, _ values: FieldValues = [:]) throws -> Value {
        [.integer(try environment.create(model, values).id)]
    }

    @Test func `a new database has three steps to go and one that is done`() throws {
        try DemoDatabase.visit { (environment) throws in
            #expect(
                try states(environment) == [
                    "Configure Your Interface": "open", "Company Configuration": "open", "Install Applications": "open",
                    "Create Users": "done",
                ])
            #expect(try environment.call("res.config", "get_current_progress") == [1, 4])
        }
    }

    @Test func `the next step is told as a window with its step in the context`() throws {
        try DemoDatabase.visit { environment in
            let next = try #require(try environment.call("res.config", "next", []).dictionary)
            let step = try #require(try environment.search("ir.actions.todo", [["state", "=", "open"]]).ids.first)
            #expect(next["type"] == "ir.actions.act_window")
            #expect(next["target"] == "new")
            #expect(next["context"] == ["active_action_todo": .integer(step)])
            #expect(next["view_id"]?.list?.count == 1)
        }
    }

    @Test func `the wizard for the interface changes the caller's, and leads on`() throws {
        try DemoDatabase.visit { environment in
            let step = Value.integer(try environment.demo("base.config_wizard_simple_view"))
            let wizard = try wizard("res.config.view", environment, ["view": "extended"])
            let answer = try environment.call(
                "res.config.view", "action_next", wizard, ["active_action_todo": step])
            #expect(answer.dictionary?["res_model"] == "base.setup.company")
            #expect(try environment.record("res.users", 1).text("view") == "extended")
            #expect(try states(environment)["Configure Your Interface"] == "done")
        }
    }

    @Test(arguments: [("action_skip", "skip"), ("action_cancel", "cancel")])
    func `a step that is left out does nothing and comes again when all begins anew`(
        method: String, state: String
    ) throws {
        try DemoDatabase.visit { environment in
            let step = Value.integer(try environment.demo("base_setup.base_setup_company_todo"))
            let name = try environment.record("res.company", 1).text("name")
            let wizard = try wizard(
                "base.setup.company", environment, ["name": "Other", "currency": .integer(1)])
            try environment.call("base.setup.company", method, wizard, ["active_action_todo": step])
            #expect(try environment.record("res.company", 1).text("name") == name)
            #expect(try states(environment)["Company Configuration"] == state)
            try environment.call("res.config", "start", [])
            #expect(try states(environment)["Company Configuration"] == "open")
            #expect(try states(environment)["Create Users"] == "done")
        }
    }

    @Test func `after the last step comes the caller's menu`() throws {
        try DemoDatabase.visit { environment in
            try environment.search("ir.actions.todo").write(["state": "done"])
            let menu = try environment.demo("base.action_menu_admin")
            try environment.record("res.users", 1).write(["menu_id": .integer(menu)])
            let answer = try environment.call("res.config", "next", []).dictionary
            #expect(answer?["res_model"] == "ir.ui.menu")
            let note = try environment.call("ir.actions.configuration.wizard", "default_get", ["note", "progress"])
            #expect(note == ["note": "All steps of the configuration are done.", "progress": 100.0])
        }
    }

    @Test func `the menu's entry opens the window that tells of the next step and leaves it open`() throws {
        try DemoDatabase.visit { environment in
            let action = try environment.demo("base.action_start_configurator")
            let window = try environment.call("ir.actions.server", "run", [.integer(action)], [:]).dictionary
            #expect(window?["res_model"] == "ir.actions.configuration.wizard")
            let before = try states(environment)
            let wizard = try wizard("ir.actions.configuration.wizard", environment)
            let next = try environment.call("ir.actions.configuration.wizard", "action_next", wizard).dictionary
            #expect(next?["context"]?.dictionary?["active_action_todo"] != nil)
            #expect(try states(environment) == before)
            try environment.record("ir.actions.todo", environment.demo("base.config_wizard_simple_view"))
                .write(["state": "done"])
            try environment.call("ir.actions.configuration.wizard", "start", wizard)
            #expect(try states(environment)["Configure Your Interface"] == "open")
        }
    }

    @Test func `a step for other groups is skipped`() throws {
        try DemoDatabase.visit { environment in
            let group = try environment.create("res.groups", ["name": "Nobody's"])
            try environment.rows("DELETE FROM res_groups_users_rel WHERE gid = \(group.id)")
            let step = try environment.record("ir.actions.todo", environment.demo("base.config_wizard_simple_view"))
            try step.write(["groups_id": [[6, 0, [.integer(group.id)]]], "sequence": 0])
            let next = try environment.call("res.config", "next", []).dictionary
            #expect(next?["res_model"] == "base.setup.company")
            #expect(try states(environment)["Configure Your Interface"] == "skip")
        }
    }

    @Test func `a step is launched by itself`() throws {
        try DemoDatabase.visit { environment in
            let step = try environment.demo("base.config_wizard_step_user")
            let answer = try environment.call("ir.actions.todo", "action_launch", [.integer(step)]).dictionary
            #expect(answer?["res_model"] == "res.config.users")
            #expect(answer?["target"] == "new")
            #expect(answer?["context"] == ["active_action_todo": .integer(step)])
            try environment.call("ir.actions.todo", "action_open", [.integer(step)])
            #expect(try environment.record("ir.actions.todo", step).text("state") == "open")
        }
    }

    @Test func `the wizard for users makes one with an address, a signature and a password`() throws {
        try DemoDatabase.visit { environment in
            let values: FieldValues = [
                "name": "Eva", "login": "eva", "password": "secret", "email": "eva@tester.example",
            ]
            let wizard = try wizard("res.config.users", environment, values)
            let answer = try environment.call("res.config.users", "action_add", wizard).dictionary
            #expect(answer?["res_model"] == "res.config.users")
            let user = try #require(try environment.search("res.users", [["login", "=", "eva"]]).first)
            #expect(try user.text("signature") == "--\nEva eva@tester.example\n")
            #expect(try user.one("address_id")?.text("email") == "eva@tester.example")
            #expect(try user.one("address_id")?.one("partner_id")?.id == 1)
            let hash = try environment.rows("SELECT password FROM res_users WHERE id = \(user.id)").text(0, 0)
            #expect(try Passwords.verify("secret", against: hash) == .right)
            let kept = try environment.rows("SELECT password FROM res_config_users").texts(column: 0)
            #expect(kept == [nil])
            let read = try environment.call("res.config.users", "read", wizard, ["password", "name"])
            #expect(read.list?.first?.dictionary?["password"] != "secret")
        }
    }

    @Test func `nobody without the right creates users by the wizard`() throws {
        try DemoDatabase.visit(as: DemoDatabase.demoUser) { environment in
            let wizard = try wizard("res.config.users", environment, ["name": "Eva", "login": "eva"])
            #expect(throws: (any Error).self) { try environment.call("res.config.users", "action_add", wizard) }
        }
    }
}
