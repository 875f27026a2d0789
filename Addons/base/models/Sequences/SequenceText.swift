internal import ORM
internal import Values

/// The text of a sequence's number: prefix, digits, suffix.
struct SequenceText {
    /// What stands for each name in `%(name)s`.
    let values: [String: String]

    /// More leading zeros than any number column shows.
    private static let paddingLimit = 64

    /// Names and `strftime` directives of the parts of a moment (contract/views.md §10).
    private static let directives: [(name: String, directive: String)] = [
        ("year", "%Y"), ("month", "%m"), ("day", "%d"), ("y", "%y"), ("doy", "%j"), ("woy", "%W"), ("weekday", "%w"),
        ("h24", "%H"), ("h12", "%I"), ("min", "%M"), ("sec", "%S"),
    ]

    /// With the parts of the present moment.
    static func now() -> SequenceText {
        let parts = Timestamp.format(directives.map(\.directive).joined(separator: " ")).split(separator: " ")
        return SequenceText(
            values: Dictionary(
                zip(directives.map(\.name), parts.map(String.init)), uniquingKeysWith: { first, _ in first }))
    }

    /// The number between prefix and suffix, filled up with zeros.
    func text(prefix: String, number: Int, padding: Int, suffix: String) throws -> String {
        let digits = String(abs(number))
        let sign = number < 0 ? "-" : ""
        let zeros = max(0, min(padding, Self.paddingLimit) - digits.count - sign.count)
        return try interpolate(prefix) + sign + String(repeating: "0", count: zeros) + digits + interpolate(suffix)
    }

    /// Puts values in the place of `%(name)s`; `%%` is a percent sign.
    ///
    /// - Throws: `ORMError.badValue` for an unknown name and for a `%` that begins neither.
    func interpolate(_ text: String) throws -> String {
        var output = ""
        var rest = text[...]
        while let sign = rest.firstIndex(of: "%") {
            output += rest[..<sign]
            rest = rest[rest.index(after: sign)...]
            if rest.first == "%" {
                output += "%"
                rest.removeFirst()
                continue
            }
            guard rest.first == "(", let end = rest.firstIndex(of: ")"), rest[rest.index(after: end)...].first == "s"
            else { throw ORMError.badValue("unsupported format character in \(Value.text(text).pythonText)") }
            let name = String(rest[rest.index(after: rest.startIndex)..<end])
            guard let value = values[name] else { throw ORMError.badValue("'\(name)'") }
            output += value
            rest = rest[end...].dropFirst(2)
        }
        return output + rest
    }
}
