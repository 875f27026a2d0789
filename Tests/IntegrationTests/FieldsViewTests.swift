import BaseAddon
import ORM
import PostgreSQL
import TestSupport
import Testing
import Values
import XMLTree

/// What clients are told of views (`fields_view_get`).
@Suite struct FieldsViewTests {
    private static let types = ["form", "tree", "search", "calendar", "graph", "gantt", "diagram", "mdx"]

    private func shown(
        _ environment: Environment, _ model: ModelName, _ id: Value = false, _ type: String = "form",
        _ context: Value = [:], toolbar: Bool = false, submenu: Bool = false
    ) throws -> [String: Value] {
        let answer = try environment.call(
            model, "fields_view_get", id, .text(type), context, .boolean(toolbar), .boolean(submenu))
        return try #require(answer.dictionary)
    }

    /// The names of the fields in a view's text, those of views within fields aside, since they are taken out.
    private func names(in view: [String: Value]) throws -> [String] {
        func names(_ element: Element) -> [String] {
            (element.name == "field" ? [element["name"] ?? ""] : []) + element.children.flatMap(names)
        }
        return names(try Document(parsing: view["arch"]?.text ?? "", file: "view").root)
    }

    @Test(arguments: DemoTemplate.modelNames)
    func `every model has its views, whoever asks`(model: String) throws {
        for user in [1, DemoDatabase.demoUser] {
            try DemoDatabase.visit(as: user) { environment in
                for type in Self.types {
                    do {
                        let view = try shown(environment, model, false, type, toolbar: true, submenu: true)
                        #expect(view["type"] == .text(type))
                        let fields = try #require(view["fields"]?.dictionary)
                        #expect(Set(try names(in: view)).isSubset(of: fields.keys), "\(type)")
                        let toolbar = try #require(view["toolbar"]?.dictionary)
                        #expect(toolbar.keys.sorted() == ["action", "print", "relate"])
                    } catch let error as UserError {
                        // Kinds that nobody can make up: a calendar without a day, a graph.
                        #expect(!["form", "tree", "search"].contains(type), "\(error)")
                        #expect(error.title.hasSuffix("Architecture!"), "\(error)")
                    }
                }
            }
        }
    }

