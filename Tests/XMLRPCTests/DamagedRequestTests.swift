import TestSupport
import Testing
import Values
import XMLRPC

/// A request as clients send it, damaged in many ways: it is always a call or an error, and the decoder stays usable.
@Suite struct DamagedRequestTests {
    /// What a client sends to read 80 records: 4 KB in the form of Python's `xmlrpclib`.
    private static let request: [UInt8] = {
        let ids = (0..<80).map { "<value><int>\(1000 + $0 * 7)</int></value>\n" }.joined()
        let fields = ["name", "ref", "city", "email", "active", "credit_limit", "color", "date", "user_id", "comment"]
            .map { "<value><string>\($0)</string></value>\n" }.joined()
        let parameters = [
            "<string>démo</string>", "<int>1</int>", "<string>a&amp;b</string>", "<string>res.partner</string>",
            "<string>read</string>", "<array><data>\n\(ids)</data></array>", "<array><data>\n\(fields)</data></array>",
            "<struct>\n<member>\n<name>lang</name>\n<value><string>en_US</string></value>\n</member>\n<member>\n"
                + "<name>tz</name>\n<value><boolean>0</boolean></value>\n</member>\n<member>\n<name>at</name>\n"
                + "<value><double>1.5</double></value>\n</member>\n</struct>",
        ].map { "<param>\n<value>\($0)</value>\n</param>\n" }.joined()
        let xml =
            "<?xml version='1.0'?>\n<methodCall>\n<methodName>execute</methodName>\n<params>\n\(parameters)"
            + "</params>\n</methodCall>\n"
        return Array(xml.utf8)
    }()

    /// What an attacker would put in, and what breaks XML in the quickest way.
    private static let splinters = [
        "<", ">", "&", "\"", "'", "]]>", "<!--", "-->", "<?", "?>", "<![CDATA[", "<!DOCTYPE a [",
        "<!ENTITY b SYSTEM 'c'>",
        "&b;", "&#0;", "&#x110000;", "&#xD800;", "\u{0}", "\u{FEFF}", "<value>", "</value>", "<struct>", "</struct>",
        "<member>", "<array><data>", "</params>", "<methodName>", "<nil/>", "<i8>", "99999999999999999999", "-", "é",
        " encoding='UTF-16'", " xmlns:a='b'", " a='1' a='2'", "<a:value>", "</methodCall>",
    ].map { Array($0.utf8) }

    @Test(arguments: Array<UInt64>(1...8))
    func `a damaged request is a call or an error`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let decoder = CallDecoder()
        let whole = try decode(Self.request, with: decoder)
        #expect(whole.method == "execute")
        #expect(whole.parameters.count == 8)
        for number in 0..<500 {
            let damaged = Self.damaged(Self.request, &random)
            do {
                #expect(!(try decode(damaged, with: decoder).method.isEmpty))
            } catch {
                #expect(!error.description.isEmpty)
            }
            if number % 50 == 0 { #expect(try decode(Self.request, with: decoder) == whole) }
        }
    }

    @Test(arguments: Array<UInt64>(1...4))
    func `a damaged request of many pieces is a call or an error`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let decoder = CallDecoder()
        var encoder = ResponseEncoder()
        let texts = (0..<2_000).map { Value.text("Zoé <\($0)> & 漢 🦅") }
        encoder.call(MethodCall("m", [.list(texts), ["a": .list((0..<500).map { .integer($0) })]]))
        let request = encoder.takeBytes()
        #expect(request.count > 64 << 10)
        for _ in 0..<40 {
            do {
                #expect(try decode(Self.damaged(request, &random), with: decoder).method == "m")
            } catch {
                #expect(!error.description.isEmpty)
            }
        }
        #expect(try decode(request, with: decoder).parameters.first == .list(texts))
    }

    private static func damaged(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            let end = min(bytes.count, place + Int.random(in: 1...60, using: &random))
            switch Int.random(in: 0..<7, using: &random) {
            case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 1: bytes[place] = UInt8(truncatingIfNeeded: random.next())
            case 2: bytes.removeSubrange(place..<end)
            case 3 where Int.random(in: 0..<4, using: &random) == 0: bytes.removeSubrange(place...)
            case 4:
                let piece = Array(bytes[place..<end])
                let target = Int.random(in: 0...bytes.count, using: &random)
                for _ in 0..<Int.random(in: 1...9, using: &random) { bytes.insert(contentsOf: piece, at: target) }
            default: bytes.insert(contentsOf: splinters.randomElement(using: &random) ?? [], at: place)
            }
        }
        return bytes
    }
}
