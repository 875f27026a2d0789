import TestSupport
import Testing
import Values
import XMLRPC

/// Random input, the same in each run: what is written can be read, and nothing that comes in does harm.
@Suite struct CodecPropertyTests {
    private static let seeds = Array<UInt64>(1...8)

    // MARK: - Round trips

    @Test(arguments: seeds)
    func `any value comes back as it was sent`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let decoder = CallDecoder(limits: DecodingLimits())
        var encoder = ResponseEncoder()
        for _ in 0..<200 {
            let call = MethodCall("m", (0..<3).map { _ in Self.value(depth: 4, &random) })
            encoder.call(call)
            #expect(try encoder.withBytes { try decoder.decode($0) } == call)
        }
    }

    @Test(arguments: seeds)
    func `raw cells are written as their values are`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let kinds: [CellKind] = [.text, .integer, .identifier, .float, .boolean, .datetime, .float, .float]
            let rows = (0..<3).map { _ in kinds.map { Self.cell($0, &random) } }
            let source = FakeResult(rows)
            var table = RecordTable(count: rows.count)
            for (index, kind) in kinds.enumerated() {
                table.append("f\(index)", .raw(source: source, index: index, kind: kind))
            }
            var plain = RecordTable(count: rows.count)
            for name in table.names { plain.append(name, .values(table.values(of: name) ?? [])) }
            #expect(try encoded(.table(table)) == encoded(.table(plain)))
        }
    }

    @Test(arguments: seeds)
    func `any bytes of a cell make a document that can be read`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            let bytes = Self.bytes(&random)
            let source = FakeResult([[bytes]])
            var table = RecordTable(count: 1)
            table.append("f", .raw(source: source, index: 0, kind: .text))
            let document = Array(try encoded(.record(table)).utf8)
            let text = try #require(Self.text(of: decodeResponse(document)))
            #expect(Self.isKept(bytes, as: text), "\(bytes)")
        }
    }

    // MARK: - Hostile input

    @Test(arguments: seeds)
    func `a damaged document is read or refused, by a used decoder as by a new one`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let used = CallDecoder(limits: DecodingLimits())
        var encoder = ResponseEncoder()
        for _ in 0..<300 {
            encoder.call(MethodCall("m", [Self.value(depth: 3, &random)]))
            let damaged = Self.damaged(encoder.takeBytes(), &random)
            let outcomes = [used, CallDecoder(limits: DecodingLimits())].map { decoder in
                Result { () throws(DecodingError) in try decode(damaged, with: decoder) }
            }
            #expect(outcomes[0] == outcomes[1], "\(String(decoding: damaged, as: UTF8.self))")
        }
    }

    @Test(arguments: seeds)
    func `random markup is read or refused`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let pieces = [
            "<methodCall>", "</methodCall>", "<methodName>", "</methodName>", "<params>", "</params>", "<param>",
            "</param>", "<value>", "</value>", "<struct>", "</struct>", "<member>", "</member>", "<name>", "</name>",
            "<array>", "</array>", "<data>", "</data>", "<int>", "</int>", "<string>", "</string>", "<nil/>", "1", " ",
            "&amp;", "&#x41;", "&x;", "<![CDATA[", "]]>", "<!--", "-->", "<?a?>", "<!DOCTYPE a [", "<!ENTITY b 'c'>",
            "]>", "\u{FEFF}", "é", "<value a='", "'>", "\0",
        ]
        let decoder = CallDecoder(limits: DecodingLimits())
        for _ in 0..<500 {
            let count = Int.random(in: 1...30, using: &random)
            let xml = (0..<count).compactMap { _ in pieces.randomElement(using: &random) }.joined()
            do {
                let call = try decode(Array(xml.utf8), with: decoder)
                #expect(!call.method.isEmpty)
            } catch {
                #expect(!error.description.isEmpty)
            }
        }
    }

    // MARK: - Making things up

    private static func value(depth: Int, _ random: inout SeededGenerator) -> Value {
        switch Int.random(in: 0..<(depth > 0 ? 8 : 5), using: &random) {
        case 0: return .boolean(.random(using: &random))
        case 1: return .integer(Int(truncatingIfNeeded: random.next()) >> Int.random(in: 0..<64, using: &random))
        case 2:
            let number = Double(bitPattern: random.next())
            return .float(number.isNaN ? 0.5 : number)
        case 3, 4: return .text(text(&random))
        case 5, 6:
            let count = Int.random(in: 0..<5, using: &random)
            return .list((0..<count).map { _ in value(depth: depth - 1, &random) })
        default:
            let count = Int.random(in: 0..<5, using: &random)
            let members = (0..<count).map { _ in (text(&random), value(depth: depth - 1, &random)) }
            return .dictionary(Dictionary(members, uniquingKeysWith: { _, later in later }))
        }
    }

    /// Text of characters that XML can carry; a carriage return comes back as a line feed.
    private static func text(_ random: inout SeededGenerator) -> String {
        let characters: [Character] = [
            "a", "b", " ", "&", "<", ">", "\"", "'", "\n", "\t", "]", "é", "ß", "€", "漢", "🦅",
        ]
        let count = Int.random(in: 0..<Int.random(in: 1..<60, using: &random), using: &random)
        return String((0..<count).compactMap { _ in characters.randomElement(using: &random) })
    }

    private static func cell(_ kind: CellKind, _ random: inout SeededGenerator) -> [UInt8]? {
        if Int.random(in: 0..<8, using: &random) == 0 { return nil }
        let text: String
        switch kind {
        case .text: text = Self.text(&random)
        case .integer, .identifier: text = String(Int32(truncatingIfNeeded: random.next()) >> 8)
        case .boolean: text = Bool.random(using: &random) ? "t" : "f"
        case .datetime: text = "2011-06-01 08:30:00.5"
        case .float: text = Self.decimal(&random)
        }
        return Array(text.utf8)
    }

    /// What PostgreSQL writes for a number of any precision.
    private static func decimal(_ random: inout SeededGenerator) -> String {
        let digits = { (count: Int, random: inout SeededGenerator) in
            (0..<count).map { _ in ["0", "0", "1", "5", "9"].randomElement(using: &random) ?? "0" }.joined()
        }
        let whole = Int(digits(Int.random(in: 0..<17, using: &random), &random)) ?? 0
        let fraction = digits(Int.random(in: 0..<9, using: &random), &random)
        return (Bool.random(using: &random) ? "-" : "") + "\(whole)" + (fraction.isEmpty ? "" : ".\(fraction)")
    }

    /// Bytes of all sorts, with runs of plain ones so that words of eight are met in all ways.
    private static func bytes(_ random: inout SeededGenerator) -> [UInt8] {
        (0..<Int.random(in: 0..<8, using: &random)).flatMap { _ -> [UInt8] in
            switch Int.random(in: 0..<4, using: &random) {
            case 0: [UInt8](repeating: 0x61, count: Int.random(in: 0..<20, using: &random))
            case 1: Array(Self.text(&random).utf8)
            case 2: [UInt8(truncatingIfNeeded: random.next())]
            default: (0..<4).map { _ in UInt8(truncatingIfNeeded: random.next()) | 0x80 }
            }
        }
    }

    private static func text(of response: CallDecoder.Response) -> String? {
        if case .value(let value) = response { value.dictionary?["f"]?.text } else { nil }
    }

    /// Whether a text is what the standard library makes of the bytes, with what XML cannot carry replaced. How many
    /// replacement characters stand for a run of broken bytes is left open.
    private static func isKept(_ bytes: [UInt8], as text: String) -> Bool {
        func normal(_ text: String) -> [Unicode.Scalar] {
            var scalars: [Unicode.Scalar] = []
            for scalar in text.unicodeScalars {
                let isCarried = scalar.value >= 0x20 || scalar == "\n" || scalar == "\t" || scalar == "\r"
                let shown: Unicode.Scalar =
                    !isCarried || scalar == "\u{FFFE}" || scalar == "\u{FFFF}"
                    ? "\u{FFFD}" : scalar == "\r" ? "\n" : scalar
                if shown == "\u{FFFD}", scalars.last == "\u{FFFD}" { continue }
                scalars.append(shown)
            }
            return scalars
        }
        let whole = String(decoding: bytes, as: UTF8.self).replacingLineEnds
        return normal(whole) == normal(text)
    }

    private static func damaged(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...3, using: &random) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next())
            case 1: bytes.remove(at: place)
            case 2: bytes.removeSubrange(place...)
            default:
                let end = min(bytes.count, place + Int.random(in: 1...40, using: &random))
                bytes.insert(contentsOf: Array(bytes[place..<end]), at: Int.random(in: 0...bytes.count, using: &random))
            }
        }
        return bytes
    }
}

extension String {
    /// XML's reading of line ends: CR LF is one line feed. Swift takes the pair for one character.
    fileprivate var replacingLineEnds: String { String(map { $0 == "\r\n" ? "\n" : $0 }) }
}
