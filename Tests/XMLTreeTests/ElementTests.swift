import Testing
import XMLTree

@Suite struct ElementTests {
    private static let view = """
        <?xml version="1.0"?>
        <form string="Läden &amp; Co" col='4'>
            first <!-- aside --> text
            <field name="name"/>
            <group><field name="city" xmlns:x="urn:x" x:mark="1"/>in<b>side</b></group>
        </form>
        """

    private func root(_ xml: String = view) throws -> Element { try Document(parsing: xml, file: "view.xml").root }

    @Test func `an element tells its name, place and attributes in order`() throws {
        let form = try root()
        #expect(form.name == "form")
        #expect(form.file == "view.xml")
        #expect(form.line == 2)
        #expect(form.attributeNames == ["string", "col"])
        #expect(form.attributes.map(\.value) == ["Läden & Co", "4"])
        #expect(form["string"] == "Läden & Co")
        #expect(form["name"] == nil)
        #expect(form.children.map(\.line) == [4, 5])
    }

    @Test func `an empty attribute is there`() throws {
        #expect(try root("<a b=''/>")["b"] == "")
        #expect(try root("<a/>").attributes.isEmpty)
    }

    @Test(arguments: [
        ("&amp;amp;", "&amp;"), ("&#38;lt;", "&lt;"), ("&amp;b;", "&b;"), ("&#38;#65;", "&#65;"),
        ("a&#10;b\nc", "a\nb c"), ("\"", "\""), ("&apos;&quot;&gt;", "'\">"), ("&#x1F985;", "🦅"),
    ])
    func `references in attributes and texts are resolved once`(written: String, value: String) throws {
        let element = try root("<a b='\(written)'>\(written)</a>")
        #expect(element["b"] == value)
        #expect(element.text == value.replacing("a\nb c", with: "a\nb\nc"))
        let again = try root(element.serialized())
        #expect(again["b"] == value)
        #expect(again.text == element.text)
    }

    @Test func `namespaced names have their prefix`() throws {
        let field = try #require(root().children.last?.children.first)
        #expect(field["x:mark"] == "1")
        #expect(field.attributeNames == ["name", "x:mark"])
        #expect(try root("<x:a xmlns:x='urn:x'/>").name == "x:a")
        #expect(try root("<x:a/>").name == "x:a")
    }

    @Test func `text ends at the first child, full text has it all`() throws {
        let form = try root()
        #expect(form.text == "\n    first ")
        #expect(form.children.last?.text == "")
        #expect(form.children.last?.fullText == "inside")
        #expect(try root("<a>1<![CDATA[<2>]]>&lt;3&gt;<b/>4</a>").text == "1<2><3>")
    }

    @Test func `nodes are elements, texts and comments in order`() throws {
        let element = try root("<a>1<!--2--><b/><?c d?>3</a>")
        let child = try #require(element.children.first)
        #expect(element.nodes == [.text("1"), .comment("2"), .element(child), .text("3")])
        #expect(try root("<a><!----></a>").nodes == [.comment("")])
    }

    @Test func `text directly within is told from white space`() throws {
        #expect(try root().hasText)
        #expect(try !root("<a> \n<b>text</b><!--text--></a>").hasText)
        #expect(try !root("<a/>").hasText)
        #expect(try !root("<a> \t\r\n</a>").hasText)
        #expect(try !root("<a><?text text?></a>").hasText)
        #expect(try root("<a><b/>tail</a>").hasText)
        #expect(try root("<a><![CDATA[x]]></a>").hasText)
    }

    @Test func `parents are found, and the root has none`() throws {
        let form = try root()
        #expect(form.children.last?.children.last?.parent?.parent == form)
        #expect(form.parent == nil)
    }

    @Test func `an element keeps its document alive`() throws {
        func field() throws -> Element { try #require(try root().children.first) }
        let kept = try (0..<100).map { _ in try field() }
        #expect(kept.allSatisfy { $0["name"] == "name" && $0.parent?.name == "form" })
    }

    // MARK: - XPath

    @Test(arguments: [
        ("//field", ["name", "city"]),
        ("/form/group/field", ["city"]),
        ("field", ["name"]),
        (".//field[@name='city']", ["city"]),
        ("//field[@name='city'] | field", ["name", "city"]),
        ("//nothing", []),
        ("//field/@name", []),
    ])
    func `an XPath finds elements in document order`(path: String, names: [String]) throws {
        #expect(try root().xpath(path).map { $0["name"] } == names)
    }

    @Test func `a relative XPath begins at its element`() throws {
        let group = try #require(root().children.last)
        #expect(try group.xpath("field").map { $0["name"] } == ["city"])
        #expect(try group.xpath("..").first?.name == "form")
    }

    @Test(arguments: [
        "//field[", "", "count(//field)", "'text'", "//x:field", "nosuch(1)", "$variable",
        String(repeating: "(", count: 1_900) + "a" + String(repeating: ")", count: 1_900),
    ])
    func `what is no path to elements is refused with the place`(path: String) {
        #expect { try root().xpath(path) } throws: { error in
            #expect("\(error)" == "view.xml:2: \"\(path.prefix(100))\" is no XPath to elements")
            return true
        }
    }

