/// Texts as Python 2 writes them in source: quotes and backslashes.
enum PythonLiteral {
    /// The text of a literal in quotes: `'it\'s'`; nil when it is none.
    static func text(_ literal: String) -> String? {
        let scalars = literal.unicodeScalars
        guard scalars.count >= 2, let quote = scalars.first, quote == "'" || quote == "\"", scalars.last == quote else {
            return nil
        }
        return decoded(String(String.UnicodeScalarView(scalars.dropFirst().dropLast())), bytes: true)
    }

    /// The text of a raw Unicode literal without quotes, in which only `\u` and `\U` are escapes.
    static func unescaped(_ literal: String) -> String? { decoded(literal, bytes: false) }

    /// - Parameter bytes: Whether `\xe9` and the like stand for bytes, which together are UTF-8.
    private static func decoded(_ literal: String, bytes: Bool) -> String? {
        var output: [UInt8] = []
        output.reserveCapacity(literal.utf8.count)
        var rest = literal.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            guard scalar == "\\" else {
                output += Array(String(scalar).utf8)
                continue
            }
            guard let kind = rest.popFirst() else { return nil }
            switch kind {
            case "u", "U":
                guard let number = number(&rest, digits: kind == "u" ? 4 : 8), let scalar = Unicode.Scalar(number)
                else {
                    return nil
                }
                output += Array(String(scalar).utf8)
            case "x" where bytes:
                guard let number = number(&rest, digits: 2) else { return nil }
                output.append(UInt8(truncatingIfNeeded: number))
            case _ where bytes:
                guard let plain = escapes[kind] else { return nil }
                output.append(plain)
            default:
                output += Array("\\\(kind)".utf8)
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    private static let escapes: [Unicode.Scalar: UInt8] = [
        "n": 10, "r": 13, "t": 9, "\\": 92, "'": 39, "\"": 34,
    ]

    private static func number(_ rest: inout String.UnicodeScalarView.SubSequence, digits: Int) -> UInt32? {
        guard rest.count >= digits else { return nil }
        let text = String(String.UnicodeScalarView(rest.prefix(digits)))
        rest = rest.dropFirst(digits)
        return UInt32(text, radix: 16)
    }
}
