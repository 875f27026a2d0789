import BaseAddon
import ORM
import PostgreSQL
import SQL
import TestSupport
import Testing
import Values

@testable import AddonLoader

@Suite struct RealBaseTests {
    @Test(arguments: [false, true])
    func `base is installed with the demo data that were asked for`(demo: Bool) throws {
        try withInstalledDatabase(addons: [:], demo: demo) { database in
            try database.transaction { transaction in
                let installed = try InstalledAddons(reading: transaction)
                #expect(installed.names == ["base"])
                #expect(installed.hasDemoData == demo)
                let demoUsers = try transaction.rows("SELECT id FROM res_users WHERE login = 'demo'")
                #expect(demoUsers.rowCount == (demo ? 1 : 0))
            }
        }
    }

    @Test func `base can be loaded again and nothing is doubled`() throws {
        try withInstalledDatabase(addons: [:], demo: true) { database in
            func counts() throws -> [String] {
                try database.transaction { transaction in
                    try ["ir_model_data", "ir_ui_menu", "ir_values", "ir_ui_view", "ir_act_window", "res_partner"].map {
                        "\($0) \(try transaction.rows("SELECT count(*) FROM \(table: $0)").integer(0, 0) ?? 0)"
                    }
                }
            }
            let before = try counts()
            try database.upgrade(["base"])
            #expect(try counts() == before)
        }
    }

    @Test func `an addon of data files alone needs no Swift half`() throws {
        let partner =
            "<record id=\"ann\" model=\"res.partner\"><field name=\"name\">Ann</field>"
            + "<field name=\"category_id\" eval=\"[(0, 0, {'name': 'Friends'})]\"/>"
            + "<field name=\"title\" search=\"[('domain', '=', 'partner')]\"/></record>"
        try withInstalledDatabase(addons: Park.addon(["partners.xml": Park.file(partner)])) { database in
            try database.install { environment in
                let ann = try #require(try environment.record(externalID: "park.ann"))
                #expect(try ann.many("category_id").first?.text("name") == "Friends")
                #expect(environment.registry.addons == ["base", "park"])
            }
        }
    }

    @Test func `an entry at the top shows the image its file names, if there is one`() throws {
        let menus = """
            <menuitem id="top" name="Park" web_icon="images/park.png" web_icon_hover="images/none.png"/>
            <menuitem id="below" name="Bench" parent="top" web_icon="images/park.png"/>
            <menuitem id="other" name="Out" web_icon="../../secret"/>
            """
        var addon = Park.addon(["menus.xml": Park.file(menus)])
        addon["park"]?["images/park.png"] = "ABC"
        try withInstalledDatabase(addons: addon) { database in
            try database.install { environment in
                func image(_ name: String, _ field: String = "web_icon_data") throws -> Value? {
                    let menu = try #require(try environment.record(externalID: "park." + name))
                    return try menu.alone.read([field]).values(of: field)?.first
                }
                let images = try [image("top"), image("top", "web_icon_hover_data"), image("below"), image("other")]
                #expect(images == ["QUJD", false, false, false])
            }
        }
    }

    @Test func `an upgrade adds a column and fills it`() throws {
        try withInstalledDatabase(addons: Park.addon(["benches.xml": Park.file(Park.bench("a", "A"))])) { database in
            try database.install(extra: [Park.first])
            let file = Park.file(Park.bench("a", "A", "<field name=\"wood\">Oak</field>"))
            try database.folder.write(file, to: "benches.xml", of: "park")
            let error = #expect(throws: LoadError.self) { try database.upgrade(extra: [Park.first]) }
            #expect(error?.description == "park/benches.xml:2: model park.bench has no field wood")
            try database.upgrade(extra: [Park.second]) { environment in
                #expect(try environment.record(externalID: "park.a")?.text("wood") == "Oak")
                let described = try environment.search(
                    "ir.model.fields", [["model", "=", "park.bench"], ["name", "=", "wood"]])
                #expect(described.count == 1)
            }
        }
    }

