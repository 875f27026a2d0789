/// The statements of a text of SQL.
///
/// Semicolons within quotes and comments end nothing, and comments alone are no statement; the original breaks off at
/// both.
struct SQLScript {
    struct Statement: Equatable {
        let text: String
        /// The line it begins on, counted from 1.
        let line: Int
    }

    /// Beginnings of statements that would end the installation's transaction, wait for data that never come, or change
    /// the connection for whoever uses it next.
    private static let forbidden: Set<String> = [
        "abort", "begin", "commit", "copy", "discard", "end", "listen", "prepare", "release", "reset", "rollback",
        "savepoint", "set", "start", "unlisten",
    ]

    private let bytes: [UInt8]
    private var place = 0
    private var line = 1

    private init(_ text: String) { bytes = Array(text.utf8) }

    /// - Throws: `LoadError.malformed` for a quote or a comment that is never closed, and for a statement that data
    ///   files may not have.
    static func statements(of text: String, file: String) throws -> [Statement] {
        var script = SQLScript(text)
        var statements: [Statement] = []
        while let statement = try script.next(in: file) { statements.append(statement) }
        return statements
    }

    private mutating func next(in file: String) throws -> Statement? {
        try skipBlanks(in: file)
        while peek() == UInt8(ascii: ";") {
            place += 1
            try skipBlanks(in: file)
        }
        guard place < bytes.count else { return nil }
        let (start, first) = (place, line)
        while let byte = peek(), byte != UInt8(ascii: ";") { try skip(byte, in: file) }
        let text = String(decoding: bytes[start..<place], as: UTF8.self)
        let verb = text.prefix { $0.isLetter }.lowercased()
        let isLocal =
            verb == "set" && text.split(whereSeparator: \.isWhitespace).dropFirst().first?.lowercased() == "local"
        if Self.forbidden.contains(verb), !isLocal {
            throw LoadError.malformed(
                "\(verb.uppercased()) is no statement for a data file", at: SourcePlace(file: file, line: first))
        }
        return Statement(text: text, line: first)
    }

    // MARK: - Bytes

    private func peek(_ distance: Int = 0) -> UInt8? {
        place + distance < bytes.count ? bytes[place + distance] : nil
    }

    private mutating func step() {
        if bytes[place] == UInt8(ascii: "\n") { line += 1 }
        place += 1
    }

    private mutating func skipBlanks(in file: String) throws {
        while let byte = peek() {
            if [0x20, 0x09, 0x0A, 0x0D].contains(byte) {
                step()
            } else if try !skipComment(in: file) {
                return
            }
        }
    }

    /// Goes beyond what begins here: a quoted part, a comment, or one byte.
    private mutating func skip(_ byte: UInt8, in file: String) throws {
        switch byte {
        case UInt8(ascii: "'"):
            // E'…' knows a backslash.
            let before = place > 0 ? bytes[place - 1] : 0
            let hasEscapes = before == UInt8(ascii: "E") || before == UInt8(ascii: "e")
            try skipQuote(byte, hasEscapes: hasEscapes, in: file)
        case UInt8(ascii: "\""): try skipQuote(byte, hasEscapes: false, in: file)
        case UInt8(ascii: "$"): try skipDollarQuote(in: file)
        default: if try !skipComment(in: file) { step() }
        }
    }

    private mutating func skipQuote(_ quote: UInt8, hasEscapes: Bool, in file: String) throws {
        let start = line
        step()
        while let byte = peek() {
            if byte == UInt8(ascii: "\\"), hasEscapes, peek(1) != nil { step() }
            step()
            // A doubled quote ends one part and begins the next, which comes to the same.
            if byte == quote { return }
        }
        throw LoadError.malformed("a quote is not closed", at: SourcePlace(file: file, line: start))
    }

    /// `$$…$$` or `$tag$…$tag$`; a lone dollar sign is one byte.
    private mutating func skipDollarQuote(in file: String) throws {
        var length = 1
        while let byte = peek(length), byte == UInt8(ascii: "_") || Self.isLetterOrDigit(byte) { length += 1 }
        guard peek(length) == UInt8(ascii: "$") else { return step() }
        let tag = Array(bytes[place...(place + length)])
        let start = line
        for _ in tag { step() }
        while place + tag.count <= bytes.count {
            if bytes[place] == tag[0], bytes[place..<(place + tag.count)].elementsEqual(tag) {
                place += tag.count
                return
            }
            step()
        }
        throw LoadError.malformed("a quote is not closed", at: SourcePlace(file: file, line: start))
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        byte >= 0x80 || Character(Unicode.Scalar(byte)).isLetter || Character(Unicode.Scalar(byte)).isNumber
    }

    /// - Returns: False when no comment begins here.
    private mutating func skipComment(in file: String) throws -> Bool {
        switch (peek(), peek(1)) {
        case (UInt8(ascii: "-"), UInt8(ascii: "-")):
            while let byte = peek(), byte != UInt8(ascii: "\n") { step() }
            return true
        case (UInt8(ascii: "/"), UInt8(ascii: "*")):
            let start = line
            var depth = 0
            repeat {
                guard peek() != nil else {
                    throw LoadError.malformed("a comment is not closed", at: SourcePlace(file: file, line: start))
                }
                switch (peek(), peek(1)) {
                case (UInt8(ascii: "/"), UInt8(ascii: "*")):
                    depth += 1
                    place += 2
                case (UInt8(ascii: "*"), UInt8(ascii: "/")):
                    depth -= 1
                    place += 2
                default: step()
                }
            } while depth > 0
            return true
        default: return false
        }
    }
}
