/// `'%s of %d' % (a, b)`, `'%(name)s' % {...}` and the simple forms of `'{0}'.format(a)`.
extension Evaluator {
    mutating func formatted(
        _ format: String, _ operand: Operand, at place: SourcePosition
    ) throws(ExpressionError) -> String {
        try charge(bytes: format.utf8.count, at: place)
        var source = FormatSource(operand)
        var scalars = format.unicodeScalars[...]
        var output = ""
        while let scalar = scalars.popFirst() {
            guard scalar == "%" else {
                output.unicodeScalars.append(scalar)
                continue
            }
            let directive = try FormatDirective(&scalars, &source, at: place)
            if directive.type == "%" {
                output += "%"
                continue
            }
            let argument: Operand
            if let name = directive.name {
                argument = try source.member(name, at: place)
            } else {
                argument = try source.next(at: place)
            }
            try append(directive.padded(try rendered(argument, directive, at: place)), to: &output, at: place)
        }
        guard source.isUsedUp else { throw .mismatch("the format takes fewer values than are given", at: place) }
        return output
    }

    private mutating func rendered(
        _ operand: Operand, _ directive: FormatDirective, at place: SourcePosition
    ) throws(ExpressionError) -> String {
        switch directive.type {
        case "s", "r":
            let text = try text(of: operand, isQuoted: directive.type == "r", at: place)
            guard let precision = directive.precision else { return text }
            return String(text.unicodeScalars.prefix(precision))
        case "c":
            if case .text(let text) = operand, text.unicodeScalars.count == 1 { return text }
            guard let code = operand.integer.flatMap(UInt32.init(exactly:)), let scalar = Unicode.Scalar(code) else {
                throw .mismatch("%c needs a character", at: place)
            }
            return String(scalar)
        case "d", "i", "u", "x", "X", "o":
            guard let number = operand.integer ?? operand.number.flatMap({ Int(exactly: $0.rounded(.towardZero)) })
            else { throw .mismatch("%\(directive.type) needs a number, not a \(operand.typeName)", at: place) }
            return directive.signed(digits(of: number, directive), isNegative: number < 0)
        case "f", "F", "e", "E", "g", "G":
            guard let number = operand.number else {
                throw .mismatch("%\(directive.type) needs a number, not a \(operand.typeName)", at: place)
            }
            let text = abs(number).formatted(
                style: String(directive.type), precision: directive.precision ?? 6, hasSharp: directive.hasSharp)
            return directive.signed(text, isNegative: number.sign == .minus && !number.isNaN)
        default:
            throw .unsupported("the format '%\(directive.type)'", at: place)
        }
    }

    private func digits(of number: Int, _ directive: FormatDirective) -> String {
        let magnitude = number.magnitude
        let (digits, mark) =
            switch directive.type {
            case "x": (String(magnitude, radix: 16), "0x")
            case "X": (String(magnitude, radix: 16, uppercase: true), "0X")
            case "o": (String(magnitude, radix: 8), "0")
            default: (String(magnitude), "")
            }
        let zeros = String(repeating: "0", count: max(0, (directive.precision ?? 0) - digits.utf8.count))
        return (directive.hasSharp ? mark : "") + zeros + digits
    }

    /// `'{0} {name} {}'.format(…)`: values by place, name or turn; `{{` is a brace. No attributes, no format after a colon.
    mutating func filled(_ format: String, _ arguments: Arguments) throws(ExpressionError) -> String {
        let place = arguments.position
        var scalars = format.unicodeScalars[...]
        var (output, turn) = ("", 0)
        while let scalar = scalars.popFirst() {
            guard scalar == "{" || scalar == "}" else {
                output.unicodeScalars.append(scalar)
                continue
            }
            if scalars.first == scalar {
                scalars.removeFirst()
                output.unicodeScalars.append(scalar)
                continue
            }
            guard scalar == "{", let end = scalars.firstIndex(of: "}") else {
                throw .mismatch("a single brace in the format", at: place)
            }
            let name = String(scalars[..<end])
            scalars = scalars[scalars.index(after: end)...]
            let index = name.isEmpty ? turn : Int(name)
            turn += 1
            guard let operand = index.flatMap({ $0 >= 0 ? arguments.optional($0) : nil }) ?? arguments.named[name]
            else { throw .mismatch("the format's '{\(name)}' names no argument", at: place) }
            try append(try text(of: operand, isQuoted: false, at: place), to: &output, at: place)
        }
        return output
    }
}

