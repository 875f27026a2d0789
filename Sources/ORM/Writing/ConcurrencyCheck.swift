internal import PostgreSQL
internal import SQL
internal import Values

/// Refuses to change what somebody else changed since the client read it: the context's `__last_update` holds the
/// moment of reading for `model,id` (contract/orm.md §14).
struct ConcurrencyCheck {
    let records: Records

    /// - Throws: `ORMError.changedMeanwhile` for the first such record.
    func check() throws {
        guard case .dictionary(let moments) = records.environment.context["__last_update"],
            records.model.logsAccess
        else { return }
        var ids: [RecordID] = []
        var texts: [String] = []
        for id in records.ids {
            let key = "\(records.model.name),\(id)"
            // Each is looked at once: the call's own changes are nobody else's.
            guard let moment = moments[key]?.text, records.environment.pending.checked.insert(key).inserted else {
                continue
            }
            ids.append(id)
            texts.append(moment)
        }
        if ids.isEmpty { return }
        let result = try records.environment.rows(
            """
            SELECT "row"."id" FROM \(table: records.model.table) AS "row" \
            JOIN unnest(\(ids)::int[], \(texts)::text[]) AS "read"("id", "moment") ON "read"."id" = "row"."id" \
            WHERE "read"."moment"::timestamp < COALESCE("row"."write_date", "row"."create_date")
            """)
        if let changed = result.integers(column: 0).first {
            throw ORMError.changedMeanwhile(title: records.model.title, id: changed)
        }
    }
}
