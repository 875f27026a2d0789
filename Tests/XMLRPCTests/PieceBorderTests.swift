import Testing
import Values
import XMLRPC

/// The parser gets a document in pieces; where one ends must not show.
///
/// Each probe is repeated over more than 64 KiB, once for every shift against the borders, wherever they are.
@Suite struct PieceBorderTests {
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
    ])
    func `a text is whole whatever stands at a border`(_ probe: Probe) throws {
        let text = String(repeating: probe.text, count: probe.count)
        let xml = String(repeating: probe.xml, count: probe.count)
        let decoder = CallDecoder()
        for shift in 0..<probe.xml.utf8.count {
            let padding = String(repeating: "-", count: shift)
            let call = try decode(Array(document("<string>\(padding)\(xml)</string>").utf8), with: decoder)
            #expect(call.parameters == [.text(padding + text)], "shifted by \(shift)")
        }
    }

    @Test(
        arguments: [
            ("<value><int>-12</int></value>", -12), ("<value>漢</value>", "漢"),
            ("<value a='é'><boolean>1</boolean></value>", true),
            ("<value><struct><member><name>é</name><value><nil/></value></member></struct></value>", ["é": nil]),
        ] as [(String, Value)])
    func `an array is whole whatever tag stands at a border`(xml: String, value: Value) throws {
        let count = (70 << 10) / xml.utf8.count
        let decoder = CallDecoder()
        for shift in 0..<xml.utf8.count {
            let content = String(repeating: " ", count: shift) + String(repeating: xml, count: count)
            let call = try decode(Array(document("<array><data>\(content)</data></array>").utf8), with: decoder)
            #expect(call.parameters == [.list(Array(repeating: value, count: count))], "shifted by \(shift)")
        }
    }

    @Test func `a document type is refused across a border, too`() {
        let doctype = "<!DOCTYPE methodCall [<!ENTITY a 'b'>]>"
        for shift in 0..<2 * doctype.utf8.count {
            let padding = String(repeating: "\n", count: (16 << 10) - doctype.utf8.count + shift)
            #expect {
                try decode(padding + doctype + "<methodCall/>")
            } throws: { error in
                if case DecodingError.declaration = error { true } else { false }
            }
        }
    }

    @Test func `a section that ends at a border opens no way for a long tag`() {
        // What looks like the end of a section comes again behind the tag.
        let tag = "<int a='\(String(repeating: "x", count: 60_000))'>1</int><!--]]>-->"
        for length in (16 << 10) - 200..<16 << 10 {
            let section = "<![CDATA[\(String(repeating: "x", count: length))]]>"
            #expect(throws: DecodingError.tooLarge(what: "bytes in one tag or comment", limit: 16 << 10)) {
                try decode(document(section + tag))
            }
        }
    }

    @Test func `a document cut off anywhere is refused`() throws {
        let whole = Array(document("<struct><member><name>é</name><value>&lt;</value></member></struct>").utf8)
        let decoder = CallDecoder()
        for length in 0..<whole.count {
            #expect(throws: DecodingError.self, "\(length) bytes") {
                try decode(Array(whole[..<length]), with: decoder)
            }
        }
        #expect(try decode(whole, with: decoder).parameters == [["é": "<"]])
    }

    @Test func `the line of a mistake is counted over pieces`() {
        let lines = String(repeating: "<value>12345678</value>\n", count: 5_000)
        #expect(throws: DecodingError.badValue(type: "int", text: "x", line: 5_002)) {
            try decode(document("<array><data>\(lines)<value><int>x</int></value></data></array>"))
        }
    }
}
