public import Values

internal import PostgreSQL
internal import SQL

extension Records {
    /// Creates records of this model, whatever its own ids are; the new ids in the order of the rows. Overrides apply.
    public func create(_ rows: [FieldValues]) throws -> [RecordID] {
        let handle = other([])
        environment.noteTouched(model.name)
        return try Recomputation(environment: environment).around {
            try descend(model.overrides.create[...], rows, through: { try $0(handle, $1, $2) }) {
                try RecordCreator(handle: handle).create($0)
            }
        }
    }

    /// Writes the same values on all records; no records is no change. Overrides apply.
    public func write(_ values: FieldValues) throws {
        if ids.isEmpty { return }
        environment.noteTouched(model.name)
        try Recomputation(environment: environment).around {
            try descend(
                model.overrides.write[...], (self, values),
                through: { override, request, inherited in
                    guard override.isAbout(request.1.keys) else { return try inherited(request) }
                    try override.body(request.0, request.1) { try inherited(($0, $1)) }
                },
                base: { if !$0.0.isEmpty { try RecordWriter(records: $0.0).write($0.1) } })
        }
    }

    /// Deletes the records; ids that do not exist are no error. Overrides apply.
    public func unlink() throws {
        if ids.isEmpty { return }
        environment.noteTouched(model.name)
        try Recomputation(environment: environment).around {
            try descend(model.overrides.unlink[...], self, through: { try $0($1, $2) }) { try $0.ownUnlink() }
        }
    }

    private func ownUnlink() throws {
        if ids.isEmpty { return }
        try ConcurrencyCheck(records: self).check()
        try environment.check(.unlink, on: model)
        if model.isView { throw ORMError.badValue("cannot delete from a view") }
        if model.isTransient { try TransientRecords(records: self).use(.unlink) }
        try checkRules(.unlink)
        let recomputation = Recomputation(environment: environment)
        try recomputation.willChange(self, fields: nil)
        try endWorkflows()
        try environment.registry.ports.externalIDs.forget(self)
        try environment.rows("DELETE FROM \(table: model.table) WHERE \"id\" = ANY(\(ids))")
        environment.pending.forget(model.name, ids)
    }

    /// The defaults of the named fields, those that have one; overrides apply. Later sources win: parents, the
    /// definition, properties, what users chose, the context's `default_` keys (contract/orm.md §6).
    public func defaultValues(_ fields: [FieldName]) throws -> FieldValues {
        try defaultValues(fields, drawing: true)
    }

    /// - Parameter drawing: False leaves out what each record gets anew, a number of a sequence, so that none is used
    ///   up for nothing; a user's choice or the context may still say something for such a field.
    func defaultValues(_ fields: [FieldName], drawing: Bool) throws -> FieldValues {
        let handle = other([])
        return try descend(model.overrides.defaultValues[...], fields, through: { try $0(handle, $1, $2) }) {
            try handle.ownDefaultValues($0, drawing: drawing)
        }
    }

    private func ownDefaultValues(_ fields: [FieldName], drawing: Bool) throws -> FieldValues {
        var values: FieldValues = [:]
        for delegate in model.delegates {
            let inherited = fields.filter { model.inherited[$0]?.delegate == delegate }
            guard !inherited.isEmpty else { continue }
            values.merge(try environment.records(delegate.model).defaultValues(inherited, drawing: drawing)) { $1 }
        }
        for name in fields {
            guard let fallback = model.ownField(name)?.fallback, drawing || !fallback.isDrawn else { continue }
            values[name] = try fallback.value(in: environment)
        }
        let properties = fields.compactMap { model.ownField($0) }.filter(\.isProperty)
        if !properties.isEmpty {
            values.merge(
                try environment.registry.ports.properties.defaults(of: properties, on: model, in: environment)
            ) { $1 }
        }
        values.merge(try environment.registry.ports.userDefaults.defaults(for: fields, of: model, in: environment)) {
            $1
        }
        for name in fields {
            if let chosen = environment.context.values["default_" + name] { values[name] = chosen }
        }
        return values
    }
}
