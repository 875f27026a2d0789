internal import Foundation

/// The texts that an addon's code says to people, found in its sources: titles and messages of its refusals.
enum CodeTexts {
    /// A text, and the line it begins on.
    struct Text: Hashable {
        let source: String
        let file: String
        let line: Int
    }

    /// The most bytes of one file that are looked at.
    private static let fileLimit = 1 << 20

    /// Those of all Swift files in a folder, `models` of an addon; nothing for one that is not there.
    static func texts(in folder: String) -> [Text] {
        guard let names = FileManager.default.enumerator(atPath: folder) else { return [] }
        let files = names.compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }.sorted()
        return files.flatMap { file -> [Text] in
            guard let data = FileManager.default.contents(atPath: folder + "/" + file), data.count <= fileLimit else {
                return []
            }
            return texts(in: String(decoding: data, as: UTF8.self), file: file)
        }
    }

    /// Those of one source text: the literals of each call `UserError("…", "…")` and `OnChange.Warning(title: …)`.
    /// Literals that put values in are left out, since what they say is not known before.
    static func texts(in source: String, file: String) -> [Text] {
        let characters = Array(source.unicodeScalars)
        var texts: [Text] = []
        for match in source.matches(of: /\b(?:UserError|Warning)\(/.wordBoundaryKind(.simple)) {
            let start = source.unicodeScalars.distance(from: source.startIndex, to: match.range.upperBound)
            let line = characters[..<start].count { $0 == "\n" } + 1
            var reader = ArgumentReader(characters: characters, place: start)
            texts += reader.literals().map { Text(source: $0, file: file, line: line) }
        }
        return texts
    }
}

/// Reads the arguments of a call as far as they are literals, joined by `+` perhaps.
private struct ArgumentReader {
    let characters: [Unicode.Scalar]
    var place: Int

    /// The arguments that are whole literals.
    mutating func literals() -> [String] {
        var found: [String] = []
        var pieces: [String] = []
        var isPlain = true
        func take() -> [String] { isPlain && !pieces.isEmpty ? [pieces.joined()] : [] }
        var depth = 0
        while place < characters.count {
            let character = characters[place]
            switch character {
            case "\"":
                guard let text = literal() else {
                    isPlain = false
                    continue
                }
                if depth == 0 { pieces.append(text) }
                continue
            case "(", "[", "{":
                depth += 1
                isPlain = false
            case ")", "]", "}":
                if depth == 0 { return found + take() }
                depth -= 1
            case "," where depth == 0:
                found += take()
                (pieces, isPlain) = ([], true)
            case "+", " ", "\n", "\t", "\r": break
            case ":" where depth == 0:
                // A label went before.
                (pieces, isPlain) = ([], true)
            default: isPlain = false
            }
            place += 1
        }
        return []
    }

    /// The literal that begins here, read to its end; nil for one that puts values in.
    private mutating func literal() -> String? {
        if starts(with: "\"\"\"") {
            place += 3
            return block()
        }
        place += 1
        var text = String.UnicodeScalarView()
        var isPlain = true
        while place < characters.count, characters[place] != "\"" {
            guard characters[place] == "\\", place + 1 < characters.count else {
                text.append(characters[place])
                place += 1
                continue
            }
            if characters[place + 1] == "(" {
                isPlain = false
                skipInterpolation()
            } else {
                text.append(Self.unescaped(characters[place + 1]))
                place += 2
            }
        }
        place += 1
        return isPlain ? String(text) : nil
    }

    /// A literal of several lines; those with escapes other than that of a line's end do not occur.
    private mutating func block() -> String? {
        let start = place
        while place < characters.count, !starts(with: "\"\"\"") { place += 1 }
        let body = String(String.UnicodeScalarView(characters[start..<min(place, characters.count)]))
        place += 3
        if body.contains("\\(") { return nil }
        var lines = body.split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
        let indent = lines.popLast()?.count ?? 0
        return lines.map { String($0.dropFirst(indent)) }.joined(separator: "\n").replacing("\\\n", with: "")
    }

    private mutating func skipInterpolation() {
        place += 2
        var depth = 1
        while place < characters.count, depth > 0 {
            switch characters[place] {
            case "(": depth += 1
            case ")": depth -= 1
            case "\"":
                _ = literal()
                continue
            default: break
            }
            place += 1
        }
    }

    private func starts(with text: String) -> Bool {
        characters[place...].starts(with: text.unicodeScalars)
    }

    private static func unescaped(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar {
        case "n": "\n"
        case "t": "\t"
        case "r": "\r"
        default: scalar
        }
    }
}
