internal import Foundation

/// How a language writes numbers: `1.234,50`.
struct NumberFormat {
    /// Sizes of the groups of digits from the right; 0 repeats the one before, -1 ends grouping. Empty groups nothing.
    let grouping: [Int]
    let separator: String
    let decimalPoint: String

    /// A Python pattern for one number: `%.2f`, `%+d`.
    struct Pattern: Equatable {
        let showsSign: Bool
        /// Digits after the point; nil writes whole numbers.
        let precision: Int?

        /// nil unless the text is `%`, perhaps `+`, perhaps a precision of at most 20 digits, and `d`, `i`, `f` or `F`.
        init?(_ text: String) {
            var rest = text[...]
            guard rest.popFirst() == "%", let kind = rest.popLast() else { return nil }
            showsSign = rest.first == "+"
            if showsSign { rest.removeFirst() }
            switch kind {
            case "d", "i":
                guard rest.isEmpty else { return nil }
                precision = nil
            case "f", "F":
                if rest.isEmpty {
                    precision = 6
                } else {
                    guard rest.popFirst() == ".", let digits = Int(rest.isEmpty ? "0" : rest), (0...20).contains(digits)
                    else { return nil }
                    precision = digits
                }
            default: return nil
            }
        }
    }

    /// The sizes in a text such as `[3,2,0]`; none when it is no such list.
    static func groupSizes(in text: String) -> [Int] {
        let inner = text.filter { !" []".contains($0) }
        let sizes = inner.split(separator: ",").map { Int($0) }
        return sizes.contains(nil) ? [] : sizes.compactMap(\.self)
    }

    /// The number by the pattern; its whole digits in groups when asked for.
    func text(of number: Double, by pattern: Pattern, grouped: Bool) -> String {
        let plain =
            pattern.precision.map { String(format: "%.\($0)f", number) }
            ?? String(format: "%.0f", number.rounded(.towardZero))
        let isNegative = plain.hasPrefix("-")
        let parts = plain.drop { $0 == "-" }.split(separator: ".", maxSplits: 1)
        var text = parts.first.map(String.init) ?? ""
        if grouped { text = group(text) }
        if parts.count > 1 { text += decimalPoint + parts[1] }
        return (isNegative ? "-" : pattern.showsSign ? "+" : "") + text
    }

    private func group(_ digits: String) -> String {
        guard digits.allSatisfy(\.isNumber) else { return digits }
        var rest = digits[...]
        var groups: [Substring] = []
        var size = 0
        var place = 0
        while true {
            if place < grouping.count {
                if grouping[place] != 0 { size = grouping[place] }
                place += 1
            } else if grouping.last != 0 {
                break
            }
            guard size > 0, rest.count > size else { break }
            groups.append(rest.suffix(size))
            rest = rest.dropLast(size)
        }
        return ([rest] + groups.reversed()).joined(separator: separator)
    }
}
