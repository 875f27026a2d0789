import ORM
import PostgreSQL
import Testing
import Values

/// Filters, shortcuts, panels and jobs: the records clients keep for their users.
@Suite struct InterfaceRecordsTests {
    private func filter(_ name: String) -> Value {
        ["name": .text(name), "model_id": "res.partner", "domain": "[]", "context": "{}", "user_id": 1]
    }

    @Test func `a filter of the same name is replaced, however it is written`() throws {
        try DemoDatabase.visit { environment in
            let id = try #require(try environment.call("ir.filters", "create_or_replace", filter("Mine")).integer)
            #expect(try environment.call("ir.filters", "create_or_replace", filter("MINE")) == false)
            let expected: Value = [["id": .integer(id), "name": "MINE", "domain": "[]", "context": "{}"]]
            #expect(try environment.call("ir.filters", "get_filters", "res.partner") == expected)
            #expect(try environment.call("ir.filters", "get_filters", "crm.lead") == [])
            let demo = environment.with(uid: DemoDatabase.demoUser)
            #expect(try demo.call("ir.filters", "get_filters", "res.partner") == [])
        }
    }

    @Test func `two filters of a user do not have one name`() throws {
        try DemoDatabase.visit { environment in
            try environment.call("ir.filters", "create", filter("Mine"))
            #expect(throws: PostgreSQLError.self) { try environment.call("ir.filters", "create", filter("mine")) }
        }
    }