    @Test(arguments: [1, DemoDatabase.demoUser])
    func `every stored view builds`(user: Int) throws {
        try DemoDatabase.visit(as: user) { environment in
            let views = try environment.search("ir.ui.view")
            #expect(views.count > 20)
            for view in views {
                let answer = try shown(environment, try view.text("model") ?? "", .integer(view.id))
                let root = try view.one("inherit_id")
                #expect(answer["type"]?.text == (try (root ?? view).text("type")))
                if root == nil { #expect(answer["view_id"] == .integer(view.id)) }
            }
        }
    }

    // MARK: - Choosing

    private func make(
        _ environment: Environment, _ arch: String, type: String = "form", priority: Int = 16, inherit: RecordID? = nil,
        model: String = "res.country"
    ) throws -> RecordID {
        try environment.create(
            "ir.ui.view",
            [
                "name": .text("own \(priority)"), "model": .text(model), "type": .text(type), "arch": .text(arch),
                "priority": .integer(priority), "inherit_id": inherit.map { .integer($0) } ?? false,
            ]
        ).id
    }

    @Test func `the first view by priority is shown, or the one named, or the one the context names`() throws {
        try DemoDatabase.visit { environment in
            let first = try make(environment, "<form string=\"First\"><field name=\"name\"/></form>", priority: 1)
            let other = try make(environment, "<form string=\"Other\"><field name=\"code\"/></form>", priority: 90)
            #expect(try shown(environment, "res.country")["view_id"] == .integer(first))
            let named = try shown(environment, "res.country", .integer(other))
            #expect(named["arch"] == "<form string=\"Other\"><field name=\"code\"/></form>")
            #expect(named["name"] == "own 90")
            try environment.create(
                "ir.model.data",
                ["module": "test", "name": "other", "model": "ir.ui.view", "res_id": .integer(other)])
            let context: Value = ["form_view_ref": "test.other"]
            #expect(try shown(environment, "res.country", false, "form", context)["view_id"] == .integer(other))
            for reference in ["test.unknown", "other", "base.main_partner"] {
                let context: Value = ["form_view_ref": .text(reference)]
                #expect(try shown(environment, "res.country", false, "form", context)["view_id"] == .integer(first))
            }
        }
    }

    @Test func `a view of another model, or none, gives a made up one`() throws {
        try DemoDatabase.visit { environment in
            let other = try make(environment, "<form><field name=\"name\"/></form>", model: "res.bank")
            for id in [other, 999_999] {
                let view = try shown(environment, "res.country", .integer(id))
                #expect(view["view_id"] == 0)
                #expect(view["name"] == "default")
                #expect(view["field_parent"] == false)
                #expect(try names(in: view).sorted() == ["code", "name"])
            }
        }
    }

    @Test func `a model without views has made up ones`() throws {
        try DemoDatabase.visit { environment in
            try environment.search("ir.ui.view", [["model", "=", "res.partner.event"]]).unlink()
            let form = try shown(environment, "res.partner.event")
            #expect(form["arch"]?.text?.contains("<field name=\"description\"/><newline/>") == true)
            let tree = try shown(environment, "res.partner.event", false, "tree")
            #expect(tree["arch"]?.text?.hasSuffix("\"><field name=\"name\"/></tree>") == true)
            let calendar = try shown(environment, "res.partner.event", false, "calendar")
            #expect(calendar["arch"]?.text?.contains("date_start=\"date\" color=\"user_id\"") == true)
            #expect(calendar["fields"]?.dictionary?.keys.sorted() == ["date", "name", "user_id"])
            #expect(calendar["fields"]?.dictionary?["date"]?.dictionary?["views"] == nil)
            let search = try shown(environment, "res.partner.event", false, "search")
            #expect(search["arch"]?.text?.contains("<group>") == true)
        }
    }

    @Test(arguments: [
        ("gantt", "There is no view of type 'gantt' defined for the structure!"),
        ("kanban", "There is no view of type 'kanban' defined for the structure!"),
    ])
    func `a kind of view that nobody made is refused`(type: String, message: String) throws {
        try DemoDatabase.visit { environment in
            _ = #expect(throws: UserError("Invalid Architecture!", message)) {
                try shown(environment, "res.country", false, type)
            }
        }
    }

    // MARK: - Inheritance

    @Test func `views that inherit change the one they inherit from, by priority and depth first`() throws {
        try DemoDatabase.visit { environment in
            let root = try make(environment, "<form><field name=\"name\"/></form>", priority: 1)
            let late = try make(
                environment, "<field name=\"code\" position=\"before\"><label string=\"late\"/></field>", priority: 30,
                inherit: root)
            let early = try make(
                environment, "<field name=\"name\" position=\"after\"><field name=\"code\"/></field>", priority: 20,
                inherit: root)
            _ = try make(
                environment,
                "<field name=\"code\" position=\"attributes\"><attribute name=\"colspan\">4</attribute></field>",
                priority: 90, inherit: early)
            let text: Value =
                "<form><field name=\"name\"/><label string=\"late\"/><field name=\"code\" colspan=\"4\"/></form>"
            #expect(try shown(environment, "res.country")["arch"] == text)
            // Asked for by one that inherits, the whole is told.
            let view = try shown(environment, "res.country", .integer(late))
            #expect(view["arch"] == text)
            #expect(view["view_id"] == .integer(root))
        }
    }

