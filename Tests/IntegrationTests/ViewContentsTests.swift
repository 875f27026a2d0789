import ORM
import Testing
import Values

/// What views show of fields, and what is told of them beside views: toolbars, actions, diagrams.
@Suite struct ViewContentsTests {
    // MARK: - Fields

    @Test func `views within fields are told beside the field, with fields of their own`() throws {
        try DemoDatabase.visit { environment in
            let view = try environment.shown("res.partner")
            let address = try #require(view["fields"]?.dictionary?["address"]?.dictionary)
            let form = try #require(address["views"]?.dictionary?["form"]?.dictionary)
            #expect(form["arch"]?.text?.hasPrefix("<form") == true)
            #expect(form["fields"]?.dictionary?["city"]?.dictionary?["type"] == "char")
            #expect(view["fields"]?.dictionary?["name"]?.dictionary?["views"] == [:])
        }
    }

    @Test func `a relation shown as a selection brings the records to choose from`() throws {
        try DemoDatabase.visit { environment in
            _ = try environment.makeView(
                """
                <form><field name="country_id" widget="selection" domain="[('code','in',['BE','FR'])]"/>\
                <field name="name"/></form>
                """, priority: 1, model: "res.country.state")
            func options(_ caller: Environment) throws -> Value? {
                try caller.shown("res.country.state")["fields"]?.dictionary?["country_id"]?.dictionary?["selection"]
            }
            let countries = try environment.search("res.country", [["code", "in", ["BE", "FR"]]])
            let expected = try countries.ids.map { id in
                try Value.list([.integer(id), .text(countries.displayNames()[id] ?? "")])
            }
            #expect(try options(environment) == .list(expected))
            // Not even a right to read the model is asked for; rules bind all the same.
            try environment.search("ir.model.access", [["model_id.model", "=", "res.country"]]).unlink()
            let demo = environment.with(uid: DemoDatabase.demoUser)
            #expect(try options(demo) == .list(expected))
            try environment.create(
                "ir.rule",
                [
                    "name": "One", "domain_force": "[('code','=','BE')]",
                    "model_id": .integer(try environment.search("ir.model", [["model", "=", "res.country"]]).ids[0]),
                ])
            #expect(try options(demo)?.list?.count == 1)
            #expect(try options(environment)?.list?.count == 2)
        }
    }

    @Test func `a domain that cannot be evaluated is told with its field`() throws {
        try DemoDatabase.visit { environment in
            _ = try environment.makeView(
                "<form><field name=\"country_id\" widget=\"selection\" domain=\"[('id','=',x)]\"/></form>",
                priority: 1, model: "res.country.state")
            let error = #expect(throws: UserError.self) { try environment.shown("res.country.state") }
            #expect(error?.message.hasPrefix("The domain of field 'country_id'") == true)
        }
    }

    @Test func `a list of one category's partners bears its name`() throws {
        try DemoDatabase.visit { environment in
            let category = try environment.create("res.partner.category", ["name": "Friends"])
            let context: Value = ["category_id": .integer(category.id)]
            let view = try environment.shown("res.partner", false, "tree", context)
            #expect(view["arch"]?.text?.hasPrefix("<tree string=\"Partners: Friends\"") == true)
            #expect(try environment.shown("res.partner", false, "tree")["arch"]?.text?.contains("Friends") == false)
        }
    }

    // MARK: - Toolbar

