public import SQL
public import Values

/// A leaf on a stored column as SQL (contract/domains.md §2). Values are bound, lists as one array.
///
/// - Throws: `DomainError` in the words of the original, for operators the column's type does not know and values it
///   cannot hold.
public func columnCondition(
    on column: SQL, kind: ColumnKind, comparison: Comparison, value: Value
) throws(DomainError) -> SQL {
    try ColumnCondition(column: column, kind: kind, comparison: comparison, value: value).sql()
}

private struct ColumnCondition {
    let column: SQL
    let kind: ColumnKind
    let comparison: Comparison
    let value: Value

    func sql() throws(DomainError) -> SQL {
        switch comparison {
        case .in, .notIn: return try membership()
        case .childOf: throw .unsupported("syntax error at or near \"child_of\"\n")
        case .equalIfGiven:
            return value.isAbsent
                ? "TRUE"
                : try ColumnCondition(
                    column: column, kind: kind, comparison: .equal, value: value
                ).sql()
        default: break
        }
        if comparison.isPattern { return try pattern() }
        if isNoValue { return try absence() }
        return try relation()
    }

    // MARK: - No value

    /// False and None; on a boolean column 0 as well, since Python takes it for False.
    private var isNoValue: Bool {
        value.isAbsent || (kind == .boolean && value == 0)
    }

    private func absence() throws(DomainError) -> SQL {
        switch (comparison, kind) {
        case (.equal, .boolean): "(\(column) IS NULL OR \(column) = FALSE)"
        case (.equal, _): "\(column) IS NULL"
        case (.notEqual, .boolean), (.unequal, .boolean): "(\(column) IS NOT NULL AND \(column) <> FALSE)"
        case (.notEqual, _), (.unequal, _): "\(column) IS NOT NULL"
        case (_, .integer), (_, .float): "\(column) \(symbol) 0"
        case (_, .boolean): "\(column) \(symbol) FALSE"
        // What is compared with an id is taken as it is, and no number is before or after a truth value.
        case (_, .identifier) where value == false:
            throw .unsupported("operator does not exist: integer \(symbol.rendered().text) boolean\n")
        // Nothing lies before or after no date, and nothing does not either: unknown stays unknown under NOT.
        default: "NULL::boolean"
        }
    }

    // MARK: - Comparing

    private var symbol: SQL {
        switch comparison {
        case .notEqual, .unequal: "<>"
        case .less: "<"
        case .greater: ">"
        case .lessOrEqual: "<="
        case .greaterOrEqual: ">="
        default: "="
        }
    }

    private func relation() throws(DomainError) -> SQL {
        switch kind {
        case .boolean: "\(column) \(symbol) \(value.isTruthy)"
        case .integer: Self.wide("\(column) \(symbol) ", try integer(value))
        case .identifier: Self.wide("\(column) \(symbol) ", try identifier(value))
        case .float(let digits): "\(column) \(symbol) \(try float(value, digits: digits))"
        case .text(let size): "\(column) \(symbol) \(value.plainText.cut(to: size))"
        case .datetime: "\(column) \(symbol) \(wholeDay(value.plainText))"
        case .date, .time: "\(column) \(symbol) \(value.plainText)"
        case .binary: "\(column) \(symbol) convert_to(\(value.plainText)::text, 'UTF8')"
        }
    }

    /// A number beyond the column's 32 bits is compared as one of 64, and found nowhere.
    private static func wide(_ comparison: SQL, _ number: Binding) -> SQL {
        if case .integer(let value) = number, Int32(exactly: value) == nil { return "\(comparison)\(number)::bigint" }
        return "\(comparison)\(number)"
    }

    private func integer(_ value: Value) throws(DomainError) -> Binding {
        do { return .integer(try value.wholeNumber()) } catch { throw .badValue(error.reason) }
    }

    /// One id; a list of one is taken for it.
    private func identifier(_ value: Value) throws(DomainError) -> Binding {
        let single = value.list?.count == 1 ? value.list?.first ?? value : value
        if case .list = single { throw .badValue("list index out of range") }
        if let id = single.recordID { return .integer(id) }
        if case .float(let number) = single { return .float(number) }
        if case .boolean(let flag) = single { return .integer(flag ? 1 : 0) }
        throw .badValue("invalid input syntax for type integer: \"\(single.plainText)\"\n")
    }

