extension Lexer {
    /// A text from its opening quote on; `prefix` is in lower case.
    mutating func scanText(prefix: String, at place: SourcePosition) throws(ExpressionError) -> String {
        let quote = byte()
        let isTriple = byte(1) == quote && byte(2) == quote
        offset += isTriple ? 3 : 1
        let isRaw = prefix.contains("r")
        var text = TextBuilder()
        while true {
            guard offset < source.count else { throw .malformed("a text that is not closed", at: place) }
            let next = byte()
            switch next {
            case quote where !isTriple:
                offset += 1
                return text.finished()
            case quote where byte(1) == quote && byte(2) == quote:
                offset += 3
                return text.finished()
            case UInt8(ascii: "\n") where !isTriple, UInt8(ascii: "\r") where !isTriple:
                throw .malformed("a text that is not closed on its line", at: place)
            case UInt8(ascii: "\r") where byte(1) == UInt8(ascii: "\n"):
                // A line end is one character in Python, however the file spells it.
                offset += 1
            case UInt8(ascii: "\\") where isRaw && offset + 1 < source.count:
                // The quote behind a backslash does not close a raw text, and both stay.
                text.append(next)
                text.append(byte(1))
                offset += 2
            case UInt8(ascii: "\\"):
                try scanEscape(isUnicode: prefix.contains("u"), into: &text)
            default:
                text.append(next)
                offset += 1
            }
        }
    }

    private mutating func scanEscape(isUnicode: Bool, into text: inout TextBuilder) throws(ExpressionError) {
        let place = position()
        let mark = byte(1)
        offset += 2
        switch mark {
        case UInt8(ascii: "\n"): break
        case UInt8(ascii: "\r"): if byte() == UInt8(ascii: "\n") { offset += 1 }
        case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): text.append(mark)
        case UInt8(ascii: "a"): text.append(0x07)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "v"): text.append(0x0B)
        case UInt8(ascii: "0")...UInt8(ascii: "7"):
            var code = UInt32(mark - UInt8(ascii: "0"))
            for _ in 0..<2 {
                guard (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(byte()) else { break }
                code = code * 8 + UInt32(byte() - UInt8(ascii: "0"))
                offset += 1
            }
            text.append(code: code, isUnicode: isUnicode)
        case UInt8(ascii: "x"):
            guard let code = scanHexadecimal(2) else { throw .malformed("\\x needs two hexadecimal digits", at: place) }
            text.append(code: code, isUnicode: isUnicode)
        case UInt8(ascii: "u"), UInt8(ascii: "U"):
            let width = mark == UInt8(ascii: "u") ? 4 : 8
            if let code = scanHexadecimal(width) {
                try text.append(codePoint(code, at: place))
            } else if isUnicode {
                throw .malformed("a Unicode escape needs \(width) hexadecimal digits", at: place)
            } else {
                text.append(UInt8(ascii: "\\"))
                text.append(mark)
            }
        case UInt8(ascii: "N") where isUnicode:
            throw .unsupported("a character by its Unicode name", at: place)
        default:
            // Not an escape: the backslash stays, and what follows is read as usual.
            text.append(UInt8(ascii: "\\"))
            offset -= 1
        }
    }

    /// Takes exactly `width` hexadecimal digits, or nothing.
    private mutating func scanHexadecimal(_ width: Int) -> UInt32? {
        var code: UInt32 = 0
        for distance in 0..<width {
            guard let digit = byte(distance).hexadecimal else { return nil }
            code = code << 4 | digit
        }
        offset += width
        return code
    }

    /// The character of a Unicode escape; the second half of a pair of surrogates is taken along.
    private mutating func codePoint(_ code: UInt32, at place: SourcePosition) throws(ExpressionError) -> Unicode.Scalar
    {
        if (0xD800..<0xDC00).contains(code), byte() == UInt8(ascii: "\\"), byte(1) == UInt8(ascii: "u") {
            offset += 2
            if let second = scanHexadecimal(4), (0xDC00..<0xE000).contains(second),
                let scalar = Unicode.Scalar(0x10000 + (code - 0xD800) << 10 + (second - 0xDC00))
            {
                return scalar
            }
        }
        guard let scalar = Unicode.Scalar(code) else { throw .malformed("no such Unicode character", at: place) }
        return scalar
    }
}

/// Collects a text's bytes. Byte escapes above 127 stand for UTF-8 when they are that (`'\xc3\xa9'` in old sources), and
/// for the characters of those numbers when not (`'Zo\xe9'` as `repr` writes it).
private struct TextBuilder {
    private var bytes: [UInt8] = []
    private var escaped: [UInt8] = []

    mutating func append(_ byte: UInt8) {
        flush()
        bytes.append(byte)
    }

    mutating func append(_ scalar: Unicode.Scalar) {
        flush()
        bytes += Array(String(scalar).utf8)
    }

    mutating func append(code: UInt32, isUnicode: Bool) {
        if code >= 0x80, code < 0x100, !isUnicode {
            escaped.append(UInt8(code))
        } else if let scalar = Unicode.Scalar(code) {
            append(scalar)
        }
    }

    private mutating func flush() {
        if escaped.isEmpty { return }
        if String(validating: escaped, as: UTF8.self) != nil {
            bytes += escaped
        } else {
            for byte in escaped { bytes += Array(String(Unicode.Scalar(byte)).utf8) }
        }
        escaped = []
    }

    mutating func finished() -> String {
        flush()
        return String(decoding: bytes, as: UTF8.self)
    }
}
