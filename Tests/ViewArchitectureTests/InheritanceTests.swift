import Testing
import ViewArchitecture

/// What inheriting views make of a view.
@Suite struct InheritanceTests {
    private static let base = """
        <?xml version="1.0"?>
        <form string="Book"><group col="2"><field name="name"/><field name="isbn" select="1"/></group>\
        <field name="lines"><tree string="Lines"><field name="note"/></tree></field><!-- kept --></form>
        """

    private func applied(_ changes: String...) throws -> String {
        let view = try Architecture(parsing: Self.base, name: "base")
        for change in changes { try view.apply(change, name: "change") }
        return view.text
    }

    struct Case: CustomTestStringConvertible {
        let change: String, result: String
        var testDescription: String { change }
    }

    @Test(arguments: [
        Case(
            change: #"<field name="name" position="after"><field name="a"/><field name="b"/></field>"#,
            result: #"<field name="name"/><field name="a"/><field name="b"/><field name="isbn" select="1"/></group>"#),
        Case(
            change: #"<field name="isbn" position="before"><field name="a"/><field name="b"/></field>"#,
            result: #"<field name="name"/><field name="a"/><field name="b"/><field name="isbn" select="1"/></group>"#),
        Case(
            change: #"<group position="inside"><field name="a"/></group>"#,
            result: #"<field name="isbn" select="1"/><field name="a"/></group>"#),
        Case(
            change: #"<group col="2"><newline/></group>"#, result: #"<field name="isbn" select="1"/><newline/></group>"#
        ),
        Case(
            change: #"<field name="isbn" position="replace"><field name="a"/><field name="b"/></field>"#,
            result: #"<field name="name"/><field name="a"/><field name="b"/></group>"#),
        Case(
            change: #"<field name="isbn" position="replace"/>"#,
            result: #"<group col="2"><field name="name"/></group>"#),
        Case(
            change: #"<xpath expr="//tree/field[1]" position="after"><field name="a"/></xpath>"#,
            result: #"<tree string="Lines"><field name="note"/><field name="a"/></tree>"#),
        Case(
            change: #"<field name="note" position="attributes"><attribute name="invisible">1</attribute></field>"#,
            result: #"<field name="note" invisible="1"/>"#),
        Case(
            change: """
                <field name="isbn" position="attributes"><attribute name="select"></attribute>\
                <attribute name="string">ISBN &lt;13&gt;</attribute></field>
                """, result: #"<field name="isbn" string="ISBN &lt;13&gt;"/>"#),
        Case(
            change: """
                <data><field name="name" position="after"><field name="a"/></field>
                <field name="a" position="after"><field name="b"/></field></data>
                """, result: #"<field name="name"/><field name="a"/><field name="b"/>"#),
        Case(
            change: #"<field name="lines" select="1" position="before"><!-- why --><field name="a"/></field>"#,
            result: #"</group><!-- why --><field name="a"/><field name="lines">"#),
        Case(
            change: #"<xpath expr="/form" position="replace"><tree string="T"><field name="a"/></tree></xpath>"#,
            result: #"<tree string="T"><field name="a"/></tree>"#),
    ])
    func `a change comes where it belongs`(_ example: Case) throws {
        #expect(try applied(example.change).contains(example.result))
    }

    @Test func `what is not changed stays, comments and the order of attributes too`() throws {
        let text = try applied(#"<field name="name" position="after"/>"#)
        #expect(text.hasPrefix(#"<form string="Book">"#))
        #expect(text.hasSuffix("<!-- kept --></form>"))
    }

    @Test func `later views see what earlier ones did`() throws {
        let text = try applied(
            #"<field name="isbn" position="replace"><field name="code"/></field>"#,
            #"<field name="code" position="after"><field name="rest"/></field>"#)
        #expect(text.contains(#"<field name="code"/><field name="rest"/></group>"#))
    }

    @Test(arguments: [
        (#"<field name="price" position="after"><field name="a"/></field>"#, #"<field name="price">"#),
        (#"<group col="4"><newline/></group>"#, #"<group col="4">"#),
        (#"<xpath expr="//page" position="inside"/>"#, #"<xpath expr="//page">"#),
    ])
    func `a change that fits nowhere is told as it stands`(change: String, tag: String) throws {
        #expect(throws: ViewError.notFound(tag: tag)) { try applied(change) }
    }

    @Test func `a position that is none, and a view without a root, are refused`() throws {
        #expect(throws: ViewError.invalidPosition("beside")) {
            try applied(#"<field name="name" position="beside"><field name="a"/></field>"#)
        }
        #expect(throws: ViewError.noRoot(tag: "<form>")) { try applied(#"<form position="replace"/>"#) }
        #expect(throws: ViewError.noRoot(tag: "<form>")) {
            try applied(#"<form position="after"><field name="a"/></form>"#)
        }
    }

    @Test func `no chain of changes makes a view too deep`() throws {
        let view = try Architecture(parsing: "<form><group/></form>", name: "base")
        #expect(throws: ViewError.tooDeep(limit: 100)) {
            for _ in 0..<60 {
                let change = #"<xpath expr="//group[not(*)]" position="inside"><group><group/></group></xpath>"#
                try view.apply(change, name: "deeper")
            }
        }
    }

    @Test func `XPath that is none and XML that is none are refused`() {
        #expect(throws: ViewError.self) { try applied(#"<xpath expr="//field[" position="inside"/>"#) }
        #expect(throws: ViewError.self) { try applied(#"<xpath expr="count(//field)" position="inside"/>"#) }
        #expect(throws: ViewError.self) { try applied("<form>") }
    }
}
