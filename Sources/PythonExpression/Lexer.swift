/// Cuts the text of an expression into tokens, one at a time.
///
/// Line ends count only outside brackets and after the first token, so that a manifest may begin with comments.
struct Lexer {
    let source: [UInt8]
    var offset = 0
    private var bracketDepth = 0
    private var hasBegun = false
    // The place last asked for; the next one is found by going on from there, so that all places together cost one pass.
    private var measuredOffset = 0
    private var line = 1
    private var column = 1

    init(_ text: String) {
        source = Array(text.utf8)
        if source.starts(with: [0xEF, 0xBB, 0xBF]) {
            offset = 3
            measuredOffset = 3
        }
    }

    /// The byte at `offset + distance`, or 0 behind the end; a real 0 in the text is refused where it is met.
    func byte(_ distance: Int = 0) -> UInt8 {
        offset + distance < source.count ? source[offset + distance] : 0
    }

    /// The place of the next byte.
    mutating func position() -> SourcePosition {
        while measuredOffset < offset {
            if source[measuredOffset] == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if source[measuredOffset] & 0xC0 != 0x80 {
                column += 1
            }
            measuredOffset += 1
        }
        return SourcePosition(line: line, column: column)
    }

    mutating func next() throws(ExpressionError) -> Token {
        while offset < source.count {
            switch byte() {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), 0x0C:
                offset += 1
            case UInt8(ascii: "#"):
                while offset < source.count, byte() != UInt8(ascii: "\n") { offset += 1 }
            case UInt8(ascii: "\n"):
                let place = position()
                offset += 1
                if bracketDepth == 0, hasBegun { return Token(kind: .newline, position: place) }
            case UInt8(ascii: "\\"):
                try skipJoinedLineEnd()
            default:
                hasBegun = true
                let place = position()
                return Token(kind: try scan(at: place), position: place)
            }
        }
        return Token(kind: .end, position: position())
    }

    private mutating func skipJoinedLineEnd() throws(ExpressionError) {
        let place = position()
        offset += 1
        if byte() == UInt8(ascii: "\r") { offset += 1 }
        guard byte() == UInt8(ascii: "\n") else {
            throw .malformed("a backslash outside a text must be the last character of its line", at: place)
        }
        offset += 1
    }

    private mutating func scan(at place: SourcePosition) throws(ExpressionError) -> Token.Kind {
        switch byte() {
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            return .text(try scanText(prefix: "", at: place))
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            return try scanNumber(at: place)
        case UInt8(ascii: ".") where byte(1).isDigit:
            return try scanNumber(at: place)
        case let first where first.isNameByte:
            return try scanWord(at: place)
        default:
            return try scanSymbol(at: place)
        }
    }

    private mutating func scanWord(at place: SourcePosition) throws(ExpressionError) -> Token.Kind {
        let start = offset
        while byte().isNameByte { offset += 1 }
        let word = String(decoding: source[start..<offset], as: UTF8.self)
        if byte() == UInt8(ascii: "'") || byte() == UInt8(ascii: "\"") {
            let prefix = word.lowercased()
            if ["u", "r", "b", "ur", "br"].contains(prefix) {
                return .text(try scanText(prefix: prefix, at: place))
            }
        }
        if let keyword = Token.Keyword(rawValue: word) { return .keyword(keyword) }
        if Token.statementWords.contains(word) { throw .unsupported("'\(word)'", at: place) }
        return .name(word)
    }

    private mutating func scanSymbol(at place: SourcePosition) throws(ExpressionError) -> Token.Kind {
        for length in [2, 1] where offset + length <= source.count {
            let spelling = String(decoding: source[offset..<(offset + length)], as: UTF8.self)
            guard let symbol = Token.Symbol(rawValue: spelling) else { continue }
            offset += length
            switch symbol {
            case .openParenthesis, .openBracket, .openBrace: bracketDepth += 1
            case .closeParenthesis, .closeBracket, .closeBrace: bracketDepth = max(0, bracketDepth - 1)
            default: break
            }
            return .symbol(symbol)
        }
        switch byte() {
        case UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: "^"), UInt8(ascii: "~"), UInt8(ascii: "`"):
            throw .unsupported("'\(Character(Unicode.Scalar(byte())))'", at: place)
        default:
            throw .malformed("a character that has no meaning here", at: place)
        }
    }
}

extension UInt8 {
    var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }

    var isLetter: Bool {
        let lower = self | 0x20
        return lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z")
    }

    var isNameByte: Bool { isLetter || isDigit || self == UInt8(ascii: "_") }

    /// The value of a hexadecimal digit.
    var hexadecimal: UInt32? {
        if isDigit { return UInt32(self - UInt8(ascii: "0")) }
        let lower = self | 0x20
        return lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "f") ? UInt32(lower - UInt8(ascii: "a") + 10) : nil
    }
}
