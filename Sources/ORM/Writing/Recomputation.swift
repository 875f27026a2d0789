internal import PostgreSQL
internal import SQL
internal import Values

/// Keeps stored computed fields fresh: collects what went stale while a create, write or unlink runs, and computes it
/// at the end of the outermost one, one computation and one UPDATE a field for all records (contract/orm.md §9).
struct Recomputation {
    let environment: Environment

    private var pending: PendingWork { environment.pending }

    /// Runs a change; stored values are brought up to date when the outermost change has ended.
    func around<Answer>(_ change: () throws -> Answer) throws -> Answer {
        pending.depth += 1
        defer { pending.depth -= 1 }
        let answer = try change()
        if pending.depth == 1 { try flush() }
        return answer
    }

    /// Notes records that depend on what is about to change: afterwards the way to them may be gone.
    func willChange(_ records: Records, fields: Set<FieldName>?) throws {
        for trigger in triggers(of: records, fields: fields) where trigger.records != nil {
            try note(trigger, changed: records)
        }
    }

    /// Notes records that depend on what has changed. No fields means all.
    func changed(_ records: Records, fields: Set<FieldName>?) throws {
        for trigger in triggers(of: records, fields: fields) { try note(trigger, changed: records) }
    }

    private func triggers(of records: Records, fields: Set<FieldName>?) -> [StoreTrigger] {
        let all = environment.registry.triggers[records.model.name] ?? []
        guard let fields else { return all }
        return all.filter { $0.watched.isEmpty || !$0.watched.isDisjoint(with: fields) }
    }

    private func note(_ trigger: StoreTrigger, changed records: Records) throws {
        let stale = try trigger.records?(records.asSuperuser) ?? records.ids
        pending.stale[trigger.model, default: [:]][trigger.field, default: []].formUnion(stale)
    }

    private func flush() throws {
        // Computing may itself write; what that makes stale is computed in the next round.
        var rounds = 0
        while !pending.stale.isEmpty {
            rounds += 1
            guard rounds <= 100 else { throw ORMError.badValue("stored fields keep changing one another") }
            let stale = pending.stale
            pending.stale = [:]
            for (model, fields) in stale.sorted(by: { $0.key < $1.key }) {
                for (field, ids) in fields.sorted(by: { $0.key < $1.key }) where !ids.isEmpty {
                    try compute(field, of: model, ids.sorted())
                }
            }
        }
    }

    /// By direct SQL: no write call, no trigger, and the record's write date stays.
    func compute(_ name: FieldName, of modelName: ModelName, _ ids: [RecordID]) throws {
        let model = try environment.registry.model(modelName)
        guard let field = model.ownField(name), let computation = field.computation else { return }
        let values = try computation.get(Records(of: model, ids, in: environment.superuser))
        let conversion = ValueConversion(environment: environment.superuser)
        let cells = try ids.map { id in
            try values[id].flatMap { try conversion.binding($0, for: field).wireText }
        }
        try environment.rows(
            """
            UPDATE \(table: model.table) SET \(column: name) = "new"."value"::\(trusted: field.kind.columnType ?? "text") \
            FROM unnest(\(ids)::int[], \(Binding.column(cells))::text[]) AS "new"("id", "value") \
            WHERE \(table: model.table)."id" = "new"."id"
            """)
    }
}
