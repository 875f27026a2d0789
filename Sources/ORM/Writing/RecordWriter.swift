internal import PostgreSQL
internal import SQL
internal import Values

/// Writes values on records (contract/orm.md §5): one UPDATE for the columns of all of them, whether each gets the same
/// values or its own.
struct RecordWriter {
    /// All records that are written.
    let records: Records

    /// The values of some of the records.
    private typealias Row = (ids: [RecordID], split: FieldSplit)

    private var model: Model { records.model }
    private var environment: Environment { records.environment }

    /// Writes the same values on all records.
    func write(_ values: FieldValues) throws { try write([(records.ids, values)]) }

    /// - Parameter rows: Values of the same fields, and each record in one of the rows. Several rows have no values for
    ///   translations.
    func write(_ rows: [(ids: [RecordID], values: FieldValues)]) throws {
        guard let named = rows.first?.values.keys else { return }
        let fields = try permitted(Set(named))
        let rows = rows.map { row -> Row in
            (row.ids, FieldSplit(row.values.filter { fields.contains($0.key) }, of: model))
        }
        // A model with delegation names the missing key, others overlook it (contract/orm.md §5).
        let unknown = rows[0].split.unknown
        try environment.overlook(unknown, of: model)
        if !model.delegates.isEmpty, let unknown = unknown.first { throw ORMError.missingKey(unknown) }
        try ConcurrencyCheck(records: records).check()
        try environment.check(.write, on: model)
        if model.isView { throw ORMError.badValue("cannot update a view") }
        if model.isTransient { try TransientRecords(records: records).useAll(.write) }

        let recomputation = Recomputation(environment: environment)
        try recomputation.willChange(records, fields: fields)
        let moves = try treeMoves(of: rows)
        try update(rows)
        try writeParents(of: rows)
        let inner = environment.with(context: environment.context.withoutDefaults)
        for (field, rows) in FieldSplit.relationsAndFunctions(of: rows) {
            if case .stored = field.storage {
                try RelationCommands(field: field, model: model, environment: inner).run(rows)
            } else {
                try FunctionWriter(field: field, model: model, environment: inner).write(rows)
            }
        }
        try Validation(records: records.refreshed).check(changed: fields)
        // The checks come first: they word what is wrong with a record that would lie within itself.
        try NestedSet(model: model, environment: environment).move(moves)
        try recomputation.changed(records.refreshed, fields: fields)
        try records.refreshed.advanceWorkflows()
    }

    /// The fields without those that are not the caller's to write.
    private func permitted(_ fields: Set<FieldName>) throws -> Set<FieldName> {
        try fields.filter { name in
            guard let groups = model.field(name)?.attributes.writeGroups, !groups.isEmpty else { return true }
            return try environment.registry.ports.access.isMember(ofAny: groups, in: environment)
        }
    }

    /// The records of a tree that get another parent, looked up before they have it.
    private func treeMoves(of rows: [Row]) throws -> [NestedSet.Move] {
        guard model.isNestedSet else { return [] }
        let moves = rows.flatMap { row -> [NestedSet.Move] in
            guard let given = row.split.columns.first(where: { $0.field.name == model.parentField })?.value else {
                return []
            }
            let parent = given.isTruthy ? given.recordID : nil
            return row.ids.map { ($0, parent) }
        }
        return try NestedSet(model: model, environment: environment).real(moves)
    }

    // MARK: - Columns

    private func update(_ rows: [Row]) throws {
        let fields = rows[0].split.columns.map(\.field)
        let language = environment.language
        let translated = language == Environment.sourceLanguage ? [] : fields.filter(\.attributes.translate)
        let (cells, source) = try cells(of: fields, in: rows)
        var assignments = zip(fields, cells).map { field, cell -> SQL in
            let name = SQL.quoted(field.name)
            // In another language only an empty column is filled (contract/orm.md §12).
            let isKept = translated.contains { $0.name == field.name }
            return isKept ? "\(name) = COALESCE(NULLIF(\(name), ''), \(cell))" : "\(name) = \(cell)"
        }
        if model.logsAccess { assignments += ["\"write_uid\" = \(environment.uid)", "\"write_date\" = now()"] }
        if assignments.isEmpty { return try records.checkRules(.write) }
        let rule = try environment.ruleCondition(.write, on: model)
        let permitted: SQL = rule.map { " AND \($0)" } ?? .empty
        let result = try environment.rows(
            "UPDATE \(table: model.table) SET \(assignments.joined(by: ", "))\(source)\(permitted)")
        let count = Set(records.ids).count
        if rule != nil { try records.checkCount(result.affectedRows, of: count, .write) }
        if result.affectedRows < count { throw ORMError.recordGone(model: model.name, title: model.title) }
        try store(translated, of: rows[0].split, in: language)
    }

    /// What columns are set to, and what of the statement follows.
    private func cells(of fields: [Field], in rows: [Row]) throws -> (cells: [SQL], source: SQL) {
        let conversion = ValueConversion(environment: environment)
        let id = model.column("id")
        if rows.count == 1 || fields.isEmpty {
            let cells = try rows[0].split.columns.map { try conversion.stored($0.value, in: $0.field) }
            return (cells, " WHERE \(id) = ANY(\(records.ids))")
        }
        var arrays = RowArrays()
        for (place, field) in fields.enumerated() {
            let stored = try conversion.bindings(rows.map { $0.split.columns[place].value }, for: field)
            arrays.append(
                field, zip(rows, stored).flatMap { row, cell in row.ids.map { _ in cell.wireText } })
        }
        let source = arrays.identified(by: rows.flatMap(\.ids))
        return (arrays.cells, " FROM \(source) WHERE \(id) = \"new\".\"id\"")
    }

    private func store(_ translated: [Field], of split: FieldSplit, in language: String) throws {
        if translated.isEmpty { return }
        let conversion = ValueConversion(environment: environment)
        let names = Set(translated.map(\.name))
        let values = try split.columns.filter { names.contains($0.field.name) }.map { column in
            (field: column.field.name, value: try conversion.binding(column.value, for: column.field).wireText)
        }
        try environment.registry.ports.translator.store(values, of: records, in: language)
    }

    // MARK: - Parents

    private func writeParents(of rows: [Row]) throws {
        for delegate in model.delegates where rows[0].split.parents[delegate.model] != nil {
            // As the superuser: the written record may lie beyond the caller's own rules by now.
            let links = try records.asSuperuser.map { try $0.value(delegate.link).integer }
            let written = rows.flatMap { row in
                row.ids.compactMap { id in
                    links[id].flatMap { $0 }.map { (id: $0, values: row.split.parents[delegate.model] ?? [:]) }
                }
            }
            try environment.records(delegate.model).write(each: written)
        }
    }
}
