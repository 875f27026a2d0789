import Testing
import Values
import XMLRPC

/// One decoder serves one document after another; none may show in the next.
@Suite struct DecoderReuseTests {
    struct Refused: CustomTestStringConvertible, Sendable {
        let what: String, xml: String
        var testDescription: String { what }

        init(_ what: String, _ xml: String) {
            self.what = what
            self.xml = xml
        }
    }

    private static var limits: DecodingLimits {
        var limits = DecodingLimits()
        limits.bodyBytes = 40_000
        limits.depth = 2
        limits.elements = 20
        limits.textBytes = 30_000
        return limits
    }

    private static let good = document("<struct><member><name>é</name><value><int>1</int></value></member></struct>")

    @Test(arguments: [
        Refused("too many bytes", document(String(repeating: " ", count: 40_000))),
        Refused("too deep", document("<array><data><value><array><data><value><array>")),
        Refused("too many values", document("<array><data>\(String(repeating: "<value/>", count: 20))")),
        Refused("too much text", document(String(repeating: "é", count: 15_500))),
        Refused("too long a tag", "<methodCall \(String(repeating: "a", count: 35_000))"),
        Refused("too many attributes", "<methodCall \((0..<17).map { "a\($0)='' " }.joined())/>"),
        Refused("a document type", "<!DOCTYPE a [<!ENTITY b 'c'>"),
        Refused("an unknown encoding", "<?xml version='1.0' encoding='klingon'?><methodCall/>"),
        Refused("an open section", document("<string><![CDATA[")),
        Refused("an open comment", document("<string>a<!--")),
        Refused("an open struct", "<methodCall><params><param><value><struct><member><name>a</name><value>b"),
        Refused("a bad number", document("<array><data><value>a</value><value><int>x</int>")),
        Refused("no method", "<methodCall><params><param><value>a</value></param></params></methodCall>"),
        Refused("text after the end", Self.good + "x"),
        Refused("an answer", "<methodResponse><fault><value>a</value></fault></methodResponse>"),
    ])
    func `what was refused leaves nothing behind`(_ refused: Refused) throws {
        let decoder = CallDecoder(limits: Self.limits)
        for _ in 0..<3 {
            #expect(throws: DecodingError.self) { try decode(Array(refused.xml.utf8), with: decoder) }
            #expect(try decode(Array(Self.good.utf8), with: decoder) == MethodCall("m", [["é": 1]]))
        }
    }

    @Test func `limits are those of one document`() throws {
        let decoder = CallDecoder(limits: Self.limits)
        let text = String(repeating: "a", count: 29_000)
        for _ in 0..<5 { #expect(try decode(Array(document(text).utf8), with: decoder).parameters == [.text(text)]) }
        let many = document("<array><data>\(String(repeating: "<value/>", count: 19))</data></array>")
        for _ in 0..<5 {
            #expect(try decode(Array(many.utf8), with: decoder).parameters.first?.list?.count == 19)
        }
    }

    @Test func `each document has an encoding of its own`() throws {
        let decoder = CallDecoder()
        let body = document("Z?").dropFirst("<?xml version='1.0'?>".count).utf8
        let latin = Array("<?xml version='1.0' encoding='ISO-8859-1'?>".utf8) + body.map { $0 == 0x5A ? 0xE9 : $0 }
        let wide = ("\u{FEFF}" + document("漢")).utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
        for _ in 0..<3 {
            #expect(try decode(latin, with: decoder).parameters == ["é?"])
            #expect(try decode(Array(document("é").utf8), with: decoder).parameters == ["é"])
            #expect(try decode(wide, with: decoder).parameters == ["漢"])
        }
    }

    @Test func `calls and answers take turns`() throws {
        let decoder = CallDecoder()
        var encoder = ResponseEncoder()
        for number in 0..<3 {
            encoder.fault(code: "AccessDenied", string: "\n")
            #expect(
                try encoder.withBytes { try decoder.decodeResponse($0) }
                    == .fault(code: "AccessDenied", string: "\n"))
            encoder.call(MethodCall("m", [.integer(number)]))
            #expect(try encoder.withBytes { try decoder.decode($0) } == MethodCall("m", [.integer(number)]))
            try encoder.response(.value(.integer(number)))
            #expect(try encoder.withBytes { try decoder.decodeResponse($0) } == .value(.integer(number)))
        }
    }
}
