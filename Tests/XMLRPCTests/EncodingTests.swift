import Testing
import Values
import XMLRPC

@Suite struct EncodingTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let value: Value, xml: String
        var testDescription: String { xml }

        init(_ value: Value, _ xml: String) {
            self.value = value
            self.xml = xml
        }
    }

    @Test(arguments: [
        Case(nil, "<value><boolean>0</boolean></value>"),
        Case(false, "<value><boolean>0</boolean></value>"),
        Case(true, "<value><boolean>1</boolean></value>"),
        Case(0, "<value><int>0</int></value>"),
        Case(-10, "<value><int>-10</int></value>"),
        Case(2_147_483_647, "<value><int>2147483647</int></value>"),
        Case(-2_147_483_648, "<value><int>-2147483648</int></value>"),
        Case(10.0, "<value><double>10.0</double></value>"),
        Case(0.1, "<value><double>0.1</double></value>"),
        Case(-0.5, "<value><double>-0.5</double></value>"),
        Case(1e16, "<value><double>1e+16</double></value>"),
        Case(1e-5, "<value><double>1e-05</double></value>"),
        Case(0.30000000000000004, "<value><double>0.30000000000000004</double></value>"),
        Case(.float(-.infinity), "<value><double>-inf</double></value>"),
        Case(1e20, "<value><double>1e+20</double></value>"),
        Case(.float(.nan), "<value><double>nan</double></value>"),
        Case("", "<value><string></string></value>"),
        Case("Zoé & <co>", "<value><string>Zoé &amp; &lt;co&gt;</string></value>"),
        Case("\"it's\"\t\r\n", "<value><string>\"it's\"\t\r\n</string></value>"),
        Case("a\u{0}b\u{1F}c\u{FFFE}d\u{FFFF}", "<value><string>a\u{FFFD}b\u{FFFD}c\u{FFFD}d\u{FFFD}</string></value>"),
        Case("\u{7F}\u{85}\u{FFFD}🦅", "<value><string>\u{7F}\u{85}\u{FFFD}🦅</string></value>"),
        Case([], "<value><array><data>\n</data></array></value>"),
        Case(
            [1, nil],
            "<value><array><data>\n<value><int>1</int></value>\n<value><boolean>0</boolean></value>\n"
                + "</data></array></value>"),
        Case([:], "<value><struct>\n</struct></value>"),
        Case(
            ["a&b": 1],
            "<value><struct>\n<member>\n<name>a&amp;b</name>\n<value><int>1</int></value>\n</member>\n"
                + "</struct></value>"),
    ])
    func `a value is written as xmlrpclib writes it`(_ example: Case) throws {
        #expect(try encodedValue(.value(example.value)) == example.xml)
    }

    @Test func `an answer is a whole document`() throws {
        #expect(
            try encoded(.value(true))
                == "<?xml version='1.0'?>\n<methodResponse>\n<params>\n<param>\n<value><boolean>1</boolean></value>\n"
                + "</param>\n</params>\n</methodResponse>\n")
    }

    @Test func `a fault is a struct of code and text, in this order`() {
        var encoder = ResponseEncoder()
        encoder.fault(code: "AccessDenied", string: "\n")
        let expected =
            "<?xml version='1.0'?>\n<methodResponse>\n<fault>\n<value><struct>\n<member>\n<name>faultCode</name>\n"
            + "<value><string>AccessDenied</string></value>\n</member>\n<member>\n<name>faultString</name>\n"
            + "<value><string>\n</string></value>\n</member>\n</struct></value>\n</fault>\n</methodResponse>\n"
        #expect(String(decoding: encoder.takeBytes(), as: UTF8.self) == expected)
        #expect(encoder.count == expected.utf8.count)
    }

    @Test(arguments: [
        (1 as Value, "<int>1</int>"),
        ("warning -- A & B\n\n<c>\u{1}", "<string>warning -- A &amp; B\n\n&lt;c&gt;\u{FFFD}</string>"),
    ])
    func `the code of a fault is a number or a text, escaped like its string`(code: Value, xml: String) {
        var encoder = ResponseEncoder()
        encoder.fault(code: code, string: "Traceback: <é> &\u{8}")
        #expect(
            String(decoding: encoder.takeBytes(), as: UTF8.self)
                == "<?xml version='1.0'?>\n<methodResponse>\n<fault>\n<value><struct>\n<member>\n"
                + "<name>faultCode</name>\n<value>\(xml)</value>\n</member>\n<member>\n<name>faultString</name>\n"
                + "<value><string>Traceback: &lt;é&gt; &amp;\u{FFFD}</string></value>\n</member>\n</struct></value>\n"
                + "</fault>\n</methodResponse>\n")
    }

    @Test func `a call is a document, too`() {
        var encoder = ResponseEncoder()
        encoder.call(MethodCall("a<b", ["x", .integer(1 << 40)]))
        #expect(
            String(decoding: encoder.takeBytes(), as: UTF8.self)
                == "<?xml version='1.0'?>\n<methodCall>\n<methodName>a&lt;b</methodName>\n<params>\n<param>\n"
                + "<value><string>x</string></value>\n</param>\n<param>\n<value><int>1099511627776</int></value>\n"
                + "</param>\n</params>\n</methodCall>\n")
    }

    @Test(arguments: [2_147_483_648, -2_147_483_649, Int.max, Int.min])
    func `an integer beyond 32 bits is refused and leaves nothing behind`(number: Int) throws {
        var encoder = ResponseEncoder()
        #expect(throws: EncodingError.integerOutOfRange(number)) {
            try encoder.response(.value([["deep": [.integer(number)]]]))
        }
        #expect("\(EncodingError.integerOutOfRange(number))" == "int exceeds XML-RPC limits")
        #expect(encoder.count == 0)
        try encoder.response(.value(1))
        #expect(encoder.count > 0)
    }

    @Test func `a document takes the place of the one before, in this copy alone`() throws {
        var first = ResponseEncoder()
        try first.response(.value("first"))
        let document = first.takeBytes()
        var second = first
        try second.response(.value("second"))
        #expect(first.takeBytes() == document)
        second = first
        second.reset()
        #expect(first.takeBytes() == document)
        #expect(second.count == 0)
    }

    @Test func `large answers are whole`() throws {
        var encoder = ResponseEncoder()
        let text = String(repeating: "<&é>", count: 1 << 20)
        try encoder.response(.value(.text(text)))
        #expect(try decodeResponse(encoder.takeBytes()) == .value(.text(text)))
        encoder.reset()
        try encoder.response(.value(1))
        #expect(try decodeResponse(encoder.takeBytes()) == .value(1))
    }
}
