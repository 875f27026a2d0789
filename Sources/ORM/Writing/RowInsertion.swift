internal import PostgreSQL
internal import SQL
internal import Values

/// Inserts the rows of a create: those with the same columns by one statement a portion.
struct RowInsertion {
    /// How many rows one statement carries: enough that nobody waits for round trips, and bounded in memory.
    private static let portion = 20_000

    let model: Model
    let environment: Environment

    /// The new ids, in the order of the rows.
    func insert(_ rows: [[(field: Field, value: Value)]]) throws -> [RecordID] {
        var groups: [(fields: [Field], places: [Int])] = []
        var byNames: [[FieldName]: Int] = [:]
        for (place, row) in rows.enumerated() {
            let names = row.map(\.field.name)
            if let group = byNames[names] {
                groups[group].places.append(place)
            } else {
                byNames[names] = groups.count
                groups.append((row.map(\.field), [place]))
            }
        }
        var ids = [RecordID](repeating: 0, count: rows.count)
        for group in groups {
            for start in stride(from: 0, to: group.places.count, by: Self.portion) {
                let places = group.places[start..<min(start + Self.portion, group.places.count)]
                let values = places.map { place in rows[place].map(\.value) }
                let result = try environment.rows(statement(group.fields, values))
                for (place, id) in zip(places, result.integers(column: 0)) { ids[place] = id }
            }
        }
        return ids
    }

    private func statement(_ fields: [Field], _ rows: [[Value]]) throws -> SQL {
        if rows.count == 1 { return try single(fields, rows[0]) }
        if fields.isEmpty, !model.logsAccess { return empty(rows.count) }
        let conversion = ValueConversion(environment: environment)
        var arrays = RowArrays()
        for (place, field) in fields.enumerated() {
            arrays.append(field, try conversion.bindings(rows.map { $0[place] }, for: field).map(\.wireText))
        }
        // The rows' own order, so that the ids come in it.
        return """
            INSERT INTO \(table: model.table) (\(columnNames(fields))) \
            SELECT \((arrays.cells + logCells).joined(by: ", ")) FROM \(arrays.numbered(count: rows.count)) \
            ORDER BY "new"."number" RETURNING "id"
            """
    }

    private func single(_ fields: [Field], _ row: [Value]) throws -> SQL {
        if fields.isEmpty, !model.logsAccess { return empty(1) }
        let conversion = ValueConversion(environment: environment)
        let cells = try zip(fields, row).map { try conversion.stored($1, in: $0) } + logCells
        return """
            INSERT INTO \(table: model.table) (\(columnNames(fields))) VALUES (\(cells.joined(by: ", "))) RETURNING "id"
            """
    }

    /// Rows without a single column: the table's defaults make them.
    private func empty(_ count: Int) -> SQL {
        """
        INSERT INTO \(table: model.table) ("id") SELECT nextval(\(SQL.quoted(model.sequence).rendered().text)) \
        FROM generate_series(1, \(count)) RETURNING "id"
        """
    }

    private func columnNames(_ fields: [Field]) -> SQL {
        (fields.map(\.name) + (model.logsAccess ? ["create_uid", "create_date"] : []))
            .map { SQL.quoted($0) }.joined(by: ", ")
    }

    private var logCells: [SQL] { model.logsAccess ? ["\(environment.uid)::int", "now()"] : [] }
}
