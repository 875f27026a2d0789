internal import SQL
internal import Values

/// Creates records of one model (contract/orm.md §5): defaults, parents, rows, relations, checks, stored values.
struct RecordCreator {
    /// The model's handle; its ids are empty.
    let handle: Records

    private var model: Model { handle.model }
    private var environment: Environment { handle.environment }

    /// The new ids, in the order of the rows.
    func create(_ rows: [FieldValues]) throws -> [RecordID] {
        try environment.check(.create, on: model)
        if model.isView {
            throw UserError(
                "UserError",
                "You cannot perform this operation. New Record Creation is not allowed for this object as this object "
                    + "is for reporting purpose.")
        }
        if rows.isEmpty { return [] }
        var splits = try completed(rows).map { FieldSplit($0, of: model) }
        for split in splits { try environment.overlook(split.unknown, of: model) }
        try createParents(of: &splits)
        let ids = try RowInsertion(model: model, environment: environment).insert(splits.map(\.columns))

        let created = handle.other(ids)
        if model.isTransient, ids.contains(where: { $0.isMultiple(of: TransientSweep.interval) }) {
            try TransientSweep(environment: environment).sweep([model], keeping: ids)
        }
        try created.checkRules(.create)
        if model.isNestedSet {
            let parents = splits.map { split in
                split.columns.first { $0.field.name == model.parentField }?.value.recordID
            }
            try NestedSet(model: model, environment: environment)
                .append(zip(ids, parents).map { (id: $0, parent: $1) })
        }
        try writeRelations(of: splits, for: ids)
        try Validation(records: created).check(changed: nil)
        // With this key the caller sees to stored values himself (contract/orm.md §5).
        if !environment.context["no_store_function"].isTruthy {
            try Recomputation(environment: environment).changed(created, fields: nil)
        }
        if model.logsCreation { try created.logCreation() }
        try created.startWorkflows()
        return ids
    }

    // MARK: - Values

    /// The rows with defaults for what they do not name, and False for every boolean left.
    private func completed(_ rows: [FieldValues]) throws -> [FieldValues] {
        var shared: [[FieldName]: FieldValues] = [:]
        return try rows.map { row in
            // With a parent given, the parent's own values stand instead of its defaults.
            let linked = Set(model.delegates.filter { row[$0.link]?.isTruthy == true }.map(\.model))
            let missing = model.fieldNames.filter { name in
                guard row[name] == nil else { return false }
                return model.inherited[name].map { !linked.contains($0.delegate.model) } ?? true
            }
            let defaults: FieldValues
            if let known = shared[missing] {
                defaults = known
            } else {
                defaults = try handle.defaultValues(missing, drawing: false)
                shared[missing] = defaults
            }
            var complete = row.merging(defaults) { given, _ in given }
            for name in missing {
                guard let field = model.field(name) else { continue }
                if let value = defaults[name] {
                    complete[name] = asCommands(value, for: field)
                } else if case .each(let next) = field.fallback, model.ownField(name) != nil {
                    complete[name] = try next(environment)
                } else if case .boolean = field.kind, !field.isFunction {
                    complete[name] = false
                }
            }
            return complete
        }
    }

    /// Defaults of to-many fields are lists of ids or of values; `create` takes commands.
    private func asCommands(_ value: Value, for field: Field) -> Value {
        guard field.kind.isToMany, let elements = value.list, !elements.isEmpty else { return value }
        if elements.allSatisfy({ $0.list != nil }) { return value }
        if case .many2many = field.kind { return [[6, 0, value]] }
        return .list(elements.map { [0, 0, $0] })
    }

    // MARK: - Parents

    /// Creates a parent for each row, or writes on the one the row names.
    private func createParents(of splits: inout [FieldSplit]) throws {
        for delegate in model.delegates {
            let parents = try environment.records(delegate.model)
            var newRows: [(place: Int, values: FieldValues)] = []
            var written: [(id: RecordID, values: FieldValues)] = []
            for place in splits.indices {
                let values = splits[place].parents[delegate.model] ?? [:]
                let given = splits[place].columns.first { $0.field.name == delegate.link }?.value
                if let id = given?.recordID, given?.isTruthy == true {
                    if !values.isEmpty { written.append((id, values)) }
                } else {
                    newRows.append((place, values))
                }
            }
            try parents.write(each: written)
            // Who gives a parent with each row need not be allowed to create any.
            if newRows.isEmpty { continue }
            let ids = try parents.create(newRows.map(\.values))
            guard let link = model.ownField(delegate.link) else { continue }
            for (row, id) in zip(newRows, ids) {
                splits[row.place].columns.removeAll { $0.field.name == delegate.link }
                splits[row.place].columns.append((link, .integer(id)))
            }
        }
    }

    // MARK: - Relations and functions

    private func writeRelations(of splits: [FieldSplit], for ids: [RecordID]) throws {
        let inner = environment.with(context: environment.context.withoutDefaults)
        let rows = zip(ids, splits).map { (ids: [$0], split: $1) }
        for (field, rows) in FieldSplit.relationsAndFunctions(of: rows) {
            switch field.storage {
            case .stored: try RelationCommands(field: field, model: model, environment: inner).run(new: rows)
            // Related fields are not written through on create (contract/orm.md §5).
            case .related: break
            case .computed, .property:
                try FunctionWriter(field: field, model: model, environment: inner).write(rows)
            }
        }
    }
}