    @Test func `menus and windows are stored where clients ask for them, once`() throws {
        let tags = """
            <act_window id="benches" name="Benches" res_model="park.bench" src_model="res.partner"
                domain="[('donor_id', '=', active_id)]" groups="base.group_user"/>
            <menuitem id="top" name="Park"/>
            <menuitem id="list" parent="top" action="benches" groups="base.group_user,base.group_system"/>
            """
        try withInstalledDatabase(addons: Park.addon(["menus.xml": Park.file(tags)])) { database in
            func check(_ environment: Environment) throws {
                let window = try #require(try environment.record(externalID: "park.benches"))
                let menu = try #require(try environment.record(externalID: "park.list"))
                let stored = "ir.actions.act_window,\(window.id)"
                #expect(try menu.text("action") == stored)
                #expect(try menu.text("complete_name") == "Park/Benches")
                #expect(try menu.many("groups_id").count == 2)
                #expect(try window.many("groups_id").count == 1)
                let rows = try environment.rows(
                    "SELECT key2, model, name FROM ir_values WHERE value = \(stored) ORDER BY key2")
                #expect(rows.texts(column: 0) == ["client_action_relate", "tree_but_open"])
                #expect(rows.texts(column: 1) == ["res.partner", "ir.ui.menu"])
                #expect(rows.texts(column: 2) == ["benches", "Menuitem"])
            }
            try database.install(extra: [Park.first], then: check)
            try database.upgrade(extra: [Park.first], then: check)
            let less = tags.replacing("base.group_system\"", with: "-base.group_user\"")
            try database.folder.write(Park.file(less), to: "menus.xml", of: "park")
            try database.upgrade(extra: [Park.first]) { environment in
                let menu = try environment.record(externalID: "park.list")
                let system = try environment.record(externalID: "base.group_system")
                #expect(try menu?.many("groups_id").ids == [system?.id].compactMap(\.self))
            }
        }
    }

    @Test func `a function's argument may be another function's result`() throws {
        let tags = """
            \(Park.bench("a", "A"))
            <function model="park.bench" name="paint">
                <value eval="[ref('a')]"/>
                <function model="park.bench" name="mixed"><value eval="'red'"/><value eval="'green'"/></function>
            </function>
            """
        try withInstalledDatabase(addons: Park.addon(["benches.xml": Park.file(tags)])) { database in
            try database.install(extra: [Park.first]) { environment in
                let bench = try environment.record(externalID: "park.a")
                #expect(try bench?.text("colour") == "red-green")
            }
        }
    }

    @Test func `functions run again in an upgrade, unless they are protected`() throws {
        let call = "<function model=\"park.bench\" name=\"paint\" eval=\"[[a], 'red']\"/>"
        for (isProtected, colour) in [(false, "red"), (true, "blue")] {
            let tags = Park.bench("a", "A") + (isProtected ? "</data><data noupdate=\"1\">" : "") + call
            try withInstalledDatabase(addons: Park.addon(["benches.xml": Park.file(tags)])) { database in
                try database.install(extra: [Park.first]) { environment in
                    try environment.record(externalID: "park.a")?.write(["colour": "blue"])
                }
                try database.upgrade(extra: [Park.first]) { environment in
                    let bench = try environment.record(externalID: "park.a")
                    #expect(try bench?.text("colour") == colour)
                }
            }
        }
    }

    @Test func `rows of a file name records of base by id and by name`() throws {
        let file = "id,name,donor_id:id,state_id\na,A,base.main_partner,Texas\n\nb,B,,\n"
        try withInstalledDatabase(addons: Park.addon(["park.bench.csv": file])) { database in
            try database.install(extra: [Park.first]) { environment in
                let a = try #require(try environment.record(externalID: "park.a"))
                #expect(try a.one("donor_id")?.id == environment.record(externalID: "base.main_partner")?.id)
                #expect(try a.one("state_id")?.text("name") == "Texas")
                #expect(try environment.record(externalID: "park.b")?.one("donor_id") == nil)
            }
        }
    }

    @Test func `a record of base of another model is refused`() throws {
        let tags = Park.bench("a", "A", "\n<field name=\"donor_id\" ref=\"base.main_company\"/>")
        try withInstalledDatabase(addons: Park.addon(["benches.xml": Park.file(tags)])) { database in
            #expect(
                throws: LoadError.wrongModel(
                    "base.main_company", found: "res.company", expected: "res.partner",
                    at: .init(file: "park/benches.xml", line: 3))
            ) { try database.install(extra: [Park.first]) }
        }
    }
}