    @Test func `an expression that takes too long is given up`() throws {
        let wide = try root("<a>" + String(repeating: "<b/>", count: 3_000) + "</a>")
        #expect(throws: XMLError.self) { try wide.xpath("//b[count(//b[count(//b) > 1]) > 1]") }
    }

    // MARK: - As text

    @Test(arguments: [
        ("<a/>", "<a/>"),
        ("<a></a>", "<a/>"),
        ("<a  b = 'x\"y' >t</a >", "<a b=\"x&quot;y\">t</a>"),
        (
            "<a b='&#10;&#9;&lt;&gt;&amp;'>&lt;&gt;&amp;\"&#13;</a>",
            "<a b=\"&#10;&#9;&lt;&gt;&amp;\">&lt;&gt;&amp;\"&#13;</a>"
        ),
        ("<a>1<!-- 2 --><?c d?><b/>3</a>", "<a>1<!-- 2 --><?c d?><b/>3</a>"),
        ("<a><![CDATA[<b>]]></a>", "<a>&lt;b&gt;</a>"),
        ("<x:a xmlns:x='urn:x' x:b='1'><x:c/></x:a>", "<x:a xmlns:x=\"urn:x\" x:b=\"1\"><x:c/></x:a>"),
    ])
    func `an element is written as XML text`(xml: String, expected: String) throws {
        #expect(try root(xml).serialized() == expected)
    }

    @Test func `characters beyond ASCII stay, or become references`() throws {
        for declaration in ["", "<?xml version='1.0' encoding='utf-8'?>"] {
            let element = try Document(parsing: Array("\(declaration)<a b='ä'>€🦅</a>".utf8), file: "a.xml").root
            #expect(element.serialized() == "<a b=\"ä\">€🦅</a>")
            #expect(element.serialized(asciiOnly: true) == "<a b=\"&#xE4;\">&#x20AC;&#x1F985;</a>")
        }
    }

    @Test func `an inner element brings the namespaces it lives in, and not what follows it`() throws {
        let child = try #require(
            root("<a xmlns='urn:a' xmlns:x='urn:x'><b xmlns:x='urn:y'><x:c/></b>tail</a>").children.first)
        #expect(child.serialized() == "<b xmlns:x=\"urn:y\" xmlns=\"urn:a\"><x:c/></b>")
    }

    @Test(arguments: [
        ("<field>\n lost <form><a/></form> kept <!-- too -->\n</field>", "<form><a/></form> kept <!-- too -->\n"),
        ("<field><!-- first --><form/></field>", "<!-- first --><form/>"),
        ("<field><a/>é<b/></field>", "<a/>&#xE9;<b/>"),
        ("<field>only text</field>", ""),
        ("<field/>", ""),
    ])
    func `children are written with what stands between them`(xml: String, expected: String) throws {
        #expect(try root(xml).serializedChildren(asciiOnly: true) == expected)
    }

    @Test(arguments: [
        ("<f><a b='ä'>€</a>🦅</f>", "<a b=\"&#xE4;\">&#x20AC;</a>&#x1F985;", "<a b=\"ä\">€</a>🦅"),
        ("<f>é<!-- ä --><a/></f>", "<!-- ä --><a/>", "<!-- ä --><a/>"),
        ("<f><a/><?b ä?>é</f>", "<a/><?b ä?>&#xE9;", "<a/><?b ä?>é"),
        ("<f xmlns:x='ä'><x:a/></f>", "<x:a xmlns:x=\"&#xE4;\"/>", "<x:a xmlns:x=\"ä\"/>"),
        ("<f><a/>&lt;<![CDATA[&]]></f>", "<a/>&lt;&amp;", "<a/>&lt;&amp;"),
    ])
    func `children are ASCII where XML has references, or all UTF-8`(
        xml: String, ascii: String, plain: String
    ) throws {
        let element = try root(xml)
        #expect(element.serializedChildren(asciiOnly: true) == ascii)
        #expect(element.serializedChildren(asciiOnly: false) == plain)
    }
}
