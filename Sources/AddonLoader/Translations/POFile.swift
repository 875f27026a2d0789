internal import Foundation

/// gettext's text files as OpenERP writes them (contract/addons.md §11): where a text stands is told in comments,
/// `#: type:name:res_id`; plural forms and `msgctxt` are not part of it.
enum POFile {
    /// A text with its translation.
    struct Entry: Equatable {
        /// Where the text stands, one word each.
        var references: [String] = []
        var source = ""
        /// Empty for what is not translated yet.
        var text = ""
        /// The line its `msgid` stands on, counted from 1.
        var line = 0
    }

    /// The most bytes a file may have.
    static let byteLimit = 16 << 20
    /// The most texts.
    static let entryLimit = 200_000

    /// All entries that count, in order: neither the header, nor uncertain ones, nor those that are commented out, nor
    /// those with plural forms.
    ///
    /// - Throws: `LoadError` with file and line.
    static func entries(of bytes: [UInt8], file: String) throws -> [Entry] {
        guard bytes.count <= byteLimit else {
            throw LoadError.unreadable(file: file, reason: "a file of translations has at most \(byteLimit >> 20) MB")
        }
        var reader = Reader(file: file)
        // Splitting bytes keeps each line's number right, whatever characters Unicode takes for line ends.
        let lines = try text(of: bytes, file: file).utf8
            .split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            try reader.read(String(Substring(line)).trimmingCharacters(in: .whitespacesAndNewlines), number: index + 1)
        }
        try reader.end()
        return reader.entries
    }

    // MARK: - Encoding

    /// Encodings that old files declare; all others must be UTF-8.
    private static let encodings: [String: String.Encoding] = [
        "iso-8859-1": .isoLatin1, "iso-8859-2": .isoLatin2, "windows-1250": .windowsCP1250,
        "windows-1251": .windowsCP1251, "windows-1252": .windowsCP1252,
    ]

    private static func text(of bytes: [UInt8], file: String) throws -> String {
        let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        if let text = String(validating: content, as: UTF8.self) { return text }
        let header = String(decoding: content.prefix(4096), as: UTF8.self)
        guard let match = header.firstMatch(of: /charset=([A-Za-z0-9_\-]+)/),
            let encoding = encodings[match.1.lowercased()],
            let text = String(data: Data(content), encoding: encoding)
        else { throw LoadError.unreadable(file: file, reason: "the file is not UTF-8, nor what it says it is") }
        return text
    }

    // MARK: - Text in quotes

    /// A text between quotes, its escapes resolved; nil when a quote is missing.
    static func unquoted(_ quoted: some StringProtocol) -> String? {
        // By bytes: a mark that combines with the quote before it is a text's beginning all the same.
        let quote = UInt8(ascii: "\"")
        let bytes = Array(quoted.utf8)
        guard bytes.count >= 2, bytes.first == quote, bytes.last == quote else { return nil }
        var text = String.UnicodeScalarView()
        var isEscaped = false
        for scalar in quoted.unicodeScalars.dropFirst().dropLast() {
            if isEscaped {
                switch scalar {
                case "n": text.append("\n")
                case "t": text.append("\t")
                case "r": text.append("\r")
                default: text.append(scalar)
                }
                isEscaped = false
            } else if scalar == "\\" {
                isEscaped = true
            } else if scalar == "\"" {
                return nil
            } else {
                text.append(scalar)
            }
        }
        // The last quote belonged to an escape.
        return isEscaped ? nil : String(text)
    }
}

extension POFile {
    /// Reads line by line.
    fileprivate struct Reader {
        let file: String
        var entries: [Entry] = []
        private var entry = Entry()
        private var isFuzzy = false
        private var hasPlural = false
        private var part = Part.comments

        /// What a line of mere text goes on with.
        private enum Part { case comments, source, text, plural }

        init(file: String) { self.file = file }

        mutating func read(_ line: String, number: Int) throws {
            if line.isEmpty {
                if part != .source { try end() }
            } else if line.hasPrefix("#") {
                try comment(line)
            } else if let rest = after("msgid_plural", line) {
                (part, hasPlural) = (.plural, true)
                _ = try quoted(rest, number)
            } else if let rest = after("msgid", line) {
                if part != .comments { try end() }
                (part, entry.line) = (.source, number)
                entry.source = try quoted(rest, number)
            } else if line.hasPrefix("msgstr["), let rest = line.split(separator: "]", maxSplits: 1).last {
                (part, hasPlural) = (.plural, true)
                _ = try quoted(rest.trimmingCharacters(in: .whitespacesAndNewlines), number)
            } else if let rest = after("msgstr", line) {
                guard part == .source else { throw malformed(line, number) }
                part = .text
                entry.text = try quoted(rest, number)
            } else if line.utf8.first == UInt8(ascii: "\"") {
                try goOn(with: quoted(line, number), line, number)
            } else {
                throw malformed(line, number)
            }
        }

        /// The entry is whole.
        mutating func end() throws {
            defer {
                entry = Entry()
                (isFuzzy, hasPlural, part) = (false, false, .comments)
            }
            guard part != .comments else { return }
            guard part != .source else { throw LoadError.malformed("msgid has no msgstr", at: place(entry.line)) }
            if entry.source.isEmpty || isFuzzy || hasPlural { return }
            guard entries.count < POFile.entryLimit else {
                throw LoadError.malformed("a file has at most \(POFile.entryLimit) texts", at: place(entry.line))
            }
            entries.append(entry)
        }

        private mutating func comment(_ line: String) throws {
            // What is commented out says nothing.
            if line.hasPrefix("#~") { return }
            if part != .comments { try end() }
            if line.hasPrefix("#:") {
                entry.references += line.dropFirst(2).split(separator: " ").map(String.init)
            } else if line.hasPrefix("#,") {
                let flags = line.dropFirst(2).split(separator: ",").map {
                    $0.trimmingCharacters(in: .whitespacesAndNewlines)
                }
                if flags.contains("fuzzy") { isFuzzy = true }
            }
        }

        private mutating func goOn(with text: String, _ line: String, _ number: Int) throws {
            switch part {
            case .source: entry.source += text
            case .text: entry.text += text
            case .plural: break
            case .comments: throw malformed(line, number)
            }
        }

        private func after(_ keyword: String, _ line: String) -> String? {
            guard line.hasPrefix(keyword) else { return nil }
            let rest = line.dropFirst(keyword.count)
            guard rest.isEmpty || rest.first == " " || rest.first == "\t" || rest.first == "\"" else { return nil }
            return rest.trimmingCharacters(in: .whitespacesAndNewlines)
        }

        private func quoted(_ text: String, _ number: Int) throws -> String {
            guard let text = POFile.unquoted(text) else {
                throw LoadError.malformed(
                    "a text stands between two quotes, with \\\" for one within", at: place(number))
            }
            return text
        }

        private func malformed(_ line: String, _ number: Int) -> LoadError {
            .malformed("malformed file: bad line: \(line.prefix(200))", at: place(number))
        }

        private func place(_ line: Int) -> SourcePlace { SourcePlace(file: file, line: line) }
    }
}
