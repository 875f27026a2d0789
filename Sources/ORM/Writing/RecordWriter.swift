internal import PostgreSQL
internal import SQL
internal import Values

/// Writes the same values on many records (contract/orm.md §5): one UPDATE for the columns of all of them.
struct RecordWriter {
    let records: Records

    private var model: Model { records.model }
    private var environment: Environment { records.environment }

    func write(_ values: FieldValues) throws {
        let values = try permitted(values)
        let split = FieldSplit(values, of: model)
        // A model with delegation names the missing key, others overlook it (contract/orm.md §5).
        try environment.overlook(split.unknown, of: model)
        if !model.delegates.isEmpty, let unknown = split.unknown.first { throw ORMError.missingKey(unknown) }
        try ConcurrencyCheck(records: records).check()
        try environment.check(.write, on: model)
        if model.isView { throw ORMError.badValue("cannot update a view") }
        if model.isTransient { try TransientRecords(records: records).useAll(.write) }

        let recomputation = Recomputation(environment: environment)
        let fields = Set(values.keys)
        try recomputation.willChange(records, fields: fields)
        let move = try treeMove(of: split)
        try update(split.columns)
        try writeParents(split.parents)
        let inner = environment.with(context: environment.context.withoutDefaults)
        for (field, value) in split.relationsAndFunctions {
            if case .stored = field.storage {
                try RelationCommands(field: field, model: model, environment: inner).run([(records.ids, value)])
            } else {
                try set(field, value, in: inner)
            }
        }
        try Validation(records: records.refreshed).check(changed: fields)
        // The checks come first: they word what is wrong with a record that would lie within itself.
        if let move { try NestedSet(model: model, environment: environment).move(move.ids, under: move.parent) }
        try recomputation.changed(records.refreshed, fields: fields)
    }

    /// The values without those of fields that are not the caller's to write.
    private func permitted(_ values: FieldValues) throws -> FieldValues {
        try values.filter { name, _ in
            guard let groups = model.field(name)?.attributes.writeGroups, !groups.isEmpty else { return true }
            return try environment.registry.ports.access.isMember(ofAny: groups, in: environment)
        }
    }

    /// The records of a tree that get another parent, looked up before they have it.
    private func treeMove(of split: FieldSplit) throws -> (ids: [RecordID], parent: RecordID?)? {
        guard model.isNestedSet, let moved = split.columns.first(where: { $0.field.name == model.parentField }) else {
            return nil
        }
        let parent = moved.value.isTruthy ? moved.value.recordID : nil
        return (try NestedSet(model: model, environment: environment).moving(records.ids, under: parent), parent)
    }

    private func update(_ columns: [(field: Field, value: Value)]) throws {
        let conversion = ValueConversion(environment: environment)
        let language = environment.language
        let translated =
            language == Environment.sourceLanguage ? [] : columns.filter(\.field.attributes.translate)
        var assignments = try columns.map { column -> SQL in
            let value = try conversion.stored(column.value, in: column.field)
            // In another language only an empty column is filled (contract/orm.md §12).
            let isKept = translated.contains { $0.field.name == column.field.name }
            let name = SQL.quoted(column.field.name)
            return isKept ? "\(name) = COALESCE(NULLIF(\(name), ''), \(value))" : "\(name) = \(value)"
        }
        if model.logsAccess { assignments += ["\"write_uid\" = \(environment.uid)", "\"write_date\" = now()"] }
        if assignments.isEmpty { return try records.checkRules(.write) }
        let rule = try environment.ruleCondition(.write, on: model)
        let permitted: SQL = rule.map { " AND \($0)" } ?? .empty
        let result = try environment.rows(
            """
            UPDATE \(table: model.table) SET \(assignments.joined(by: ", ")) \
            WHERE \(table: model.table)."id" = ANY(\(records.ids))\(permitted)
            """)
        if rule != nil { try records.checkCount(result.affectedRows, of: Set(records.ids).count, .write) }
        if result.affectedRows < Set(records.ids).count {
            throw ORMError.recordGone(model: model.name, title: model.title)
        }
        if translated.isEmpty { return }
        let values = try translated.map { column in
            (field: column.field.name, value: try conversion.binding(column.value, for: column.field).wireText)
        }
        try environment.registry.ports.translator.store(values, of: records, in: language)
    }

    private func writeParents(_ parents: [ModelName: FieldValues]) throws {
        for delegate in model.delegates {
            guard let values = parents[delegate.model] else { continue }
            // As the superuser: the written record may lie beyond the caller's own rules by now.
            let links = try records.asSuperuser.compactMap { try $0.value(delegate.link).integer }.distinct
            try environment.records(delegate.model, links).write(values)
        }
    }

    /// Hands a value to the code behind a function field, or to the record at the end of a related path.
    private func set(_ field: Field, _ value: Value, in environment: Environment) throws {
        switch field.storage {
        case .computed(let computation):
            try computation.set?(records.seen(in: environment), value)
        case .related(let path, _):
            guard !field.attributes.readonly, let last = path.last else { return }
            var ends: [Record] = Array(records.asSuperuser)
            for step in path.dropLast() {
                ends = try ends.compactMap { end in
                    end.model.field(step)?.kind.isToMany == true ? try end.many(step).first : try end.one(step)
                }
            }
            guard let model = ends.first?.model else { return }
            let ids = ends.map(\.id).distinct
            // Found as the superuser, written as the caller: only reading is free (contract/orm.md §9).
            try Records(of: model, ids, in: environment).write([last: value])
        case .property:
            let cell = try ValueConversion(environment: environment).binding(value, for: field).wireText
            let cells = Dictionary(records.ids.map { ($0, cell) }, uniquingKeysWith: { first, _ in first })
            try environment.registry.ports.properties.store(cells, of: field, on: model, in: environment)
        case .stored:
            break
        }
    }
}