/// The values a format takes, in turn or by name.
private struct FormatSource {
    private let values: [Operand]
    private let members: [Key: Operand]?
    private var index = 0

    /// A tuple gives its elements, anything else is one value; a dictionary gives its members as well.
    init(_ operand: Operand) {
        if case .list(let elements, true) = operand { values = elements } else { values = [operand] }
        if case .dictionary(let members) = operand { self.members = members } else { members = nil }
    }

    /// A dictionary need not be used.
    var isUsedUp: Bool { members != nil || index == values.count }

    mutating func next(at place: SourcePosition) throws(ExpressionError) -> Operand {
        guard index < values.count else { throw .mismatch("the format takes more values than are given", at: place) }
        index += 1
        return values[index - 1]
    }

    func member(_ name: String, at place: SourcePosition) throws(ExpressionError) -> Operand {
        guard let members else { throw .mismatch("the format needs a dictionary", at: place) }
        guard let member = members[.text(name)] else { throw .missingKey("'\(name)'", at: place) }
        return member
    }
}

/// What stands between `%` and its letter: `%(name)-08.2f`.
private struct FormatDirective {
    private(set) var name: String?
    private(set) var width = 0
    private(set) var precision: Int?
    private(set) var type: Unicode.Scalar = "%"
    private var flags: Set<Unicode.Scalar> = []

    var hasSharp: Bool { flags.contains("#") }

    init(
        _ scalars: inout Substring.UnicodeScalarView, _ source: inout FormatSource, at place: SourcePosition
    ) throws(ExpressionError) {
        if scalars.first == "(" {
            guard let end = scalars.firstIndex(of: ")") else {
                throw .mismatch("the format has a name without ')'", at: place)
            }
            name = String(scalars[scalars.index(after: scalars.startIndex)..<end])
            scalars = scalars[scalars.index(after: end)...]
        }
        while let flag = scalars.first, "-+ 0#".unicodeScalars.contains(flag) {
            flags.insert(flag)
            scalars.removeFirst()
        }
        width = try Self.number(&scalars, &source, at: place) ?? 0
        if width < 0 {
            flags.insert("-")
            width = -width
        }
        if scalars.first == "." {
            scalars.removeFirst()
            precision = max(0, try Self.number(&scalars, &source, at: place) ?? 0)
        }
        while let size = scalars.first, "hlL".unicodeScalars.contains(size) { scalars.removeFirst() }
        guard let letter = scalars.popFirst() else { throw .mismatch("the format ends behind a '%'", at: place) }
        type = letter
    }

    /// Digits, or `*` for the next value; bounded, since it says how long a text gets.
    private static func number(
        _ scalars: inout Substring.UnicodeScalarView, _ source: inout FormatSource, at place: SourcePosition
    ) throws(ExpressionError) -> Int? {
        var number: Int?
        if scalars.first == "*" {
            scalars.removeFirst()
            number = try source.next(at: place).integer
            guard number != nil else { throw .mismatch("'*' in a format needs a whole number", at: place) }
        } else {
            while let digit = scalars.first, ("0"..."9").contains(digit), (number ?? 0) < 100_000 {
                number = (number ?? 0) * 10 + Int(digit.value - 48)
                scalars.removeFirst()
            }
        }
        if let number, !(-10_000...10_000).contains(number) { throw .limitExceeded(.textBytes, at: place) }
        return number
    }

    /// A number's text with its sign, and with zeros between both when the directive asks for them.
    func signed(_ digits: String, isNegative: Bool) -> String {
        let sign = isNegative ? "-" : (flags.contains("+") ? "+" : (flags.contains(" ") ? " " : ""))
        guard flags.contains("0"), !flags.contains("-") else { return sign + digits }
        return sign + String(repeating: "0", count: max(0, width - sign.utf8.count - digits.utf8.count)) + digits
    }

    func padded(_ text: String) -> String {
        let blanks = String(repeating: " ", count: max(0, width - text.unicodeScalars.count))
        return flags.contains("-") ? text + blanks : blanks + text
    }
}
