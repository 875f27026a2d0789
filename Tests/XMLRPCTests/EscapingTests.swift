import Testing
import Values
import XMLRPC

/// Text is looked at in words of eight bytes; neither neighbours nor places in the word may matter.
@Suite struct EscapingTests {
    /// The inside of `<string>` for the bytes of a cell.
    private func written(_ bytes: [UInt8]) throws -> String {
        var table = RecordTable(count: 1)
        table.append("f", .raw(source: FakeResult([[bytes]]), index: 0, kind: .text))
        let xml = try encodedValue(.record(table))
        return String(
            xml.dropFirst("<value><struct>\n<member>\n<name>f</name>\n<value><string>".count)
                .dropLast("</string></value>\n</member>\n</struct></value>".count))
    }

    private static func expected(_ byte: UInt8) -> String {
        switch byte {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case 9, 10, 13: String(Unicode.Scalar(byte))
        case ..<32: "\u{FFFD}"
        default: String(Unicode.Scalar(byte))
        }
    }

    @Test func `every two ASCII characters side by side are written right, anywhere in a word`() throws {
        for first in UInt8(0)..<128 {
            var bytes: [UInt8] = []
            var expected = ""
            for second in UInt8(0)..<128 {
                for byte in [UInt8](repeating: 0x61, count: Int(second % 9)) + [first, second] {
                    bytes.append(byte)
                    expected += Self.expected(byte)
                }
            }
            // As bytes, because Swift takes CR LF for one character.
            #expect(Array(try written(bytes).utf8) == Array(expected.utf8), "beside byte \(first)")
        }
    }

    @Test(arguments: [
        ("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\u{0}", "\u{FFFD}"), ("\u{1F}", "\u{FFFD}"), ("\t", "\t"),
        ("é", "é"), ("漢", "漢"), ("🦅", "🦅"), ("\u{FFFE}", "\u{FFFD}"), ("\u{FFFF}", "\u{FFFD}"),
        ("\u{FFFD}", "\u{FFFD}"), ("\u{D7FF}", "\u{D7FF}"), ("\u{E000}", "\u{E000}"), ("\u{10FFFF}", "\u{10FFFF}"),
        ("\u{7F}", "\u{7F}"), ("\u{80}", "\u{80}"), ("\u{800}", "\u{800}"), ("\u{10000}", "\u{10000}"),
    ])
    func `a character is written right at every place of a text of every length`(
        character: String, expected: String
    ) throws {
        for before in 0..<18 {
            for after in [0, 1, 6, 7, 8, 9, 17] {
                let (start, end) = (String(repeating: "a", count: before), String(repeating: "b", count: after))
                #expect(try written(Array((start + character + end).utf8)) == start + expected + end)
                #expect(
                    try encodedValue(.value(.text(start + character + end)))
                        == "<value><string>\(start)\(expected)\(end)</string></value>")
            }
        }
    }

    @Test(
        arguments: [
            ([0x80], "?"), ([0xBF, 0x41], "?A"), ([0xC3], "?"), ([0xC3, 0x41], "?A"), ([0xC3, 0x26], "?&amp;"),
            ([0xC3, 0xC3, 0xA9], "?é"), ([0xC0, 0x80], "?"), ([0xC1, 0xBF], "?"), ([0xE2, 0x82], "?"),
            ([0xE2, 0x82, 0x41], "?A"), ([0xE2, 0x82, 0xC3, 0xA9], "?é"), ([0xE0, 0x9F, 0xBF], "?"),
            ([0xED, 0xA0, 0x80], "?"), ([0xED, 0xBF, 0xBF, 0x41], "?A"), ([0xF0, 0x9F, 0xA6], "?"),
            ([0xF0, 0x9F, 0xA6, 0x3C], "?&lt;"), ([0xF0, 0x8F, 0xBF, 0xBF], "?"), ([0xF4, 0x90, 0x80, 0x80], "?"),
            ([0xF5, 0x80, 0x80, 0x80], "?"), ([0xFE], "?"), ([0xFF, 0x61], "?a"),
        ] as [([UInt8], String)])
    func `bytes that are no UTF-8 are replaced, and what follows them stays`(bytes: [UInt8], expected: String) throws {
        for before in 0..<9 {
            let padding = [UInt8](repeating: 0x61, count: before)
            // How many replacement characters stand for a run of broken bytes is left open.
            let text = try written(padding + bytes).split(separator: "\u{FFFD}", omittingEmptySubsequences: false)
            let kept = text.enumerated().filter { $0 == 0 || $0 == text.count - 1 || !$1.isEmpty }.map(\.element)
            #expect(kept.joined(separator: "?") == String(repeating: "a", count: before) + expected)
        }
    }

    @Test func `names of columns and members are escaped, too`() throws {
        var table = RecordTable(count: 1)
        table.append("a<b\u{1}é", .values([1]))
        let expected =
            "<value><struct>\n<member>\n<name>a&lt;b\u{FFFD}é</name>\n<value><int>1</int></value>\n</member>\n"
            + "</struct></value>"
        #expect(try encodedValue(.record(table)) == expected)
        #expect(try encodedValue(.value(["a<b\u{1}é": 1])) == expected)
    }
}
