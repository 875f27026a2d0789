import Testing
import Values
import XMLRPC

@Suite struct DecodingTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let content: String, value: Value
        var testDescription: String { content }

        init(_ content: String, _ value: Value) {
            self.content = content
            self.value = value
        }
    }

    @Test(arguments: [
        Case("<int>42</int>", 42),
        Case("<i4>-7</i4>", -7),
        Case("<i8>9223372036854775807</i8>", .integer(.max)),
        Case("<int>-9223372036854775808</int>", .integer(.min)),
        Case("<int> +12\n</int>", 12),
        Case("<int>007</int>", 7),
        Case("<boolean>1</boolean>", true),
        Case("<boolean> 0 </boolean>", false),
        Case("<double>1.5</double>", 1.5),
        Case("<double> -1e-3 </double>", -0.001),
        Case("<double>10</double>", 10.0),
        Case("<double>inf</double>", .float(.infinity)),
        Case("<string>Zoé &amp; &lt;co&gt; &#233;&quot;&apos;</string>", "Zoé & <co> é\"'"),
        Case("<string/>", ""),
        Case("<string> blanks stay </string>", " blanks stay "),
        Case("<string>one\r\ntwo</string>", "one\ntwo"),
        Case("<string>a<![CDATA[<b> & c]]>d</string>", "a<b> & cd"),
        Case("<string>a<!-- note -->b<?note it?>c</string>", "abc"),
        Case("untyped", "untyped"),
        Case("", ""),
        Case("\n  ", "\n  "),
        Case("\n <int>1</int>\n ", 1),
        Case("<nil/>", nil),
        Case("<ex:nil xmlns:ex='http://ws.apache.org/xmlrpc/namespaces/extensions'/>", nil),
        Case("<ex:nil/>", nil),
        Case("<base64>\n  aGVs\nbG8=\n</base64>", "aGVs\nbG8="),
        Case("<dateTime.iso8601>20110601T08:30:00</dateTime.iso8601>", "2011-06-01 08:30:00"),
        Case("<dateTime.iso8601>2011-06-01T08:30:00</dateTime.iso8601>", "2011-06-01 08:30:00"),
        Case("<dateTime.iso8601> 2011-06-01 08:30:00.250Z </dateTime.iso8601>", "2011-06-01 08:30:00"),
        Case("<dateTime.iso8601>20110601T083000Z</dateTime.iso8601>", "2011-06-01 08:30:00"),
        Case("<array><data/></array>", []),
        Case("<array/>", []),
        Case("<struct/>", [:]),
        Case(
            "<array><data><value><int>1</int></value><value>two</value><value><array><data/></array></value></data></array>",
            [1, "two", []]),
        Case(
            "<struct>\n<member>\n<name>a</name>\n<value><int>1</int></value>\n</member>"
                + "<member><value><struct/></value><name>b &amp; c</name></member></struct>",
            ["a": 1, "b & c": [:]]),
        Case(
            "<struct><member><name>a</name><value>first</value></member>"
                + "<member><name>a</name><value>last</value></member></struct>",
            ["a": "last"]),
    ])
    func `each type becomes its value`(_ example: Case) throws {
        #expect(try decode(document(example.content)) == MethodCall("m", [example.value]))
    }

    @Test func `parameters may be absent`() throws {
        #expect(try decode("<methodCall><methodName>list</methodName></methodCall>") == MethodCall("list", []))
        #expect(
            try decode("<methodCall><methodName>list</methodName><params/></methodCall>") == MethodCall("list", []))
    }

    @Test func `the parameters may come before the method's name`() throws {
        let xml = "<methodCall><params><param><value>1</value></param></params><methodName>m</methodName></methodCall>"
        #expect(try decode(xml) == MethodCall("m", ["1"]))
    }

    @Test func `the encoding is what the document declares`() throws {
        let latin = document("Zo").replacingDeclaration("<?xml version='1.0' encoding='ISO-8859-1'?>")
        let bytes = latin.utf8.flatMap { $0 == UInt8(ascii: "Z") ? [$0, 0xE9] : [$0] }
        #expect(try decode(bytes).parameters == ["Zéo"])
        #expect(try decode([0xEF, 0xBB, 0xBF] + Array(document("Zoé").utf8)).parameters == ["Zoé"])
    }

    @Test(arguments: [true, false])
    func `UTF-16 is understood, also beyond one piece`(isLittleEndian: Bool) throws {
        let text = String(repeating: "Zoé 🦅 ", count: 20_000)
        let xml = document(text).replacingDeclaration("<?xml version='1.0' encoding='UTF-16'?>")
        let bytes = ("\u{FEFF}" + xml).utf16.flatMap { unit in
            isLittleEndian ? [UInt8(unit & 255), UInt8(unit >> 8)] : [UInt8(unit >> 8), UInt8(unit & 255)]
        }
        #expect(try decode(bytes).parameters == [.text(text)])
    }

    @Test func `a text of 20 MB is read`() throws {
        let text = String(repeating: "QUJD", count: 5 << 20)
        #expect(try decode(document("<string>\(text)</string>")).parameters == [.text(text)])
        #expect(try decode(document("<string><![CDATA[\(text)]]></string>")).parameters == [.text(text)])
    }

    @Test func `a decoder is used again, also after a failure`() throws {
        let decoder = CallDecoder(limits: DecodingLimits())
        let good = Array(document("<struct><member><name>a</name><value>b</value></member></struct>").utf8)
        let bad = ["", "<", "hello", document("<int>x</int>"), document("<struct><member><name>"), "<!DOCTYPE a><a/>"]
        for text in bad {
            #expect(throws: DecodingError.self) { try decode(Array(text.utf8), with: decoder) }
            #expect(try decode(good, with: decoder).parameters == [["a": "b"]])
        }
    }

    @Test func `attributes are let pass and leave nothing behind`() throws {
        let decoder = CallDecoder(limits: DecodingLimits())
        for number in 0..<2_000 {
            let name = "attribute\(number)" + String(repeating: "x", count: 100)
            let xml = document("<int \(name)='1'>\(number)</int>")
            #expect(try decode(Array(xml.utf8), with: decoder).parameters == [.integer(number)])
        }
    }
}

extension String {
    fileprivate func replacingDeclaration(_ declaration: String) -> String {
        declaration + dropFirst("<?xml version='1.0'?>".count)
    }
}
