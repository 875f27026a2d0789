/// Date and time patterns with `%` directives, as languages keep them and clients apply them.
enum DateFormat {
    /// What every client's date library knows.
    private static let directives: Set<Character> = [
        "a", "A", "b", "B", "c", "d", "H", "I", "j", "m", "M", "p", "S", "U", "w", "W", "x", "X", "y", "Y", "Z", "%",
    ]

    /// True when each `%` begins a directive that all clients know.
    static func isAllowed(_ pattern: String) -> Bool {
        var rest = pattern[...]
        while let sign = rest.firstIndex(of: "%") {
            rest = rest[rest.index(after: sign)...]
            guard let directive = rest.popFirst(), directives.contains(directive) else { return false }
        }
        return true
    }
}
