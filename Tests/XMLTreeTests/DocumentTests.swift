import Testing
import XMLTree

@Suite struct DocumentTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let xml: String, error: String
        var testDescription: String { String(xml.prefix(60)) }

        init(_ xml: String, _ error: String) {
            self.xml = xml
            self.error = error
        }
    }

    @Test(arguments: [
        Case("", "a.xml:1:1: there is no element"),
        Case("  ", "a.xml:1:3: there is no element"),
        Case("text", "a.xml:1:1: there is no element"),
        Case("<a>\n  <b>\n</a>", "a.xml:3:5: Opening and ending tag mismatch: b line 2 and a"),
        Case("<a>\n<b>x", "a.xml:2:4: the document ends within <b>"),
        Case("<a/><b/>", "a.xml:1:5: Extra content at the end of the document"),
        Case("<a>&nbsp;</a>", "a.xml:1:10: Entity 'nbsp' not defined"),
        Case("<a b='1' b='2'/>", "a.xml:1:15: Attribute b redefined"),
        Case("<a>\u{1}</a>", "a.xml:1:4: PCDATA invalid Char value 1"),
        Case("<!DOCTYPE a><a/>", "a.xml:1: document types are not accepted"),
        Case("\n<!DOCTYPE a SYSTEM 'http://localhost:1/a.dtd'><a/>", "a.xml:2: document types are not accepted"),
        Case("<!DOCTYPE a [<!ENTITY b SYSTEM '/etc/passwd'>]><a>&b;</a>", "a.xml:1: document types are not accepted"),
        Case(
            "<!DOCTYPE a [<!ENTITY b 'x'><!ENTITY c '&b;&b;&b;'>]><a>&c;&c;</a>",
            "a.xml:1: document types are not accepted"),
    ])
    func `what is no document is refused with file, line and column`(_ example: Case) {
        #expect { try Document(parsing: example.xml, file: "a.xml") } throws: { error in
            #expect("\(error)" == example.error)
            return true
        }
    }

    @Test func `bytes are read in the encoding they declare`() throws {
        let latin = Array("<?xml version='1.0' encoding='iso-8859-1'?><a>Zo".utf8) + [0xE9] + Array("</a>".utf8)
        #expect(try Document(parsing: latin, file: "a.xml").root.text == "Zoé")
        #expect(try Document(parsing: Array("<a>Zoé</a>".utf8), file: "a.xml").root.text == "Zoé")
        let wide = "\u{FEFF}<?xml version='1.0' encoding='UTF-16'?><a b='é'>🦅</a>".utf16
        let root = try Document(parsing: wide.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }, file: "a.xml").root
        #expect(root.text == "🦅")
        #expect(root["b"] == "é")
    }

    @Test func `text is not decoded again, whatever it declares`() throws {
        let text = "<?xml version='1.0' encoding='iso-8859-1'?><a b='é'>Zoé</a>"
        let root = try Document(parsing: text, file: "view").root
        #expect(root.text == "Zoé")
        #expect(root["b"] == "é")
    }

    @Test func `the place of a mistake is kept apart`() {
        #expect(
            throws: XMLError.malformed(
                "Opening and ending tag mismatch: b line 2 and a", file: "views/a.xml", line: 3, column: 8)
        ) {
            try Document(parsing: "<a>\n  <b>\n   </a>", file: "views/a.xml")
        }
    }

    @Test func `the usual depth is 200`() throws {
        let nested = { (depth: Int) in
            String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth)
        }
        #expect(try Document(parsing: nested(200), file: "a.xml").root.xpath("//a").count == 200)
        #expect(throws: XMLError.tooLarge(what: "elements within one another", limit: 200, file: "a.xml", line: 1)) {
            try Document(parsing: nested(201), file: "a.xml")
        }
    }

    @Test func `bytes that are no text in their encoding are refused`() {
        #expect(throws: XMLError.self) { try Document(parsing: [0x3C, 0x61, 0x3E, 0xE9, 0x3C], file: "a.xml") }
    }

    // MARK: - Limits

    @Test func `bytes, depth and nodes are bounded`() throws {
        var limits = Document.Limits()
        limits.bytes = 40
        limits.depth = 2
        limits.nodes = 4
        let parse = { (xml: String) throws(XMLError) in try Document(parsing: xml, file: "a.xml", limits: limits) }
        #expect(try parse("<a><b/><b/><b/></a>").root.children.count == 3)
        #expect(throws: XMLError.tooLarge(what: "nodes", limit: 4, file: "a.xml", line: 2)) {
            try parse("<a><b/><b/><b/>\n<b/></a>")
        }
        #expect(throws: XMLError.tooLarge(what: "nodes", limit: 4, file: "a.xml", line: 1)) {
            try parse("<a c='1' d='2' e='3' f='4'/>")
        }
        #expect(throws: XMLError.tooLarge(what: "nodes", limit: 4, file: "a.xml", line: 1)) {
            try parse("<a><!--1--><!--2--><?c?><?d?></a>")
        }
        #expect(throws: XMLError.tooLarge(what: "elements within one another", limit: 2, file: "a.xml", line: 1)) {
            try parse("<a><b><c/></b></a>")
        }
        #expect(throws: XMLError.tooLarge(what: "bytes", limit: 40, file: "a.xml", line: 1)) {
            try parse("<a>\(String(repeating: "x", count: 40))</a>")
        }
    }

    @Test(arguments: [
        Case("<a " + (0..<300).map { "b\($0)='' " }.joined() + "/>", "a.xml:1: more than 256 attributes in one tag"),
        Case(
            "<a " + (0..<300_000).map { "b\($0)='' " }.joined() + "/>",
            "a.xml:1: more than 65536 bytes in one tag or comment"),
        Case(
            "<a b='\(String(repeating: "x", count: 1 << 20))'/>", "a.xml:1: more than 65536 bytes in one tag or comment"
        ),
        Case(
            "<a><!--\(String(repeating: "x", count: 3 << 20))--></a>",
            "a.xml:1: more than 1048576 bytes in one tag or comment"),
        Case(String(repeating: "<a>", count: 100_000), "a.xml:1: more than 200 elements within one another"),
    ])
    func `what would keep the parser busy is refused`(_ example: Case) {
        #expect { try Document(parsing: example.xml, file: "a.xml") } throws: { error in
            #expect("\(error)" == example.error)
            return true
        }
    }

    @Test func `long comments, texts and sections are no matter`() throws {
        let long = String(repeating: "x", count: 300_000)
        let root = try Document(parsing: "<a><!--\(long)-->\(long)<![CDATA[\(long)]]></a>", file: "a.xml").root
        #expect(root.nodes == [.comment(long), .text(long + long)])
    }

    @Test func `lines are counted beyond 65535`() throws {
        let lines = String(repeating: "\n", count: 70_000)
        let root = try Document(parsing: "<a>\(lines)<b/>\n<c><d\n/></c></a>", file: "a.xml").root
        #expect(root.line == 1)
        #expect(root.children.map(\.line) == [70_001, 70_002])
        #expect(root.children.last?.children.first?.line == 70_003)
        #expect { try Document(parsing: "<a>\(lines)<b></a>", file: "a.xml") } throws: { error in
            if case XMLError.malformed(_, _, 70_001, _) = error { true } else { false }
        }
    }
}