    @Test func `a view that fits nowhere, and a field that is not there, are told with their views`() throws {
        try DemoDatabase.visit { environment in
            let root = try make(environment, "<form><field name=\"name\"/><field name=\"nix\"/></form>", priority: 1)
            let error = #expect(throws: UserError.self) { try shown(environment, "res.country") }
            #expect(error?.title == "View error")
            #expect(
                error?.message.hasPrefix(
                    "Can't find field 'nix' in the following view parts composing the view of object model 'res.country':\n * own 1\n"
                ) == true)
            _ = try make(environment, "<page string=\"X\"><newline/></page>", inherit: root)
            #expect(
                throws: ORMError.assertion(
                    "View definition error for inherited view '' on 'res.country' model: Element '<page string=\"X\">' not found in parent view ''"
                )
            ) { try shown(environment, "res.country") }
        }
    }

    // MARK: - For whom

    @Test func `what is for groups is hidden from others, even from the superuser`() throws {
        try DemoDatabase.visit { environment in
            _ = try make(
                environment,
                """
                <form><field name="name" groups="base.group_system"/><field name="code" groups="base.no_group" \
                attrs="{}"/></form>
                """, priority: 1)
            let all = try shown(environment, "res.country")
            #expect(all["arch"] == "<form><field name=\"name\"/><field name=\"code\" invisible=\"1\"/></form>")
            let demo = try shown(environment.with(uid: DemoDatabase.demoUser), "res.country")
            let hidden: Value =
                "<form><field name=\"name\" invisible=\"1\"/><field name=\"code\" invisible=\"1\"/></form>"
            #expect(demo["arch"] == hidden)
            #expect(demo["fields"]?.dictionary?.count == 2)
            // Who joins the group sees it at once.
            let group = Value.integer(try environment.demo("base.group_system"))
            try environment.record("res.users", DemoDatabase.demoUser).write(["groups_id": [[4, group]]])
            #expect(try shown(environment.with(uid: DemoDatabase.demoUser), "res.country")["arch"] == all["arch"])
        }
    }

    @Test func `labels of a view are told in the caller's language, from the moment they are translated`() throws {
        try DemoDatabase.visit { environment in
            _ = try make(environment, "<form string=\"Land\"><field name=\"name\"/></form>", priority: 1)
            let context: Value = ["lang": "fr_FR"]
            let plain = try shown(environment, "res.country", false, "form", context)
            #expect(plain["arch"]?.text?.hasPrefix("<form string=\"Land\">") == true)
            try environment.create(
                "ir.translation",
                [
                    "name": "res.country", "type": "view", "lang": "fr_FR", "src": "Land", "value": "Pays", "res_id": 0,
                ])
            let french = try shown(environment, "res.country", false, "form", context)
            #expect(french["arch"]?.text?.hasPrefix("<form string=\"Pays\">") == true)
            #expect(try shown(environment, "res.country")["arch"] == plain["arch"])
        }
    }

    @Test func `a change of a view is seen at once, and arrangements of it are dropped`() throws {
        try DemoDatabase.visit { environment in
            let view = try make(environment, "<form><field name=\"name\"/></form>", priority: 1)
            let custom = try environment.create(
                "ir.ui.view.custom", ["ref_id": .integer(view), "user_id": 1, "arch": "<form/>"])
            _ = try shown(environment, "res.country")
            try environment.record("ir.ui.view", view).write(["arch": "<form><field name=\"code\"/></form>"])
            #expect(try shown(environment, "res.country")["arch"] == "<form><field name=\"code\"/></form>")
            #expect(try !environment.records("ir.ui.view.custom", [custom.id]).exist())
        }
    }

    /// Nobody but the superuser may send the signal `close`.
    private struct ClosedSignals: Workflows {
        func concern(_ model: ModelName, in environment: Environment) -> Bool { false }
        func start(_ records: Records) {}
        func advance(_ records: Records) {}
        func end(_ records: Records) {}
        func send(_ signal: String, to records: Records) -> Value { false }
        func trigger(_ records: Records) {}
        func redirect(from old: Record, to new: Record) {}
        func handBack(_ activities: Records) {}
        func barred(
            _ signals: [(model: ModelName, name: String)], in environment: Environment
        ) throws -> [(model: ModelName, name: String)] { signals.filter { $0.name == "close" } }
    }

    @Test func `a button whose signal is not for the caller is readonly`() throws {
        var ports = Base.ports()
        ports.workflows = ClosedSignals()
        try withScratchDatabase(models: [Base.addon], ports: ports) { database in
            try database.run { environment in
                try Base.addon.firstRecords?(environment)
                let text = "<form><button name=\"open\"/><button name=\"close\"/></form>"
                _ = try make(environment, text)
                #expect(try shown(environment, "res.country")["arch"] == .text(text))
                #expect(
                    try shown(environment.with(uid: 7), "res.country")["arch"] == """
                        <form><button name="open" readonly="0"/><button name="close" readonly="1"/></form>
                        """)
            }
        }
    }

    // MARK: - Fields

    @Test func `views within fields are told beside the field, with fields of their own`() throws {
        try DemoDatabase.visit { environment in
            let view = try shown(environment, "res.partner")
            let address = try #require(view["fields"]?.dictionary?["address"]?.dictionary)
            let form = try #require(address["views"]?.dictionary?["form"]?.dictionary)
            #expect(form["arch"]?.text?.hasPrefix("<form") == true)
            #expect(form["fields"]?.dictionary?["city"]?.dictionary?["type"] == "char")
            #expect(view["fields"]?.dictionary?["name"]?.dictionary?["views"] == [:])
        }
    }

    @Test func `a relation shown as a selection brings the records to choose from`() throws {
        try DemoDatabase.visit { environment in
            _ = try make(
                environment,
                """
                <form><field name="country_id" widget="selection" domain="[('code','in',['BE','FR'])]"/>\
                <field name="name"/></form>
                """, priority: 1, model: "res.country.state")
            func options(_ caller: Environment) throws -> Value? {
                try shown(caller, "res.country.state")["fields"]?.dictionary?["country_id"]?.dictionary?["selection"]
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
            _ = try make(
                environment, "<form><field name=\"country_id\" widget=\"selection\" domain=\"[('id','=',x)]\"/></form>",
                priority: 1, model: "res.country.state")
            let error = #expect(throws: UserError.self) { try shown(environment, "res.country.state") }
            #expect(error?.message.hasPrefix("The domain of field 'country_id'") == true)
        }
    }

    @Test func `a list of one category's partners bears its name`() throws {
        try DemoDatabase.visit { environment in
            let category = try environment.create("res.partner.category", ["name": "Friends"])
            let context: Value = ["category_id": .integer(category.id)]
            let view = try shown(environment, "res.partner", false, "tree", context)
            #expect(view["arch"]?.text?.hasPrefix("<tree string=\"Partners: Friends\"") == true)
            #expect(try shown(environment, "res.partner", false, "tree")["arch"]?.text?.contains("Friends") == false)
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
            let toolbar = try #require(try shown(environment, "res.country", toolbar: true)["toolbar"]?.dictionary)
            #expect(toolbar["action"]?.list?.map { $0.dictionary?["string"] } == ["One"])
            #expect(toolbar["relate"]?.list?.map { $0.dictionary?["name"] } == ["Way"])
            #expect(toolbar["print"] == [])
            #expect(try !shown(environment, "res.country").keys.contains("toolbar"))

            let menu = try environment.create("ir.ui.menu", ["name": "M"])
            #expect(
                try shown(environment, "res.country", false, "form", ["active_id": .integer(menu.id)], submenu: true)[
                    "submenu"] == false)
            let action = try environment.search("ir.actions.act_window", [["name", "=", "One"]]).ids[0]
            try menu.write(["action": .text("ir.actions.act_window,\(action)")])
            #expect(
                try shown(environment, "res.country", false, "form", ["active_id": .integer(menu.id)], submenu: true)[
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
            _ = try make(environment, "<search><field name=\"nix\"/></search>", type: "search", priority: 1)
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
            let error = #expect(throws: ValidationFailure.self) { try make(environment, arch) }
            #expect(error?.failures.first?.message.hasPrefix("Invalid XML for View Architecture!\nown 16: ") == true)
            #expect(error?.failures.first?.fields == ["arch"])
        }
    }

    // MARK: - Cost

    @Test(arguments: [1, DemoDatabase.demoUser])
    func `a view asked for again costs no statement, a new one two trips to the database`(user: Int) throws {
        try DemoDatabase.own { database in
            try database.run { environment in
                _ = try make(environment, "<form><field name=\"name\"/></form>", priority: 1)
            }
            func statements(_ body: (Environment) throws -> Void) throws -> Int {
                try database.run(as: user) { environment in
                    // Rights are asked for whatever is called.
                    _ = try environment.call("res.country", "fields_get")
                    let before = environment.transaction.statements
                    try body(environment)
                    return environment.transaction.statements - before
                }
            }
            #expect(try statements { _ = try shown($0, "res.country") } <= 3)
            #expect(try statements { _ = try shown($0, "res.country") } == 0)
            #expect(try statements { _ = try shown($0, "res.country", false, "tree") } <= 3)
            try database.run { try $0.search("ir.ui.view", [["model", "=", "res.country"]]).write(["priority": 5]) }
            #expect(try statements { _ = try shown($0, "res.country") } <= 3)
        }
    }
}
