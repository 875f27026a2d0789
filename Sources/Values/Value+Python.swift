extension Value {
    /// The value as Python 2's `repr` writes it, for fault texts and stored domains:
    /// `[('name', '=', u'Zoé')]` is written `[['name', '=', 'Zo\xe9']]`; lists and tuples are one here.
    public var pythonText: String {
        var text = ""
        appendPythonText(to: &text)
        return text
    }

    /// The value as Python 2's `str` writes it: like `pythonText`, but a text stands for itself.
    public var plainText: String {
        if case .text(let text) = self { text } else { pythonText }
    }

    private func appendPythonText(to output: inout String) {
        switch self {
        case .null: output += "None"
        case .boolean(let value): output += value ? "True" : "False"
        case .integer(let value): output += String(value)
        case .float(let value): output += value.pythonText
        case .text(let value): Self.appendQuoted(value, to: &output)
        case .list(let elements):
            output += "["
            for (index, element) in elements.enumerated() {
                if index > 0 { output += ", " }
                element.appendPythonText(to: &output)
            }
            output += "]"
        case .dictionary(let members):
            output += "{"
            for (index, key) in members.keys.sorted().enumerated() {
                if index > 0 { output += ", " }
                Self.appendQuoted(key, to: &output)
                output += ": "
                members[key]?.appendPythonText(to: &output)
            }
            output += "}"
        }
    }

    private static func appendQuoted(_ text: String, to output: inout String) {
        let quote: Unicode.Scalar = text.contains("'") && !text.contains("\"") ? "\"" : "'"
        output.unicodeScalars.append(quote)
        for scalar in text.unicodeScalars {
            switch scalar {
            case quote, "\\":
                output += "\\"
                output.unicodeScalars.append(scalar)
            case "\n": output += "\\n"
            case "\r": output += "\\r"
            case "\t": output += "\\t"
            case " "..."~": output.unicodeScalars.append(scalar)
            default: appendEscape(of: scalar, to: &output)
            }
        }
        output.unicodeScalars.append(quote)
    }

    private static func appendEscape(of scalar: Unicode.Scalar, to output: inout String) {
        let digits = String(scalar.value, radix: 16)
        let (mark, width) =
            switch scalar.value {
            case ..<0x100: ("x", 2)
            case ..<0x10000: ("u", 4)
            default: ("U", 8)
            }
        output += "\\" + mark + String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

extension Double {
    /// The shortest text that reads back as the same number, as Python 2.7's `repr` writes it: `10.0`, `1e+20`.
    public var pythonText: String {
        if isNaN { return "nan" }
        if isInfinite { return self < 0 ? "-inf" : "inf" }
        let text = description
        guard let mark = text.firstIndex(of: "e") else { return text }
        // Swift goes over to exponents at 2^53, Python at 1e16, and Python writes no ".0" before one.
        let exponent = text[text.index(after: mark)...]
        if let size = Int(exponent), (0..<16).contains(size) { return "\(Int64(self)).0" }
        var digits = text[..<mark]
        if digits.hasSuffix(".0") { digits = digits.dropLast(2) }
        let sign = exponent.hasPrefix("-") ? "-" : "+"
        let size = exponent.drop { $0 == "-" || $0 == "+" }
        return digits + "e" + sign + (size.count < 2 ? "0" : "") + size
    }
}
