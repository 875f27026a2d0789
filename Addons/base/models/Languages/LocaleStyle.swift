internal import Foundation

/// How a country writes numbers and dates, by ICU's data; what `res.lang` starts with. What clients of OpenERP cannot
/// show, letters between the parts of a date or marks of direction, is left out.
struct LocaleStyle: Equatable {
    /// `%d/%m/%Y`
    let dateFormat: String
    /// `%H:%M:%S`
    let timeFormat: String
    let decimalPoint: String
    let thousandsSeparator: String
    /// `[3,0]`: groups of three digits throughout.
    let grouping: String
    let isRightToLeft: Bool

    private static let rightToLeft: Set<Substring> = ["ar", "fa", "he", "ur"]

    /// - Parameter code: `fr_BE`, `sr@latin`; of one that nobody knows come the ways of no country in particular.
    init(of code: String) {
        let identifier = code.hasSuffix("@latin") ? code.replacing("@latin", with: "_Latn") : code
        let locale = Locale(identifier: identifier)
        let date = DateFormatter.dateFormat(fromTemplate: "yMMdd", options: 0, locale: locale) ?? ""
        let time = DateFormatter.dateFormat(fromTemplate: "jmmss", options: 0, locale: locale) ?? ""
        dateFormat = Self.directives(date, Self.dateParts, needing: 3) ?? "%m/%d/%Y"
        timeFormat = Self.directives(time, Self.timeParts, needing: 3) ?? "%H:%M:%S"
        let point = Self.separator(locale.decimalSeparator) ?? "."
        decimalPoint = point
        thousandsSeparator = Self.separator(locale.groupingSeparator) ?? (point == "," ? "." : ",")
        grouping = Self.grouping(in: locale)
        isRightToLeft = Self.rightToLeft.contains(code.prefix { $0.isASCII && $0.isLetter })
    }

    /// The sizes of groups, seen in a number of ten digits.
    private static func grouping(in locale: Locale) -> String {
        let text = 1_234_567_890.formatted(.number.locale(locale))
        guard let separator = locale.groupingSeparator,
            case let groups = text.components(separatedBy: separator).reversed().map(\.count), groups.count > 2
        else { return "[3,0]" }
        return groups[0] == groups[1] ? "[\(groups[0]),0]" : "[\(groups[0]),\(groups[1]),0]"
    }

    private static let dateParts: [Character: String] = ["d": "%d", "M": "%m", "L": "%m", "y": "%Y", "u": "%Y"]
    private static let timeParts: [Character: String] = [
        "H": "%H", "k": "%H", "h": "%I", "K": "%I", "m": "%M", "s": "%S", "a": "%p", "b": "%p", "B": "%p",
    ]

    /// A pattern of ICU's as directives; nil when not all parts are in it.
    private static func directives(_ pattern: String, _ parts: [Character: String], needing count: Int) -> String? {
        var found: [String] = []
        var between = ""
        var text = ""
        var isQuoted = false
        for character in pattern {
            if character == "'" {
                isQuoted.toggle()
            } else if isQuoted {
                continue
            } else if let part = parts[character] {
                if found.last == part { continue }
                text += (found.isEmpty ? "" : between) + part
                found.append(part)
                between = ""
            } else if "/-.: ".contains(character) || character == "\u{A0}" || character == "\u{202F}" {
                between += character.isWhitespace ? " " : String(character)
            }
        }
        return Set(found).count >= count ? text : nil
    }

    /// A separator of numbers that every client can show; a narrow space that does not break becomes an ordinary one
    /// that does not.
    private static func separator(_ text: String?) -> String? {
        guard let text, text.count == 1 else { return nil }
        switch text {
        case ".", ",", "'", "\u{A0}": return text
        case "\u{2019}": return "'"
        case " ", "\u{202F}": return "\u{A0}"
        default: return nil
        }
    }
}
