import ORM
import TestSupport
import Testing
import Values

@testable import AddonLoader

/// `<report>`, `<wizard>` and `<ir_set>`.
@Suite struct ActionTagTests {
    @Test func `a report keeps what the file says and is offered on its model`() throws {
        let tag = """
            <record id="keepers" model="res.groups"><field name="name">Keepers</field></record>
            <report id="list" string="List" model="zoo.animal" name="zoo.list" rml="zoo/list.rml" sxw="zoo/list.sxw"
                auto="False" groups="keepers" attachment="'list'"/>
            """
        try withLoad(["zoo": zoo(tag).merging(["list.sxw": "ABC"]) { $1 }]) { load in
            let environment = try load.install()
            let report = try #require(try environment.record(externalID: "zoo.list"))
            #expect(try report.text("name") == "List")
            #expect(try report.text("report_name") == "zoo.list")
            #expect(try report.text("report_rml") == "zoo/list.rml")
            #expect(try report.text("report_type") == "pdf")
            #expect(try report.text("attachment") == "'list'")
            #expect(try report.value("report_sxw_content") == "QUJD")
            #expect(try !report.flag("auto") && report.flag("header"))
            #expect(try report.many("groups_id").count == 1)
            let offer = try #require(try environment.search("ir.values").first)
            #expect(try offer.text("key2") == "client_print_multi")
            #expect(try offer.text("model") == "zoo.animal")
            #expect(try offer.text("value") == "ir.actions.report.xml,\(report.id)")
        }
    }

    @Test func `a report that leaves the menu in an upgrade is offered no more`() throws {
        let tag = "<report id=\"list\" string=\"List\" model=\"zoo.animal\" name=\"zoo.list\"/>"
        try withZoo(tag) { load in
            let installed = try load.install()
            #expect(try installed.search("ir.values").count == 1)
            let once = try load.upgrade()
            #expect(try once.search("ir.values").count == 1)
            let hidden = tag.replacing("/>", with: " menu=\"False\"/>")
            try load.folder.write(Park.file(hidden), to: "zoo.xml", of: "zoo")
            let upgraded = try load.upgrade()
            #expect(try upgraded.search("ir.values").isEmpty)
            #expect(try upgraded.record(externalID: "zoo.list") != nil)
        }
    }

    @Test func `a wizard is offered on its model`() throws {
        try withZoo("<wizard id=\"feed\" string=\"Feed\" name=\"zoo.feed\" model=\"zoo.animal\" keyword=\"k\"/>") {
            load in
            let environment = try load.install()
            let wizard = try #require(try environment.record(externalID: "zoo.feed"))
            #expect(try wizard.text("name") == "Feed")
            #expect(try wizard.text("wiz_name") == "zoo.feed")
            let offer = try #require(try environment.search("ir.values").first)
            #expect(try offer.text("key2") == "k")
            #expect(try offer.text("value") == "ir.actions.wizard,\(wizard.id)")
        }
    }

    private func setting(_ value: String, _ models: String = "['zoo.animal', ('zoo.species', 3)]") -> String {
        let fields = [
            ("key", "'default'"), ("key2", "False"), ("name", "'diet'"), ("models", models), ("value", value),
        ]
        return "<ir_set>" + fields.map { "<field name=\"\($0)\" eval=\"\($1)\"/>" }.joined() + "</ir_set>"
    }

    @Test func `a stored value is made once, for each model that has none`() throws {
        func values(_ environment: Environment) throws -> [String] {
            try environment.search("ir.values", order: "model").map { row in
                "\(try row.text("model") ?? "")=\(try row.text("value") ?? "")"
            }.values.sorted()
        }
        try withZoo(setting("'meat'", "['zoo.animal']") + setting("'plants'")) { load in
            let installed = try load.install()
            #expect(try values(installed) == ["zoo.animal=meat", "zoo.species=plants"])
            try installed.search("ir.values").unlink()
            let upgraded = try load.upgrade()
            #expect(try values(upgraded).isEmpty)
        }
    }

    @Test(arguments: [
        ("<report id=\"r\" string=\"\" model=\"m\" name=\"n\"/>", "Attribute string of report is empty !"),
        ("<report id=\"r\" string=\"R\" model=\"m\" name=\"n\" sxw=\"zoo/no.sxw\"/>", "File not found : zoo/no.sxw"),
        ("<report id=\"r\" string=\"R\" model=\"m\" name=\"n\" sxw=\"../secret\"/>", "File not found : ../secret"),
        ("<wizard id=\"w\" name=\"n\"/>", "element <wizard> needs the attribute string"),
        ("<wizard id=\"w\" name=\"n\" string=\"s\" groups=\"g\"/>", "external id zoo.g is not known"),
        ("<ir_set><field name=\"key\" eval=\"'action'\"/></ir_set>", "<ir_set> needs the field key2"),
        ("<ir_set><field name=\"colour\" eval=\"1\"/></ir_set>", "model ir.values has no field colour"),
        ("<ir_set><value/></ir_set>", "did not expect element <value> there"),
        ("<url id=\"u\" name=\"U\" url=\"http://example.com\"/>", "did not expect element <url> there"),
    ])
    func `what these tags cannot do is refused with file and line`(tag: String, message: String) throws {
        try withZoo(tag) { load in
            let error = #expect(throws: LoadError.self) { try load.install() }
            #expect(error?.description.hasPrefix("zoo/zoo.xml:3: \(message)") == true, "\(String(describing: error))")
        }
    }
}
