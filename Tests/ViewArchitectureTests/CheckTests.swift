import Testing
import ViewArchitecture

/// Which texts are views.
@Suite struct CheckTests {
    @Test(arguments: [
        #"<form string="A" col="4"><field name="x" attrs="{}"/><notebook><page string="P"/></notebook></form>"#,
        #"<tree editable="top" colors="red:a"><field name="x" sum="All" groups="base.a"/></tree>"#,
        #"<graph type="bar"><field name="x" operator="+"/></graph>"#,
        #"<calendar date_start="a" color="b"><field name="x"/></calendar>"#,
        #"<gantt date_start="a"><level object="m" link="l"><field name="x"/></level></gantt>"#,
        #"<diagram><node object="a"/><arrow object="b" source="s" destination="d"/></diagram>"#,
        #"<field name="x" position="attributes"><attribute name="any">1</attribute></field>"#,
        #"<data><xpath expr="//a" position="after"><button name="b" type="object"/></xpath></data>"#,
        #"<graph position="inside"/>"#, #"<form><html><p class="free">text</p></html></form>"#,
        #"<form><hpaned><child1><action name="%(x)d" string="A"/></child1></hpaned></form>"#,
    ])
    func `a view is one`(text: String) throws {
        try ViewCheck.check(text, name: "view")
    }

    @Test(arguments: [
        ("<kanban/>", "there is no element <kanban>"),
        ("<form><fild name=\"x\"/></form>", "there is no element <fild>"),
        ("<form><field/></form>", "<field> needs name=\"…\""),
        ("<form><field name=\"x\" colour=\"red\"/></form>", "<field> has no attribute colour=\"red\""),
        ("<tree editable=\"left\"/>", "editable=\"left\" is none of bottom, top"),
        ("<form><button type=\"objct\"/></form>", "type=\"objct\" is none of action, object, workflow"),
        ("<field name=\"x\" position=\"above\"/>", "<field> has no attribute position=\"above\""),
        ("<graph/>", "<graph> needs a <field>"), ("<diagram><node/></diagram>", "<node> needs object=\"…\""),
        (
            "<form><attribute name=\"x\"/></form>",
            "<attribute> within <form>: attributes, and nothing else, stand within position=\"attributes\""
        ),
    ])
    func `what no client knows is refused, with its line`(text: String, reason: String) throws {
        #expect(throws: ViewError.invalid(reason, line: 1)) { try ViewCheck.check(text, name: "view") }
    }

    @Test func `what is no XML is refused`() {
        #expect(throws: ViewError.self) { try ViewCheck.check("<form>", name: "view") }
        #expect(throws: ViewError.self) { try ViewCheck.check("", name: "view") }
    }
}
