internal import PostgreSQL
public import Values

extension Records {
    /// Writes values of its own on each of several records of the model, whatever the ids of this list are: as one write
    /// after the other would, with as few statements as the values allow. Overrides apply.
    ///
    /// Rows that name the same fields share all statements. Where an addon changed how these fields are written, and
    /// where values are translations, it is the rows with equal values that do.
    public func write(each rows: [(id: RecordID, values: FieldValues)]) throws {
        if rows.isEmpty { return }
        try Recomputation(environment: environment).around {
            for batch in WriteBatch.batches(of: rows) {
                if batch.rows.count > 1, isWrittenTogether(batch.fields), try writeTogether(batch.rows) { continue }
                for row in batch.rows { try other(row.ids).write(row.values) }
            }
        }
    }

    /// False when nothing was written, since a value was to pass from one record to another: PostgreSQL looks at each row
    /// as it is changed, in an order of its own.
    private func writeTogether(_ rows: [(ids: [RecordID], values: FieldValues)]) throws -> Bool {
        environment.noteTouched(model.name)
        do {
            try environment.savepoint { try RecordWriter(records: other(rows.flatMap(\.ids))).write(rows) }
            return true
        } catch let error as PostgreSQLError where error.isUniqueViolation {
            return false
        }
    }

    private func isWrittenTogether(_ fields: Set<FieldName>) -> Bool {
        if model.overrides.write.contains(where: { $0.isAbout(fields) }) { return false }
        return environment.language == Environment.sourceLanguage
            || !fields.contains { model.field($0)?.attributes.translate == true }
    }
}

/// Rows of a write that name the same fields, each record in one of them only.
private struct WriteBatch {
    let fields: Set<FieldName>
    /// Equal values once, with all records that get them.
    private(set) var rows: [(ids: [RecordID], values: FieldValues)] = []
    private var places: [FieldValues: Int] = [:]

    private init(_ fields: Set<FieldName>) { self.fields = fields }

    private mutating func append(_ id: RecordID, _ values: FieldValues) {
        if let place = places[values] {
            rows[place].ids.append(id)
        } else {
            places[values] = rows.count
            rows.append(([id], values))
        }
    }

    /// A record's second row comes after everything before it.
    static func batches(of rows: [(id: RecordID, values: FieldValues)]) -> [WriteBatch] {
        var batches: [WriteBatch] = []
        var open: [Set<FieldName>: Int] = [:]
        var met: Set<RecordID> = []
        for (id, values) in rows {
            if !met.insert(id).inserted {
                open = [:]
                met = [id]
            }
            let fields = Set(values.keys)
            let place = open[fields] ?? batches.count
            if place == batches.count { batches.append(WriteBatch(fields)) }
            open[fields] = place
            batches[place].append(id, values)
        }
        return batches
    }
}
