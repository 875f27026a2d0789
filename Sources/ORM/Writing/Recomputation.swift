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
        let records = records.asSuperuser
        for trigger in triggers(of: records, fields: fields) where trigger.records != nil {
            try note(trigger, changed: records)
        }
    }

    /// Notes records that depend on what has changed. No fields means all.
    func changed(_ records: Records, fields: Set<FieldName>?) throws {
        let records = records.asSuperuser
        for trigger in triggers(of: records, fields: fields) { try note(trigger, changed: records) }
    }

    private func triggers(of records: Records, fields: Set<FieldName>?) -> [StoreTrigger] {
        let all = environment.registry.triggers[records.model.name] ?? []
        guard let fields else { return all }
        return all.filter { $0.watched.isEmpty || !$0.watched.isDisjoint(with: fields) }
    }

    private func note(_ trigger: StoreTrigger, changed records: Records) throws {
        let ids = try trigger.records?(records) ?? records.ids
        let field = StaleField(model: trigger.model, field: trigger.field)
        var stale = pending.stale[field] ?? StaleRecords(ids: [], priority: trigger.priority, hours: trigger.hours)
        stale.ids.formUnion(ids)
        stale.priority = min(stale.priority, trigger.priority)
        stale.hours = stale.hours.flatMap { first in trigger.hours.map { min(first, $0) } }
        pending.stale[field] = stale
    }

    /// Computes what is stale now, for whoever looks at stored values before the change has ended.
    func flush() throws {
        // Computing may itself write; what that makes stale is computed in the next round.
        var rounds = 0
        while !pending.stale.isEmpty {
            rounds += 1
            guard rounds <= 100 else { throw ORMError.badValue("stored fields keep changing one another") }
            let stale = pending.stale.filter { !$0.value.ids.isEmpty }
            pending.stale = [:]
            let order = stale.sorted {
                ($0.value.priority, $0.key.model, $0.key.field) < ($1.value.priority, $1.key.model, $1.key.field)
            }
            var done: Set<StaleField> = []
            for (key, records) in order where !done.contains(key) {
                let model = try environment.registry.model(key.model)
                guard let field = model.ownField(key.field) else { continue }
                let together = fields(computedWith: field, of: model, among: stale, for: records)
                done.formUnion(together.map { StaleField(model: model.name, field: $0.name) })
                let ids = try oldEnough(records, of: model)
                if !ids.isEmpty { try compute(together, of: model, ids) }
            }
        }
    }

    /// The field, and those of its group that are stale for the same records: they are computed in one go.
    private func fields(
        computedWith field: Field, of model: Model, among stale: [StaleField: StaleRecords], for records: StaleRecords
    ) -> [Field] {
        guard let group = field.computation?.group else { return [field] }
        return model.fields.filter { other in
            guard other.computation?.group?.name == group.name,
                let its = stale[StaleField(model: model.name, field: other.name)]
            else { return false }
            return its.ids == records.ids && its.hours == records.hours
        }
    }

    private func oldEnough(_ records: StaleRecords, of model: Model) throws -> [RecordID] {
        let ids = records.ids.sorted()
        guard let hours = records.hours, model.logsAccess else { return ids }
        return try environment.rows(
            """
            SELECT "id" FROM \(table: model.table) WHERE "id" = ANY(\(ids)) \
            AND COALESCE("write_date", "create_date") <= now()::timestamp - make_interval(hours => \(hours)) ORDER BY "id"
            """
        ).integers(column: 0)
    }

    /// Computes fields of one group, or one field, by one computation and one UPDATE. By direct SQL: no write call, no
    /// trigger, and the record's write date stays.
    func compute(_ fields: [Field], of model: Model, _ ids: [RecordID]) throws {
        let records = Records(of: model, ids, in: environment.superuser)
        let conversion = ValueConversion(environment: environment.superuser)
        let values = try ComputedReader.values(of: fields, for: records, naming: false)
        var arrays = RowArrays()
        for (field, values) in zip(fields, values) {
            let stored = try conversion.bindings(ids.map { values[$0] ?? .null }, for: field)
            arrays.append(field, zip(ids, stored).map { id, binding in values[id] == nil ? nil : binding.wireText })
        }
        let assignments = zip(fields, arrays.cells).map { field, cell -> SQL in "\(column: field.name) = \(cell)" }
        try environment.rows(
            """
            UPDATE \(table: model.table) SET \(assignments.joined(by: ", ")) FROM \(arrays.identified(by: ids)) \
            WHERE \(model.column("id")) = "new"."id"
            """)
    }
}
