internal import SQL
internal import Values

/// The values of many rows for one statement: an array for each column, taken apart by `unnest`. The statement's text is
/// the same however many rows there are.
struct RowArrays {
    /// The parameters in order: `$1::text[]`.
    private var arrays: [SQL] = []
    /// What they are called in the statement.
    private var names: [SQL] = []
    /// Each column's cell of a row, as its field's column takes it.
    private(set) var cells: [SQL] = []

    /// Adds a field's column; a value for each row, in PostgreSQL's text.
    mutating func append(_ field: Field, _ values: [String?]) {
        let name = SQL.quoted("c\(names.count)")
        arrays.append("\(Binding.column(values))::text[]")
        names.append(name)
        let cell: SQL = "\"new\".\(name)"
        if case .binary = field.kind {
            // Base64 text is kept as it is, not decoded.
            cells.append("convert_to(\(cell), 'UTF8')")
        } else {
            cells.append("\(cell)::\(trusted: field.columnType?.name ?? "text")")
        }
    }

    /// `unnest(…) WITH ORDINALITY AS "new"("c0", …, "number")`: rows that know their place.
    ///
    /// - Parameter count: How many rows there are; they may be without any column.
    func numbered(count: Int) -> SQL {
        let arrays =
            arrays.isEmpty ? ["\(Binding.column(Array(repeating: nil, count: count)))::text[]"] : arrays
        let names = (names.isEmpty ? [SQL.quoted("c0")] : names) + [SQL.quoted("number")]
        return """
            unnest(\(arrays.joined(by: ", "))) WITH ORDINALITY AS "new"(\(names.joined(by: ", ")))
            """
    }

    /// `unnest(…) AS "new"("id", "c0", …)`: rows that belong to records.
    func identified(by ids: [RecordID]) -> SQL {
        let arrays: [SQL] = ["\(ids)::int[]"] + arrays
        return "unnest(\(arrays.joined(by: ", "))) AS \"new\"(\(([SQL.quoted("id")] + names).joined(by: ", ")))"
    }
}
