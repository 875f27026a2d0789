import TestSupport
import Testing
import XMLTree

/// Random documents, the same in each run.
@Suite struct TreePropertyTests {
    private static let seeds = Array<UInt64>(1...8)

    @Test(arguments: seeds)
    func `a tree written as text is read as the same tree`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            let xml = Self.element(depth: 4, &random)
            let root = try Document(parsing: xml, file: "a.xml").root
            #expect(root.serialized() == xml)
            #expect(try Document(parsing: root.serialized(asciiOnly: true), file: "a.xml").root.serialized() == xml)
            #expect(try root.xpath("//*").count == Self.count(root))
        }
    }

    @Test(arguments: seeds)
    func `a damaged document is read or refused with its place`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            var bytes = Array(Self.element(depth: 3, &random).utf8)
            for _ in 0..<Int.random(in: 1...3, using: &random) where !bytes.isEmpty {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next())
                case 1: bytes.removeSubrange(place...)
                default: bytes.insert(contentsOf: Array(bytes[..<place]), at: place)
                }
            }
            do {
                let root = try Document(parsing: bytes, file: "a.xml").root
                #expect(!root.serialized().isEmpty)
            } catch {
                #expect("\(error)".hasPrefix("a.xml:"))
            }
        }
    }

    private static func count(_ element: Element) -> Int { element.children.reduce(1) { $0 + count($1) } }

    /// An element in the very form in which one is written.
    private static func element(depth: Int, _ random: inout SeededGenerator) -> String {
        let name = ["form", "field", "group"].randomElement(using: &random) ?? "a"
        let attributes = ["name", "string", "x"].prefix(Int.random(in: 0...3, using: &random)).map { name in
            " \(name)=\"\(text(["a", " ", "&amp;", "&lt;", "&quot;", "&#10;", "é", "🦅"], &random))\""
        }.joined()
        var content = ""
        var isTextAllowed = true
        for _ in 0..<Int.random(in: 0...4, using: &random) {
            switch Int.random(in: 0..<4, using: &random) {
            case 0 where isTextAllowed:
                content += text(["a", " ", "\n", "&amp;", "&gt;", "\"", "é", "漢"], &random)
                isTextAllowed = false
            case 1:
                content += "<!--\(text(["a", " ", "&", "<", "é"], &random))-->"
                isTextAllowed = true
            default:
                if depth > 0 { content += element(depth: depth - 1, &random) }
                isTextAllowed = true
            }
        }
        return content.isEmpty ? "<\(name)\(attributes)/>" : "<\(name)\(attributes)>\(content)</\(name)>"
    }

    private static func text(_ pieces: [String], _ random: inout SeededGenerator) -> String {
        (0..<Int.random(in: 1...8, using: &random)).compactMap { _ in pieces.randomElement(using: &random) }.joined()
    }
}
