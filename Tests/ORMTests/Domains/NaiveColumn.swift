import Values

/// A leaf on a stored column, asked of one cell at a time, as the table of contract/domains.md §2 tells it. `nil` is
/// SQL's unknown.
struct NaiveColumn {
    let trait: Trait
    let comparison: String
    let value: Value

    func holds(for cell: Value) -> Bool? {
        switch comparison {
        case "in", "not in": return isMember(cell)
        case "=?":
            if value == .null || value == false { return true }
            return NaiveColumn(trait: trait, comparison: "=", value: value).holds(for: cell)
        case "like", "ilike", "not like", "not ilike", "=like", "=ilike": return matches(cell)
        default: break
        }
        if isAbsent { return comparedWithNothing(cell) }
        return cell == .null ? nil : compared(cell, with: converted)
    }

    // MARK: - Nothing

    private var isAbsent: Bool {
        if case .boolean = trait, value == 0 { return true }
        return value == .null || value == false
    }

    private func comparedWithNothing(_ cell: Value) -> Bool? {
        switch (comparison, trait) {
        case ("=", .boolean): return cell == .null || cell == false
        case ("=", _): return cell == .null
        case ("!=", .boolean), ("<>", .boolean): return cell != .null && cell != false
        case ("!=", _), ("<>", _): return cell != .null
        case (_, .integer), (_, .float): return cell == .null ? nil : compared(cell, with: 0)
        default: return nil
        }
    }

    // MARK: - Comparing

    /// The value as the field would store it.
    private var converted: Value {
        switch trait {
        case .boolean: return .boolean(value.isTruthy)
        case .integer: return value.text.flatMap { Int($0) }.map { .integer($0) } ?? value
        case .one: return value.list?.first ?? value
        case .float: return .float(value.number ?? value.text.flatMap { Double($0) } ?? 0)
        case .text(let size):
            let text = plain(value)
            return .text(size.map { String(text.prefix($0)) } ?? text)
        case .datetime:
            let late = comparison == "<" || comparison == "<="
            let text = plain(value)
            return .text(text.count == 10 ? text + (late ? " 23:59:59" : " 00:00:00") : text)
        default: return value
        }
    }

    private func compared(_ cell: Value, with other: Value) -> Bool {
        let order = Self.order(cell, other)
        switch comparison {
        case "<": return order < 0
        case ">": return order > 0
        case "<=": return order <= 0
        case ">=": return order >= 0
        case "!=", "<>": return order != 0
        default: return order == 0
        }
    }

    private static func order(_ one: Value, _ other: Value) -> Int {
        if let one = one.number, let other = other.number { return one < other ? -1 : one > other ? 1 : 0 }
        if case .boolean(let one) = one, case .boolean(let other) = other { return one == other ? 0 : one ? 1 : -1 }
        guard let one = one.text, let other = other.text else { fatalError("\(one) and \(other) do not compare") }
        if one == other { return 0 }
        return one.utf8.lexicographicallyPrecedes(other.utf8) ? -1 : 1
    }

    // MARK: - Lists

    private func isMember(_ cell: Value) -> Bool? {
        let positive = comparison == "in"
        let elements = value.list ?? []
        if elements.isEmpty { return (cell == .null) == positive }
        let given = elements.filter { $0 != .null && $0 != false && $0.number != 0 }
        if given.isEmpty { return positive ? cell == .null : true }
        let hit: Bool? = cell == .null ? nil : given.contains { Self.order(cell, asIs($0)) == 0 } == positive
        return given.count < elements.count && cell == .null ? true : hit
    }

    /// An element of a list, bound as it is: PostgreSQL alone reads it as the column's type.
    private func asIs(_ element: Value) -> Value {
        switch trait {
        case .datetime: .text(plain(element).count == 10 ? plain(element) + " 00:00:00" : plain(element))
        case .text: .text(plain(element))
        default: element
        }
    }

    // MARK: - Patterns

    private func matches(_ cell: Value) -> Bool? {
        let text = plain(value)
        let isExact = comparison.hasPrefix("=")
        let foldsCase = comparison.hasSuffix("ilike")
        if cell == .null { return text.isEmpty && !isExact ? true : nil }
        let pattern = isExact ? text : "%" + text + "%"
        let found = Self.fits(
            Array(foldsCase ? plain(cell).lowercased() : plain(cell))[...],
            Array(foldsCase ? pattern.lowercased() : pattern)[...])
        return found != comparison.hasPrefix("not")
    }

    private static func fits(_ text: ArraySlice<Character>, _ pattern: ArraySlice<Character>) -> Bool {
        guard let first = pattern.first else { return text.isEmpty }
        let rest = pattern.dropFirst()
        if first == "%" { return (0...text.count).contains { fits(text.dropFirst($0), rest) } }
        guard let letter = text.first, first == "_" || first == letter else { return false }
        return fits(text.dropFirst(), rest)
    }

    private func plain(_ value: Value) -> String {
        switch value {
        case .text(let text): text
        case .integer(let number): String(number)
        default: fatalError("\(value) is no text")
        }
    }
}