    @Test func `shortcuts have the present names of their menus`() throws {
        try DemoDatabase.visit { environment in
            let menu = try environment.demo("base.menu_partner_form")
            let shortcut = try environment.demo("base.ir_ui_view_sc_partner0")
            try environment.record("ir.ui.menu", menu).write(["name": "Clients"])
            #expect(
                try environment.call("ir.ui.view_sc", "get_sc", 1).list?.first == [
                    "id": .integer(shortcut), "res_id": .integer(menu), "name": "Clients",
                ])
            try environment.record("ir.ui.menu", menu).alone.unlink()
            let rest = try environment.call("ir.ui.view_sc", "get_sc", 1).list ?? []
            #expect(rest.map { $0.dictionary?["name"] } == ["Meetings", "Reconfigure"])
        }
    }

    /// Clients say `without_user` either way; it changes nothing.
    @Test(arguments: [true, false])
    func `what is offered beside a form is offered to everybody, and one's own`(withoutUser: Bool) throws {
        try DemoDatabase.visit(as: DemoDatabase.demoUser) { environment in
            let window = "ir.actions.act_window,\(try environment.demo("base.action_partner_form"))"
            for (name, user) in [("own", DemoDatabase.demoUser), ("other's", 1)] {
                try environment.superuser.create(
                    "ir.values",
                    [
                        "name": .text(name), "key": "action", "key2": "client_action_multi", "model": "res.partner",
                        "value": .text(window), "object": true, "user_id": .integer(user), "company_id": false,
                    ])
            }
            let found = try environment.call(
                "ir.values", "get", "action", "client_action_multi", [["res.partner", false]], false, [:], true,
                .boolean(withoutUser), true)
            let names = found.list?.map { $0.list?[1].text ?? "" }
            #expect(names == ["action_partner_sms_send", "action_partner_mass_mail", "own"])
        }
    }

    @Test func `a user has a panel once`() throws {
        try DemoDatabase.visit { environment in
            let widget = Value.integer(try environment.demo("base.note_widget"))
            let wizard = try environment.create("res.widget.wizard", ["widgets_list": widget]).id
            for _ in 1...2 { try environment.call("res.widget.wizard", "res_widget_add", [.integer(wizard)]) }
            let panels = try environment.search(
                "res.widget.user", [["user_id", "=", 1], ["widget_id", "=", widget]])
            #expect(panels.count == 1)
            let ids = try environment.records("res.widget.user").create(
                [["user_id": 1, "widget_id": widget], ["user_id": 3, "widget_id": widget]])
            #expect(ids.first == panels.ids.first)
        }
    }

    @Test func `the panels to choose from are told by their numbers`() throws {
        try DemoDatabase.visit { environment in
            let fields = try environment.call("res.widget.wizard", "fields_get", ["widgets_list"]).dictionary
            let field = try #require(fields?["widgets_list"]?.dictionary)
            let notes = Value.integer(try environment.demo("base.note_widget"))
            #expect(field["selection"]?.list?.contains([notes, "Notes"]) == true)
            #expect(field["size"] == nil)
        }
    }

    @Test func `panels of others are hidden`() throws {
        try DemoDatabase.visit { environment in
            let widget = Value.integer(try environment.demo("base.note_widget"))
            let own = try environment.create("res.widget.user", ["user_id": 1, "widget_id": widget]).id
            let demo = environment.with(uid: DemoDatabase.demoUser)
            let visible = try demo.search("res.widget.user").ids
            #expect(!visible.contains(own))
            #expect(visible.contains(try environment.demo("base.openerp_favorites")))
        }
    }

    @Test(arguments: [
        ("", true), ("()", true), ("(None,)", true), ("[1, 'a']", true), ("1", false), ("(1", false), ("x", false),
    ])
    func `a job's arguments are a tuple`(text: String, isRight: Bool) throws {
        try DemoDatabase.visit { environment in
            let values: FieldValues = ["name": "Job", "args": .text(text)]
            if isRight {
                try environment.create("ir.cron", values)
            } else {
                #expect(throws: ValidationFailure.self) { try environment.create("ir.cron", values) }
            }
        }
    }

    @Test func `there is no contract with a publisher, and nothing is sent`() throws {
        try DemoDatabase.visit { (environment) throws in
            let status: Value = ["status": "none", "uncovered_modules": []]
            #expect(try environment.call("publisher_warranty.contract", "status") == status)
            #expect(try environment.call("maintenance.contract", "status") == status)
            #expect(try environment.call("publisher_warranty.contract", "get_last_user_messages", 5) == [])
            #expect(throws: UserError.self) {
                try environment.call("publisher_warranty.contract", "send", "trace", "words")
            }
        }
    }

    @Test func `the wizard for menus makes a window and its entry`() throws {
        try DemoDatabase.visit { environment in
            let model = try #require(try environment.search("ir.model", [["model", "=", "res.bank"]]).ids.first)
            let menu = Value.integer(try environment.demo("base.menu_custom"))
            let wizard = try environment.create("wizard.ir.model.menu.create", ["name": "Our banks", "menu_id": menu])
            let view = Value.integer(try environment.demo("base.view_res_bank_form"))
            for (number, type) in ["form", "tree"].enumerated() {
                try environment.create(
                    "wizard.ir.model.menu.create.line",
                    [
                        "wizard_id": .integer(wizard.id), "sequence": .integer(9 - number), "view_type": .text(type),
                        "view_id": type == "form" ? view : false,
                    ])
            }
            try environment.call(
                "wizard.ir.model.menu.create", "menu_create", [.integer(wizard.id)], ["model_id": .integer(model)])
            let entry = try #require(try environment.search("ir.ui.menu", [["name", "=", "Our banks"]]).first)
            let action = try #require(try entry.text("action")?.split(separator: ",").last.flatMap { Int($0) })
            let window = try environment.read("ir.actions.act_window", action, ["res_model", "view_mode", "view_ids"])
            #expect(window["res_model"] == "res.bank")
            #expect(window["view_mode"] == "tree,form")
            #expect(window["view_ids"]?.list?.count == 1)
        }
    }

    @Test func `a rule gives new records another company`() throws {
        try DemoDatabase.visit { environment in
            let other = try environment.create("res.company", ["name": "Daughter", "parent_id": 1]).id
            let model = try #require(try environment.search("ir.model", [["model", "=", "res.partner"]]).ids.first)
            let rule: FieldValues = [
                "name": "Abroad", "company_id": 1, "company_dest_id": .integer(other), "object_id": .integer(model),
                "expression": "user.login == 'admin' and context.get('abroad')",
            ]
            try environment.create("multi_company.default", rule)
            let abroad = environment.adding(["abroad": true])
            #expect(try abroad.create("res.partner", ["name": "A"]).one("company_id")?.id == other)
            #expect(try environment.create("res.partner", ["name": "B"]).one("company_id")?.id == 1)
            #expect(try abroad.create("res.partner.address", ["name": "C"]).one("company_id")?.id == 1)
        }
    }

    @Test func `check digits of selected partners are corrected`() throws {
        try DemoDatabase.visit { environment in
            let ids = try environment.records("res.partner").create(
                ["4006381333931", "400638133393", "4006381333930", "12", "40063813339x1"].map {
                    ["name": "E", "ean13": .text($0)]
                })
            try environment.call(
                "partner.wizard.ean.check", "update_ean", [], ["active_ids": .list(ids.map { .integer($0) })])
            let numbers = try environment.records("res.partner", ids).map { try $0.text("ean13") ?? "" }
            #expect(
                ids.map { numbers[$0] } == [
                    "4006381333931", "4006381333931", "4006381333931", "12", "40063813339x1",
                ])
        }
    }

    @Test func `a report's file is told under both names, and its template is kept`() throws {
        try DemoDatabase.visit { environment in
            let report = try environment.create(
                "ir.actions.report.xml",
                ["name": "R", "model": "res.partner", "report_name": "r", "report_rml": "base/report/a.rml"]
            ).id
            let fields: [FieldName] = ["report_file", "report_sxw", "type", "report_rml_content"]
            let read = try environment.read("ir.actions.report.xml", report, fields)
            #expect(read["report_file"] == "base/report/a.rml")
            #expect(read["report_sxw"] == "base/report/a.sxw")
            #expect(read["type"] == "ir.actions.report.xml")
            try environment.record("ir.actions.report.xml", report).write(
                ["report_file": "b.rml", "report_rml_content": "PGE+"])
            let written = try environment.read(
                "ir.actions.report.xml", report, ["report_rml", "report_rml_content_data", "report_rml_content"])
            #expect(written["report_rml"] == "b.rml")
            #expect(written["report_rml_content_data"] == "PGE+")
            #expect(written["report_rml_content"] == "PGE+")
            #expect(try environment.read("ir.actions.actions", report, ["name"])["name"] == "R")
        }
    }
}
