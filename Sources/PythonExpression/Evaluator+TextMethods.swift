/// The methods of texts. `upper` and the like go by Unicode.
enum TextMethod: String {
    case upper, lower, title, capitalize
    case strip, lstrip, rstrip
    case split, join, replace, format
    case startswith, endswith, find, count, isdigit
}

extension Evaluator {
    mutating func call(
        _ method: TextMethod, on text: String, _ arguments: Arguments
    ) throws(ExpressionError) -> Operand {
        let place = arguments.position
        try charge(bytes: text.utf8.count, at: place)
        switch method {
        case .upper, .lower, .title, .capitalize, .isdigit:
            try arguments.check(0...0)
            // Some characters have longer counterparts; three times is the most in Unicode.
            try admit(bytes: 3 * text.utf8.count, at: place)
            return respelled(text, method)
        case .strip, .lstrip, .rstrip:
            try arguments.check(0...1)
            return .text(try stripped(text, method, arguments))
        case .split: return .list(try parts(of: text, arguments))
        case .join: return .text(try joined(by: text, arguments))
        case .replace: return .text(try replaced(in: text, arguments))
        case .format: return .text(try filled(text, arguments))
        case .startswith, .endswith:
            try arguments.check(1...1)
            let part = try arguments.text(0)
            return .boolean(method == .startswith ? text.utf8.starts(with: part.utf8) : text.ends(with: part))
        case .find, .count:
            try arguments.check(1...1)
            let places = try occurrences(of: try arguments.text(0), in: Array(text.utf8), at: place)
            if method == .count { return .integer(places.count) }
            guard let first = places.first else { return .integer(-1) }
            return .integer(String(decoding: text.utf8.prefix(first), as: UTF8.self).unicodeScalars.count)
        }
    }

    private func respelled(_ text: String, _ method: TextMethod) -> Operand {
        switch method {
        case .upper: return .text(text.uppercased())
        case .lower: return .text(text.lowercased())
        case .isdigit: return .boolean(!text.isEmpty && text.utf8.allSatisfy(\.isDigit))
        default:
            var result = ""
            var isInWord = false
            for character in text {
                result += isInWord ? character.lowercased() : character.uppercased()
                isInWord = method == .capitalize || character.isLetter
            }
            return .text(result)
        }
    }

    private mutating func stripped(
        _ text: String, _ method: TextMethod, _ arguments: Arguments
    ) throws(ExpressionError) -> String {
        let given = arguments.plain.isEmpty ? nil : try arguments.text(0)
        try charge(bytes: given?.utf8.count ?? 0, at: arguments.position)
        let characters = given.map { Set($0.unicodeScalars) }
        func goes(_ scalar: Unicode.Scalar) -> Bool { characters?.contains(scalar) ?? scalar.properties.isWhitespace }
        var rest = text.unicodeScalars[...]
        if method != .rstrip { rest = rest.drop(while: goes) }
        if method != .lstrip { while let last = rest.last, goes(last) { rest.removeLast() } }
        return String(rest)
    }

    private mutating func parts(of text: String, _ arguments: Arguments) throws(ExpressionError) -> [Operand] {
        try arguments.check(0...2)
        let place = arguments.position
        let limit = try arguments.integer(1, absent: -1)
        let most = limit < 0 ? Int.max : limit
        switch arguments.optional(0) {
        case nil, .none?:
            let words = text.unicodeScalars.split(
                maxSplits: most, omittingEmptySubsequences: true, whereSeparator: \.properties.isWhitespace)
            try charge(words.count, at: place)
            return words.map { .text(String($0)) }
        default:
            let separator = try arguments.text(0)
            if separator.isEmpty { throw arguments.unfit(0, "a text that is not empty") }
            let bytes = Array(text.utf8)
            var (start, parts): (Int, [Operand]) = (0, [])
            for found in try occurrences(of: separator, in: bytes, at: place).prefix(most) {
                parts.append(.text(String(decoding: bytes[start..<found], as: UTF8.self)))
                start = found + separator.utf8.count
            }
            return parts + [.text(String(decoding: bytes[start...], as: UTF8.self))]
        }
    }

    private mutating func joined(by separator: String, _ arguments: Arguments) throws(ExpressionError) -> String {
        try arguments.check(1...1)
        var result = ""
        for (index, element) in try elements(of: arguments.plain[0], at: arguments.position).enumerated() {
            guard case .text(let text) = element else { throw arguments.unfit(0, "a list of texts") }
            if index > 0 { try append(separator, to: &result, at: arguments.position) }
            try append(text, to: &result, at: arguments.position)
        }
        return result
    }

    private mutating func replaced(in text: String, _ arguments: Arguments) throws(ExpressionError) -> String {
        try arguments.check(2...3)
        let place = arguments.position
        let (old, new) = (try arguments.text(0), try arguments.text(1))
        if old.isEmpty { throw arguments.unfit(0, "a text that is not empty") }
        let limit = try arguments.integer(2, absent: -1)
        let bytes = Array(text.utf8)
        let found = try occurrences(of: old, in: bytes, at: place).prefix(limit < 0 ? Int.max : limit)
        let (added, overflow) = found.count.multipliedReportingOverflow(by: new.utf8.count)
        try admit(bytes: overflow ? .max : bytes.count + added, at: place)
        var result: [UInt8] = []
        var start = 0
        for place in found {
            result += bytes[start..<place]
            result += new.utf8
            start = place + old.utf8.count
        }
        return String(decoding: result + bytes[start...], as: UTF8.self)
    }

    /// Where `part` begins in `text`, without overlaps; an empty part begins at the first place only.
    private mutating func occurrences(
        of part: String, in text: [UInt8], at place: SourcePosition
    ) throws(ExpressionError) -> [Int] {
        let part = Array(part.utf8)
        guard let head = part.first else { return [0] }
        let (work, overflow) = text.count.multipliedReportingOverflow(by: part.count)
        try charge(bytes: overflow ? .max : work, at: place)
        var (index, places): (Int, [Int]) = (0, [])
        while index <= text.count - part.count {
            if text[index] == head, text[index..<(index + part.count)].elementsEqual(part) {
                try charge(at: place)
                places.append(index)
                index += part.count
            } else {
                index += 1
            }
        }
        return places
    }
}

extension String {
    fileprivate func ends(with part: String) -> Bool {
        utf8.count >= part.utf8.count && utf8.suffix(part.utf8.count).elementsEqual(part.utf8)
    }
}
