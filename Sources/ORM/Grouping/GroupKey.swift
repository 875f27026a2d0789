internal import PostgreSQL
internal import SQL
internal import Values

/// The field records are grouped by: the expression whose equal values make a group, and how a group is told.
struct GroupKey {
    let field: Field
    let expression: SQL

    /// - Parameter column: The field's column with its table.
    init(_ field: Field, column: SQL) {
        self.field = field
        expression =
            switch field.kind {
            case .date, .datetime: "to_char(\(column), 'YYYY-MM')"
            case .boolean: "COALESCE(\(column), FALSE)"
            case .binary: "encode(\(column), 'escape')"
            default: column
            }
    }

    /// The value that tells a group, as it stands in a result: an id for a many2one, `2011-06` for a month.
    func raw(_ result: Result, row: Int, column: Int) -> Value {
        guard result.text(row, column) != nil else { return false }
        return field.kind.cellKind.value(of: result.bytes(row: row, column: column))
    }

    /// The value as a read gives it; months are told in words.
    func shown(_ raw: Value, names: [RecordID: String]) -> Value {
        switch field.kind {
        case .date, .datetime: return Month(raw).map { .text($0.label) } ?? false
        case .many2one:
            guard let id = raw.integer, let name = names[id] else { return false }
            return [.integer(id), .text(name)]
        default: return raw == false ? field.kind.emptyValue : raw
        }
    }

    /// The leaves that find a group's records again; the first tells the group.
    func leaves(_ raw: Value) -> [Value] {
        let name = Value.text(field.name)
        if case .date = field.kind, let month = Month(raw) { return month.leaves(on: name) }
        if case .datetime = field.kind, let month = Month(raw) { return month.leaves(on: name) }
        return [[name, "=", raw]]
    }
}

/// A month of a year, read from `2011-06`.
struct Month: Equatable {
    let year: Int
    let month: Int

    private static let names = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    init?(_ value: Value) {
        let parts = value.text?.split(separator: "-").compactMap { Int($0) } ?? []
        guard parts.count == 2, Self.names.indices.contains(parts[1] - 1) else { return nil }
        (year, month) = (parts[0], parts[1])
    }

    /// `June 2011`; English whatever the caller's language is (contract/orm.md §8).
    var label: String { Self.names[month - 1] + " " + padded(year, to: 4) }

    var firstDay: String { "\(padded(year, to: 4))-\(padded(month, to: 2))-01" }

    var lastDay: String { "\(padded(year, to: 4))-\(padded(month, to: 2))-\(days)" }

    private var days: Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days alone: a search on a datetime completes them to the first and the last second.
    func leaves(on field: Value) -> [Value] {
        [[field, ">=", .text(firstDay)], [field, "<=", .text(lastDay)]]
    }

    private func padded(_ number: Int, to width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