    @Test func `a toolbar holds what is bound to the model, for lists alone not in forms`() throws {
        try DemoDatabase.visit { environment in
            func bind(_ name: String, _ slot: Value, multi: Bool = false) throws {
                let action = try environment.create(
                    "ir.actions.act_window",
                    ["name": .text(name), "res_model": "res.country", "multi": .boolean(multi), "menus": "[('a', 1)]"])
                try environment.call(
                    "ir.values", "set", "action", slot, .text(name), [["res.country", false]],
                    .text("ir.actions.act_window,\(action.id)"), true, true)
            }
            try bind("One", "client_action_multi")
            try bind("Many", "client_action_multi", multi: true)
            try bind("Way", "client_action_relate", multi: true)
            let toolbar = try #require(try environment.shown("res.country", toolbar: true)["toolbar"]?.dictionary)
            #expect(toolbar["action"]?.list?.map { $0.dictionary?["string"] } == ["One"])
            #expect(toolbar["relate"]?.list?.map { $0.dictionary?["name"] } == ["Way"])
            #expect(toolbar["print"] == [])
            #expect(try !environment.shown("res.country").keys.contains("toolbar"))

            let menu = try environment.create("ir.ui.menu", ["name": "M"])
            #expect(
                try environment.shown("res.country", false, "form", ["active_id": .integer(menu.id)], submenu: true)[
                    "submenu"] == false)
            let action = try environment.search("ir.actions.act_window", [["name", "=", "One"]]).ids[0]
            try menu.write(["action": .text("ir.actions.act_window,\(action)")])
            #expect(
                try environment.shown("res.country", false, "form", ["active_id": .integer(menu.id)], submenu: true)[
                    "submenu"] == "[('a', 1)]")
        }
    }

    // MARK: - Actions

    @Test func `a window action brings its search view as text, with all fields of the model`() throws {
        try DemoDatabase.visit { environment in
            let action = try environment.create("ir.actions.act_window", ["name": "A", "res_model": "res.country"])
            let text = try environment.read("ir.actions.act_window", action.id, ["search_view"])["search_view"]?.text
            #expect(text?.hasPrefix("{'arch': '<search string=") == true)
            #expect(text?.contains("'model': 'res.country'") == true)
            for field in try environment.registry.model("res.country").fieldNames {
                #expect(text?.contains("'\(field)': {") == true)
            }
            // A broken view keeps nobody from reading the action.
            _ = try environment.makeView("<search><field name=\"nix\"/></search>", type: "search", priority: 1)
            let read = try environment.read("ir.actions.act_window", action.id, [])
            #expect(read["search_view"] == false)
            #expect(read["name"] == "A")
        }
    }

    @Test func `views of an action are as many as its kinds, an empty kind included`() throws {
        try DemoDatabase.visit { environment in
            let action = try environment.create(
                "ir.actions.act_window", ["name": "A", "res_model": "res.country", "view_mode": "tree,form,"])
            #expect(
                try environment.read("ir.actions.act_window", action.id, ["views"])["views"]
                    == [[false, "tree"], [false, "form"], [false, ""]])
        }
    }

    // MARK: - Diagrams

    @Test func `a diagram tells where its nodes stand and what connects them`() throws {
        try DemoDatabase.visit { environment in
            let country = try environment.create("res.country", ["name": "Land", "code": "QQ"])
            let states = try environment.records("res.country.state").create(
                ["A", "B", "C"].map {
                    ["name": .text($0), "code": .text($0), "country_id": .integer(country.id)]
                })
            func drawn(_ source: Value) throws -> [String: Value] {
                try environment.call(
                    "ir.ui.view", "graph_get", .integer(country.id), "res.country", "res.country.state",
                    "res.partner.address", source, "state_id", false, [100, 60]
                ).dictionary ?? [:]
            }
            let graph = try drawn("state_id")
            #expect(graph["node_parent_field"] == "country_id")
            #expect(graph["blank_nodes"]?.list?.count == 3)
            let places = states.compactMap { graph["nodes"]?.dictionary?[String($0)]?.dictionary }
            #expect(Set(places.map { $0["x"] }) == [50, 150, 250])
            #expect(places.map { $0["name"] } == ["A", "B", "C"])
            let arrow = try environment.create(
                "res.partner.address", ["name": "X", "state_id": .integer(states[1])])
            let state = Value.integer(states[1])
            #expect(try drawn("state_id")["transitions"] == .dictionary([String(arrow.id): [state, state]]))
            #expect(throws: ORMError.unknownField("nix", of: "res.partner.address")) { try drawn("nix") }
        }
    }

    // MARK: - Checks

    @Test(arguments: ["<form>", "<kanban/>", "<form><field nam=\"x\"/></form>", ""])
    func `what is no view is not stored`(arch: String) throws {
        try DemoDatabase.visit { environment in
            let error = #expect(throws: ValidationFailure.self) { try environment.makeView(arch) }
            #expect(error?.failures.first?.message.hasPrefix("Invalid XML for View Architecture!\nown 16: ") == true)
            #expect(error?.failures.first?.fields == ["arch"])
        }
    }
}
