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
                        let view = try environment.shown(model, false, type, toolbar: true, submenu: true)
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
                let answer = try environment.shown(try view.text("model") ?? "", .integer(view.id))
                let root = try view.one("inherit_id")
                #expect(answer["type"]?.text == (try (root ?? view).text("type")))
                if root == nil { #expect(answer["view_id"] == .integer(view.id)) }
            }
        }
    }

    // MARK: - Choosing

    @Test func `the first view by priority is shown, or the one named, or the one the context names`() throws {
        try DemoDatabase.visit { environment in
            let first = try environment.makeView("<form string=\"First\"><field name=\"name\"/></form>", priority: 1)
            let other = try environment.makeView("<form string=\"Other\"><field name=\"code\"/></form>", priority: 90)
            #expect(try environment.shown("res.country")["view_id"] == .integer(first))
            let named = try environment.shown("res.country", .integer(other))
            #expect(named["arch"] == "<form string=\"Other\"><field name=\"code\"/></form>")
            #expect(named["name"] == "own 90")
            try environment.create(
                "ir.model.data",
                ["module": "test", "name": "other", "model": "ir.ui.view", "res_id": .integer(other)])
            let context: Value = ["form_view_ref": "test.other"]
            #expect(try environment.shown("res.country", false, "form", context)["view_id"] == .integer(other))
            for reference in ["test.unknown", "other", "base.main_partner"] {
                let context: Value = ["form_view_ref": .text(reference)]
                #expect(try environment.shown("res.country", false, "form", context)["view_id"] == .integer(first))
            }
        }
    }

    @Test func `a view of another model, or none, gives a made up one`() throws {
        try DemoDatabase.visit { environment in
            let other = try environment.makeView("<form><field name=\"name\"/></form>", model: "res.bank")
            for id in [other, 999_999] {
                let view = try environment.shown("res.country", .integer(id))
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
            let form = try environment.shown("res.partner.event")
            #expect(form["arch"]?.text?.contains("<field name=\"description\"/><newline/>") == true)
            let tree = try environment.shown("res.partner.event", false, "tree")
            #expect(tree["arch"]?.text?.hasSuffix("\"><field name=\"name\"/></tree>") == true)
            let calendar = try environment.shown("res.partner.event", false, "calendar")
            #expect(calendar["arch"]?.text?.contains("date_start=\"date\" color=\"user_id\"") == true)
            #expect(calendar["fields"]?.dictionary?.keys.sorted() == ["date", "name", "user_id"])
            #expect(calendar["fields"]?.dictionary?["date"]?.dictionary?["views"] == nil)
            let search = try environment.shown("res.partner.event", false, "search")
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
                try environment.shown("res.country", false, type)
            }
        }
    }

    // MARK: - Inheritance

    @Test func `views that inherit change the one they inherit from, by priority and depth first`() throws {
        try DemoDatabase.visit { environment in
            let root = try environment.makeView("<form><field name=\"name\"/></form>", priority: 1)
            let late = try environment.makeView(
                "<field name=\"code\" position=\"before\"><label string=\"late\"/></field>", priority: 30,
                inherit: root)
            let early = try environment.makeView(
                "<field name=\"name\" position=\"after\"><field name=\"code\"/></field>", priority: 20,
                inherit: root)
            _ = try environment.makeView(
                "<field name=\"code\" position=\"attributes\"><attribute name=\"colspan\">4</attribute></field>",
                priority: 90, inherit: early)
            let text: Value =
                "<form><field name=\"name\"/><label string=\"late\"/><field name=\"code\" colspan=\"4\"/></form>"
            #expect(try environment.shown("res.country")["arch"] == text)
            // Asked for by one that inherits, the whole is told.
            let view = try environment.shown("res.country", .integer(late))
            #expect(view["arch"] == text)
            #expect(view["view_id"] == .integer(root))
        }
    }

    @Test func `a view that fits nowhere, and a field that is not there, are told with their views`() throws {
        try DemoDatabase.visit { environment in
            let root = try environment.makeView("<form><field name=\"name\"/><field name=\"nix\"/></form>", priority: 1)
            let error = #expect(throws: UserError.self) { try environment.shown("res.country") }
            #expect(error?.title == "View error")
            #expect(
                error?.message.hasPrefix(
                    "Can't find field 'nix' in the following view parts composing the view of object model 'res.country':\n * own 1\n"
                ) == true)
            _ = try environment.makeView("<page string=\"X\"><newline/></page>", inherit: root)
            #expect(
                throws: ORMError.assertion(
                    "View definition error for inherited view '' on 'res.country' model: Element '<page string=\"X\">' not found in parent view ''"
                )
            ) { try environment.shown("res.country") }
        }
    }

    // MARK: - For whom

    @Test func `what is for groups is hidden from others, even from the superuser`() throws {
        try DemoDatabase.visit { environment in
            _ = try environment.makeView(
                """
                <form><field name="name" groups="base.group_system"/><field name="code" groups="base.no_group" \
                attrs="{}"/></form>
                """, priority: 1)
            let all = try environment.shown("res.country")
            #expect(all["arch"] == "<form><field name=\"name\"/><field name=\"code\" invisible=\"1\"/></form>")
            let demo = try environment.with(uid: DemoDatabase.demoUser).shown("res.country")
            let hidden: Value =
                "<form><field name=\"name\" invisible=\"1\"/><field name=\"code\" invisible=\"1\"/></form>"
            #expect(demo["arch"] == hidden)
            #expect(demo["fields"]?.dictionary?.count == 2)
            // Who joins the group sees it at once.
            let group = Value.integer(try environment.demo("base.group_system"))
            try environment.record("res.users", DemoDatabase.demoUser).write(["groups_id": [[4, group]]])
            #expect(try environment.with(uid: DemoDatabase.demoUser).shown("res.country")["arch"] == all["arch"])
        }
    }

    @Test func `labels of a view are told in the caller's language, from the moment they are translated`() throws {
        try DemoDatabase.visit { environment in
            _ = try environment.makeView("<form string=\"Land\"><field name=\"name\"/></form>", priority: 1)
            let context: Value = ["lang": "fr_FR"]
            let plain = try environment.shown("res.country", false, "form", context)
            #expect(plain["arch"]?.text?.hasPrefix("<form string=\"Land\">") == true)
            try environment.create(
                "ir.translation",
                [
                    "name": "res.country", "type": "view", "lang": "fr_FR", "src": "Land", "value": "Pays", "res_id": 0,
                ])
            let french = try environment.shown("res.country", false, "form", context)
            #expect(french["arch"]?.text?.hasPrefix("<form string=\"Pays\">") == true)
            #expect(try environment.shown("res.country")["arch"] == plain["arch"])
        }
    }

    @Test func `a change of a view is seen at once, and arrangements of it are dropped`() throws {
        try DemoDatabase.visit { environment in
            let view = try environment.makeView("<form><field name=\"name\"/></form>", priority: 1)
            let custom = try environment.create(
                "ir.ui.view.custom", ["ref_id": .integer(view), "user_id": 1, "arch": "<form/>"])
            _ = try environment.shown("res.country")
            try environment.record("ir.ui.view", view).write(["arch": "<form><field name=\"code\"/></form>"])
            #expect(try environment.shown("res.country")["arch"] == "<form><field name=\"code\"/></form>")
            #expect(try !environment.records("ir.ui.view.custom", [custom.id]).exist())
        }
    }

    /// Nobody but the superuser may send the signal `close`.
    private struct ClosedSignals: QuietWorkflows {
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
                _ = try environment.makeView(text)
                #expect(try environment.shown("res.country")["arch"] == .text(text))
                #expect(
                    try environment.with(uid: 7).shown("res.country")["arch"] == """
                        <form><button name="open" readonly="0"/><button name="close" readonly="1"/></form>
                        """)
            }
        }
    }

    // MARK: - Cost

    @Test(arguments: [1, DemoDatabase.demoUser])
    func `a view asked for again costs no statement, a new one two trips to the database`(user: Int) throws {
        try DemoDatabase.own { database in
            try database.run { environment in
                _ = try environment.makeView("<form><field name=\"name\"/></form>", priority: 1)
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
            #expect(try statements { _ = try $0.shown("res.country") } <= 3)
            #expect(try statements { _ = try $0.shown("res.country") } == 0)
            #expect(try statements { _ = try $0.shown("res.country", false, "tree") } <= 3)
            try database.run { try $0.search("ir.ui.view", [["model", "=", "res.country"]]).write(["priority": 5]) }
            #expect(try statements { _ = try $0.shown("res.country") } <= 3)
        }
    }
}
