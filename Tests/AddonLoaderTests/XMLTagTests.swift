import ORM
import Testing
import Values

@testable import AddonLoader

@Suite struct XMLTagTests {
    private static let window = "<act_window id=\"all\" name=\"Animals\" res_model=\"zoo.animal\"/>"

    @Test func `a menu entry has its action, place and icon`() throws {
        try withZoo(
            """
            \(Self.window)
            <record id="keepers" model="res.groups"><field name="name">Keepers</field></record>
            <menuitem id="top" name="A/B" parent=""/>
            <menuitem id="list" parent="top" action="all" sequence="3" groups="keepers" web_icon="zoo.png"/>
            """
        ) { load in
            let environment = try load.install()
            let top = try #require(try environment.record(externalID: "zoo.top"))
            let list = try #require(try environment.record(externalID: "zoo.list"))
            let action = try #require(try environment.record(externalID: "zoo.all"))
            #expect(try top.text("name") == "A/B")
            #expect(try top.text("icon") == "STOCK_OPEN")
            #expect(try top.integer("sequence") == 10)
            #expect(try list.text("name") == "Animals")
            #expect(try list.one("parent_id")?.id == top.id)
            #expect(try list.text("action") == "ir.actions.act_window,\(action.id)")
            #expect(try list.integer("sequence") == 3)
            #expect(try list.text("icon") == "STOCK_JUSTIFY_FILL")
            #expect(try list.text("web_icon") == "zoo,zoo.png")
            #expect(try list.many("groups_id").count == 1)
        }
    }

    @Test func `a path of names makes the entries on its way once`() throws {
        try withZoo("<menuitem id=\"a\" name=\"Zoo/Animals\\/Plants/Cats\"/><menuitem id=\"b\" name=\"Zoo/Dogs\"/>") {
            load in
            let environment = try load.install()
            let cats = try #require(try environment.record(externalID: "zoo.a"))
            #expect(try cats.text("name") == "Cats")
            let parent = try #require(try cats.one("parent_id"))
            #expect(try parent.text("name") == "Animals/Plants")
            #expect(try parent.one("parent_id")?.text("name") == "Zoo")
            #expect(try environment.search("ir.ui.menu").count == 4)
            #expect(load.messages.count { $0.hasPrefix("warning: Warning no ID for submenu") } == 2)
        }
    }

    @Test func `a window keeps what the file says and the usual for the rest`() throws {
        try withZoo(
            "<act_window id=\"all\" name=\"Animals\" res_model=\"zoo.animal\" domain=\"[('age', '&lt;', uid)]\" "
                + "context=\"{'a': active_id, 'b': active_ids}\" src_model=\"zoo.species\" multi=\"True\"/>"
        ) { load in
            let environment = try load.install()
            let window = try #require(try environment.record(externalID: "zoo.all"))
            #expect(try window.text("domain") == "[('age', '<', 1)]")
            #expect(try window.text("context") == "{'a': active_id, 'b': active_ids}")
            #expect(try window.text("view_mode") == "tree,form")
            #expect(try window.text("view_type") == "form")
            #expect(try window.text("target") == "current")
            #expect(try window.flag("multi"))
            let offer = try #require(try environment.search("ir.values").first)
            #expect(try offer.text("name") == "all")
            #expect(try offer.text("key2") == "client_action_relate")
            #expect(try offer.text("model") == "zoo.species")
            #expect(try offer.text("value") == "ir.actions.act_window,\(window.id)")
        }
    }

    @Test(arguments: [
        ("<act_window id=\"w\" name=\"W\" res_model=\"zoo.dragon\"/>", "there is no model zoo.dragon"),
        ("<menuitem id=\"m\" name=\"M\" parent=\"nowhere\"/>", "external id zoo.nowhere is not known"),
        ("<menuitem id=\"m\" name=\"M\" groups=\"nobody\"/>", "external id zoo.nobody is not known"),
        ("<menuitem id=\"m\" name=\"M\" sequence=\"first\"/>", "\"first\" is no sequence number"),
        ("<delete model=\"zoo.animal\"/>", "a deletion names either an id or a search"),
        ("<delete model=\"zoo.animal\" id=\"a\" search=\"[]\"/>", "a deletion names either an id or a search"),
        ("<function model=\"zoo.animal\" name=\"unlink_all\"/>", "model zoo.animal has no method unlink_all"),
        ("<function model=\"zoo.animal\" name=\"feed\" eval=\"3\"/>", "the arguments are a list"),
    ])
    func `what these tags cannot do is refused with file and line`(tag: String, message: String) throws {
        try withZoo(tag) { load in
            let error = #expect(throws: LoadError.self) { try load.install() }
            #expect(error?.description.hasPrefix("zoo/zoo.xml:3: \(message)") == true, "\(String(describing: error))")
        }
    }

    @Test func `a function is called with its arguments`() throws {
        try withZoo(
            """
            <record id="tom" model="zoo.animal"><field name="name">Tom</field></record>
            <function model="zoo.animal" name="feed" eval="[[tom]]"><value eval="'fish'"/></function>
            """
        ) { load in
            let tom = try load.install().record(externalID: "zoo.tom")
            #expect(try tom?.text("notes") == "fish")
        }
    }

    @Test func `deletions take what is there and forgive what is not`() throws {
        try withZoo(
            """
            <record id="tom" model="zoo.animal"><field name="name">Tom</field></record>
            <record id="kit" model="zoo.animal"><field name="name">Kit</field></record>
            <delete model="zoo.animal" id="tom"/>
            <delete model="zoo.animal" id="never_was"/>
            <delete model="zoo.animal" search="[('name', '=', 'Kit')]"/>
            """
        ) { load in
            let environment = try load.install()
            #expect(try environment.search("zoo.animal").isEmpty)
            #expect(try environment.record(externalID: "zoo.tom") == nil)
        }
    }

    @Test(arguments: [
        "[('born', '&lt;', time.strftime('%Y'))]", "[('name', '=', context.get('x'))]", "[('age', '=', 3)]", "[ ]",
    ])
    func `what only clients know is kept as written`(domain: String) throws {
        try withZoo("<act_window id=\"all\" name=\"A\" res_model=\"zoo.animal\" domain=\"\(domain)\"/>") { load in
            let window = try #require(try load.install().record(externalID: "zoo.all"))
            #expect(try window.text("domain") == domain.replacing("&lt;", with: "<"))
        }
    }

    @Test func `active_id becomes text, ids become numbers`() throws {
        let context = "{'a': active_id, 'm': res_model, 'w': ref('w')}"
        try withZoo(
            "<act_window id=\"w\" name=\"W\" res_model=\"zoo.animal\"/>"
                + "<act_window id=\"all\" name=\"A\" res_model=\"zoo.animal\" context=\"\(context)\"/>"
        ) { load in
            let window = try #require(try load.install().record(externalID: "zoo.all"))
            #expect(try window.text("context") == "{'a': 'active_id', 'm': 'zoo.animal', 'w': 1}")
        }
    }
}
