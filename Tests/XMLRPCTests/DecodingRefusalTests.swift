import Testing
import Values
import XMLRPC

@Suite struct DecodingRefusalTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let xml: String, error: String
        var testDescription: String { String(xml.suffix(150)) }

        init(_ xml: String, _ error: String) {
            self.xml = xml
            self.error = error
        }
    }

    // The first three are recorded answers of the original.
    @Test(arguments: [
        Case("<?xml version='1.0'?><methodCall><methodName>about", "no element found: line 1, column 50"),
        Case("hello", "syntax error: line 1, column 0"),
        Case("", "no element found: line 1, column 0"),
        Case("   ", "no element found: line 1, column 3"),
        Case("<methodCall>\n<methodName>m</name>", "mismatched tag: line 2, column 20"),
        Case("<methodCall/><methodCall/>", "junk after document element: line 1, column 13"),
        Case(document("&nosuch;"), "undefined entity: line 2, column 68"),
        Case(document("\u{1}"), "not well-formed (invalid token): line 2, column 60"),
        Case(document("<int a='1' a='2'/>"), "duplicate attribute: line 2, column 76"),
        Case(document("&#0;"), "not well-formed (invalid token): line 2, column 64"),
        Case(" <?xml version='1.0'?><a/>", "XML or text declaration not at start of entity: line 1, column 6"),
        Case("<?xml version='1.0' encoding='klingon'?><a/>", "unknown encoding: line 1, column 38"),
    ])
    func `broken XML is told in expat's words, with the place`(_ example: Case) {
        #expect { try decode(example.xml) } throws: { error in
            #expect("\(error)" == example.error)
            return true
        }
    }

    @Test func `bytes that are no UTF-8 are broken XML`() {
        let bytes = document("Zo?").utf8.map { $0 == UInt8(ascii: "Z") ? 0xE9 : $0 }
        #expect { try decode(bytes) } throws: { error in
            if case DecodingError.malformed = error { true } else { false }
        }
    }

    @Test(arguments: [
        Case(document("<float>1</float>"), "unexpected element <float>: line 2"),
        Case(document("<int>1</int><int>2</int>"), "unexpected element <int>: line 2"),
        Case(document("<struct><value/></struct>"), "unexpected element <value>: line 2"),
        Case(document("<array><value/></array>"), "unexpected element <value>: line 2"),
        Case(document("<string>a<int>1</int></string>"), "unexpected element <int>: line 2"),
        Case(document("<x:int xmlns:x='y'>1</x:int>"), "unexpected element <int>: line 2"),
        Case(
            document("<struct><member><name>a</name></member></struct>"),
            "unexpected member without one name and one value: line 2"),
        Case(
            document("<struct><member><name>a</name><name>b</name><value/></member></struct>"),
            "unexpected member without one name and one value: line 2"),
        Case(document("</value><value>"), "unexpected element <value>: line 2"),
        Case(
            "<methodCall><methodName>m</methodName><params><param/></params></methodCall>",
            "unexpected parameter without a value: line 1"),
        Case("<methodCall><methodName/></methodCall>", "unexpected methodCall without a methodName: line 1"),
        Case("<methodCall/>", "unexpected methodCall without a methodName: line 1"),
        Case(
            "<methodCall><methodName>a</methodName><methodName>b</methodName></methodCall>",
            "unexpected element <methodName>: line 1"),
        Case("<methodResponse/>", "unexpected element <methodResponse>: line 1"),
        Case("<html>\n</html>", "unexpected element <html>: line 1"),
        Case(document("<int/>"), "\"\" is no value of type int: line 2"),
        Case(document("<int>12a</int>"), "\"12a\" is no value of type int: line 2"),
        Case(document("<int>1.0</int>"), "\"1.0\" is no value of type int: line 2"),
        Case(document("<int>-</int>"), "\"-\" is no value of type int: line 2"),
        Case(document("<boolean>2</boolean>"), "\"2\" is no value of type boolean: line 2"),
        Case(document("<boolean>true</boolean>"), "\"true\" is no value of type boolean: line 2"),
        Case(document("<double>1,5</double>"), "\"1,5\" is no value of type double: line 2"),
        Case(document("<double>0x10</double>"), "\"0x10\" is no value of type double: line 2"),
        Case(document("<double>1e</double>"), "\"1e\" is no value of type double: line 2"),
        Case(document("<double>1.5 2</double>"), "\"1.5 2\" is no value of type double: line 2"),
        Case(document("<double>1_000</double>"), "\"1_000\" is no value of type double: line 2"),
        Case(document("<double>snan</double>"), "\"snan\" is no value of type double: line 2"),
        Case(document("<double>nan(1)</double>"), "\"nan(1)\" is no value of type double: line 2"),
        Case(document("<int>--1</int>"), "\"--1\" is no value of type int: line 2"),
        Case(document("<int>1 2</int>"), "\"1 2\" is no value of type int: line 2"),
        Case(document("<i8>٣</i8>"), "\"٣\" is no value of type int: line 2"),
        Case(document("<boolean/>"), "\"\" is no value of type boolean: line 2"),
        Case(document("<double/>"), "\"\" is no value of type double: line 2"),
        Case(
            document("<dateTime.iso8601>2011-06-01</dateTime.iso8601>"),
            "\"2011-06-01\" is no value of type dateTime.iso8601: line 2"),
        Case(
            document("<dateTime.iso8601>2011-06-01T08:30:00+02:00</dateTime.iso8601>"),
            "\"2011-06-01T08:30:00+02:00\" is no value of type dateTime.iso8601: line 2"),
        Case(document("<int>9223372036854775808</int>"), "an integer exceeds 64 bits: line 2"),
        Case(document("<int>-9223372036854775809</int>"), "an integer exceeds 64 bits: line 2"),
        Case(document("<int>\(String(repeating: "9", count: 10_000))</int>"), "an integer exceeds 64 bits: line 2"),
        Case(
            "<!DOCTYPE methodCall><methodCall/>", "document types and entity declarations are not accepted: line 1"),
        Case(
            "<!DOCTYPE methodCall SYSTEM 'http://localhost:1/x'><methodCall/>",
            "document types and entity declarations are not accepted: line 1"),
        Case(
            "<!DOCTYPE m [<!ENTITY a 'b'><!ENTITY c '&a;&a;'>]>" + document("&c;").dropFirst(22),
            "document types and entity declarations are not accepted: line 1"),
        Case(
            "<!DOCTYPE m [\n<!ENTITY a SYSTEM 'file:///etc/passwd'>]>" + document("&a;").dropFirst(22),
            "document types and entity declarations are not accepted: line 1"),
        Case(
            "\n<!DOCTYPE m [<!ENTITY % a SYSTEM 'http://localhost:1/a'> %a;]>" + document("").dropFirst(22),
            "document types and entity declarations are not accepted: line 2"),
        Case(
            "<!DOCTYPE m PUBLIC 'a' 'http://localhost:1/a'>" + document("").dropFirst(22),
            "document types and entity declarations are not accepted: line 1"),
    ])
    func `what is no XML-RPC is refused with the reason`(_ example: Case) {
        #expect { try decode(example.xml) } throws: { error in
            #expect("\(error)" == example.error)
            return true
        }
    }

    // MARK: - Limits

    @Test func `the body is bounded`() {
        #expect(throws: DecodingError.tooLarge(what: "bytes", limit: 100)) {
            try decode(document(String(repeating: "a", count: 100)), limits: DecodingLimits(bodyBytes: 100))
        }
    }

    @Test func `the depth is bounded`() throws {
        var limits = DecodingLimits()
        limits.depth = 3
        let nested = { (depth: Int) in
            document(
                String(repeating: "<array><data><value>", count: depth)
                    + String(repeating: "</value></data></array>", count: depth))
        }
        #expect(try decode(nested(3), limits: limits).parameters == [[[[""]]]])
        #expect(throws: DecodingError.tooLarge(what: "arrays and structs within one another", limit: 3)) {
            try decode(nested(4), limits: limits)
        }
        // Depth is about what is open, not about what has been.
        let flat = document(
            "<array><data>" + String(repeating: "<value><struct/></value>", count: 9) + "</data></array>")
        #expect(try decode(flat, limits: limits).parameters.first?.list?.count == 9)
    }

    @Test func `values and members are counted`() throws {
        var limits = DecodingLimits()
        limits.elements = 5
        let members = { (count: Int) in
            document("<struct>" + String(repeating: "<member><name/><value/></member>", count: count) + "</struct>")
        }
        #expect(try decode(members(2), limits: limits).parameters == [["": ""]])
        #expect(throws: DecodingError.tooLarge(what: "values and members", limit: 5)) {
            try decode(members(3), limits: limits)
        }
    }

    @Test func `text is bounded over the whole document`() throws {
        var limits = DecodingLimits()
        limits.textBytes = 20
        let texts = { (count: Int) in
            document("<array><data>" + String(repeating: "<value>123456789</value>", count: count) + "</data></array>")
        }
        #expect(try decode(texts(2), limits: limits).parameters.first?.list?.count == 2)
        #expect(throws: DecodingError.tooLarge(what: "bytes of text", limit: 20)) {
            try decode(texts(3), limits: limits)
        }
    }

    @Test(arguments: [
        "<methodCall " + (0..<17).map { "a\($0)='' " }.joined() + ">",
        "<methodCall " + (0..<17).map { "xmlns:a\($0)='b' " }.joined() + ">",
    ])
    func `no tag has many attributes`(xml: String) {
        #expect(throws: DecodingError.tooLarge(what: "attributes in one tag", limit: 16)) { try decode(xml) }
    }

    @Test(arguments: [
        Case("<methodCall a='\(String(repeating: "a", count: 1 << 20))'>", "a long attribute"),
        Case("<methodCall a='\(String(repeating: ">", count: 1 << 20))'>", "a long attribute of brackets"),
        Case("<methodCall " + (0..<200_000).map { "a\($0)='' " }.joined() + ">", "many attributes"),
        Case("<!--\(String(repeating: "a", count: 1 << 20))--><methodCall>", "a long comment"),
        Case(
            document(
                "<![CDATA[\(String(repeating: "a", count: 1 << 20))]]><int "
                    + (0..<200_000).map { "a\($0)='' " }.joined() + ">"),
            "many attributes behind a long section"),
        Case("<" + String(repeating: "a", count: 1 << 20), "a long name"),
    ])
    func `a tag or comment without end is refused before the parser takes it on`(_ example: Case) {
        #expect(
            throws: DecodingError.tooLarge(what: "bytes in one tag or comment", limit: 16 << 10), "\(example.error)"
        ) {
            try decode(example.xml)
        }
    }
}