    private func float(_ value: Value, digits: Int?) throws(DomainError) -> Binding {
        do {
            let number = try value.decimalNumber()
            return .float(digits.map { number.rounded(toScale: $0) } ?? number)
        } catch { throw .badValue(error.reason) }
    }

    /// A bare day against a moment: its first or its last second, by the side that is asked for.
    private func wholeDay(_ text: String) -> String {
        guard text.utf8.count == 10 else { return text }
        return switch comparison {
        case .greater, .greaterOrEqual: text + " 00:00:00"
        case .less, .lessOrEqual: text + " 23:59:59"
        default: text
        }
    }

    // MARK: - Patterns

    private func pattern() throws(DomainError) -> SQL {
        guard kind.isText else { throw try patternOnOtherKind() }
        let text = value.isAbsent ? "" : value.plainText
        let isExact = comparison == .exactLike || comparison == .exactILike
        let bound = isExact ? text : "%" + text + "%"
        let word: SQL =
            switch comparison {
            case .like, .exactLike: "LIKE"
            case .ilike, .exactILike: "ILIKE"
            case .notLike: "NOT LIKE"
            default: "NOT ILIKE"
            }
        // An empty text matches rows without a value, too.
        return text.isEmpty && !isExact
            ? "(\(column) \(word) \(bound) OR \(column) IS NULL)" : "\(column) \(word) \(bound)"
    }

    private func patternOnOtherKind() throws(DomainError) -> DomainError {
        switch (comparison, kind) {
        case (.exactLike, .float), (.exactILike, .float), (.exactLike, .integer), (.exactILike, .integer):
            return .badValue("invalid literal for float(): \(value.plainText)")
        default:
            let symbol =
                switch comparison {
                case .like, .exactLike: "~~"
                case .notLike: "!~~"
                case .notILike: "!~~*"
                default: "~~*"
                }
            return .unsupported("operator does not exist: \(kind.typeName) \(symbol) unknown\n")
        }
    }

    // MARK: - Membership

    private func membership() throws(DomainError) -> SQL {
        guard let elements = value.list else {
            throw .badValue("'\(value.integer == nil ? "str" : "int")' object has no attribute '__getitem__'")
        }
        let isIn = comparison == .in
        // False, and with it 0, stands for rows without a value.
        let values = elements.filter { !$0.isAbsent && $0.number != 0 }
        let takesNull = values.count < elements.count
        let null: SQL = "\(column) IS NULL"
        if values.isEmpty {
            if elements.isEmpty {
                if kind == .identifier, isIdentity { return isIn ? "FALSE" : "TRUE" }
                return isIn ? null : "\(column) IS NOT NULL"
            }
            return isIn ? null : "TRUE"
        }
        let array = try array(values)
        var bound: SQL = "\(array)"
        if case .integers(let numbers) = array, numbers.contains(where: { Int32(exactly: $0) == nil }) {
            bound += "::bigint[]"
        }
        let member: SQL = isIn ? "\(column) = ANY(\(bound))" : "\(column) <> ALL(\(bound))"
        return takesNull ? "(\(member) OR \(null))" : member
    }

    /// True for the column `id`, which is never NULL.
    private var isIdentity: Bool { column.rendered().text.hasSuffix(".\"id\"") }

    private func array(_ values: [Value]) throws(DomainError) -> Binding {
        switch kind {
        case .identifier, .integer:
            var numbers: [Int] = []
            for value in values {
                guard let number = value.recordID ?? (value == true ? 1 : nil) else {
                    throw .badValue("invalid input syntax for type integer: \"\(value.plainText)\"\n")
                }
                numbers.append(number)
            }
            return .integers(numbers)
        case .float:
            var numbers: [Double] = []
            for value in values {
                guard let number = value.number ?? value.text.flatMap({ Double($0.trimmed) }) else {
                    throw .badValue("invalid input syntax for type double precision: \"\(value.plainText)\"\n")
                }
                numbers.append(number)
            }
            return .floats(numbers)
        case .boolean, .text, .date, .datetime, .time, .binary:
            return .texts(values.map(\.plainText))
        }
    }
}
