extension Lexer {
    /// `12`, `0x1f`, `0o17`, `017`, `0b11`, `12L`, `1.5`, `.5`, `1e3`.
    mutating func scanNumber(at place: SourcePosition) throws(ExpressionError) -> Token.Kind {
        let start = offset
        if byte() == UInt8(ascii: "0"), let radix = Self.radix(ofMark: byte(1)) {
            offset += 2
            return .integer(try scanDigits(radix: radix, at: place))
        }
        while byte().isDigit { offset += 1 }
        let isFloat = skipFraction()
        guard isFloat else {
            // An old octal number: 0644.
            let isOctal = offset - start > 1 && source[start] == UInt8(ascii: "0")
            offset = start
            return .integer(try scanDigits(radix: isOctal ? 8 : 10, at: place))
        }
        let digits = String(decoding: source[start..<offset], as: UTF8.self)
        try refuseNameByte(at: place)
        // Swift reads neither "1." nor ".5e1" in all spellings; Python does.
        let whole = digits.hasPrefix(".") ? "0" + digits : digits
        let parts = whole.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let padded =
            parts.count == 2 && parts[1].first?.isNumber != true ? parts[0] + ".0" + parts[1] : Substring(whole)
        guard let number = Double(padded) else { throw .malformed("a number that cannot be read", at: place) }
        return .float(number)
    }

    /// Goes over `.5`, `e-3` or both behind a number's digits; false when there is neither.
    private mutating func skipFraction() -> Bool {
        var isFloat = false
        if byte() == UInt8(ascii: ".") {
            isFloat = true
            offset += 1
            while byte().isDigit { offset += 1 }
        }
        if byte() | 0x20 == UInt8(ascii: "e") {
            let hasSign = byte(1) == UInt8(ascii: "+") || byte(1) == UInt8(ascii: "-")
            if byte(hasSign ? 2 : 1).isDigit {
                isFloat = true
                offset += hasSign ? 2 : 1
                while byte().isDigit { offset += 1 }
            }
        }
        return isFloat
    }

    private mutating func scanDigits(radix: Int, at place: SourcePosition) throws(ExpressionError) -> Int {
        let start = offset
        while byte().hexadecimal.map({ $0 < radix }) == true { offset += 1 }
        let digits = String(decoding: source[start..<offset], as: UTF8.self)
        if byte() | 0x20 == UInt8(ascii: "l") { offset += 1 }
        try refuseNameByte(at: place)
        guard !digits.isEmpty else { throw .malformed("a number without digits", at: place) }
        guard let number = Int(digits, radix: radix) else { throw .overflow(at: place) }
        return number
    }

    private func refuseNameByte(at place: SourcePosition) throws(ExpressionError) {
        if byte() | 0x20 == UInt8(ascii: "j") { throw .unsupported("a complex number", at: place) }
        if byte().isNameByte { throw .malformed("a number with letters or wrong digits in it", at: place) }
    }

    private static func radix(ofMark mark: UInt8) -> Int? {
        switch mark | 0x20 {
        case UInt8(ascii: "x"): 16
        case UInt8(ascii: "o"): 8
        case UInt8(ascii: "b"): 2
        default: nil
        }
    }
}
