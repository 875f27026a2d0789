import Testing
import XMLTree

/// The parser gets a file in pieces; where one ends must not show. Each probe is repeated over more than 64 KiB, once for
/// every shift against the borders, wherever they are.
@Suite struct TreeBorderTests {
    struct Probe: CustomTestStringConvertible, Sendable {
        let xml: String, text: String
        var testDescription: String { xml }
        var count: Int { (70 << 10) / xml.utf8.count }

        init(_ xml: String, _ text: String) {
            self.xml = xml
            self.text = text
        }
    }

    @Test(arguments: [
        Probe("é", "é"), Probe("漢", "漢"), Probe("🦅", "🦅"), Probe("&amp;", "&"), Probe("&#x1F985;", "🦅"),
        Probe("a\r\n", "a\n"), Probe("<![CDATA[<é]]]>", "<é]"), Probe("a<!--- é-->", "a"), Probe("a<?b é?>", "a"),
        Probe("a<b c='é'>d</b>", "ad"),
    ])
    func `text is whole whatever stands at a border`(_ probe: Probe) throws {
        let text = String(repeating: probe.text, count: probe.count)
        let xml = String(repeating: probe.xml, count: probe.count)
        for shift in 0..<probe.xml.utf8.count {
            let padding = String(repeating: "-", count: shift)
            let root = try Document(parsing: "<a>\(padding)\(xml)</a>", file: "a.xml").root
            #expect(root.fullText == padding + text, "shifted by \(shift)")
        }
    }

    @Test func `elements are whole whatever stands at a border`() throws {
        let xml = "<field name='é &lt;' x:b=\"漢\"/>\n"
        let count = (70 << 10) / xml.utf8.count
        for shift in 0..<xml.utf8.count {
            let content = String(repeating: " ", count: shift) + String(repeating: xml, count: count)
            let children = try Document(parsing: "<a xmlns:x='y'>\(content)</a>", file: "a.xml").root.children
            #expect(children.map(\.line) == Array(1...count), "shifted by \(shift)")
            #expect(children.allSatisfy { $0["name"] == "é <" && $0["x:b"] == "漢" }, "shifted by \(shift)")
        }
    }

    @Test func `a document type is refused across a border, too`() {
        let doctype = "<!DOCTYPE a [<!ENTITY b 'c'>]>"
        for shift in 0..<2 * doctype.utf8.count {
            let padding = String(repeating: "\n", count: (16 << 10) - doctype.utf8.count + shift)
            #expect {
                try Document(parsing: padding + doctype + "<a/>", file: "a.xml")
            } throws: { error in
                if case XMLError.declaration = error { true } else { false }
            }
        }
    }

    @Test func `a document cut off anywhere is refused with its file`() throws {
        let whole = Array("<?xml version='1.0'?>\n<a b='é'><!-- c --><d>&lt;</d><![CDATA[e]]></a>".utf8)
        for length in 0..<whole.count {
            #expect {
                try Document(parsing: Array(whole[..<length]), file: "a.xml")
            } throws: { error in
                "\(error)".hasPrefix("a.xml:")
            }
        }
        #expect(try Document(parsing: whole, file: "a.xml").root.fullText == "<e")
    }
}
