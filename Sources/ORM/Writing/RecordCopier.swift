public import Values

/// Duplicates a record with its one2many lines (contract/orm.md §5).
struct RecordCopier {
    /// Copies nest: a line has lines of its own. A loop between records must end somewhere.
    private static let depthLimit = 20

    /// What a copy is created with: the record's values, the given ones in their place.
    ///
    /// - Throws: `ORMError.copyOfMissing`.
    static func values(of record: Record, replacing given: FieldValues, depth: Int = 0) throws -> FieldValues {
        let model = record.model
        guard depth <= depthLimit else {
            throw ORMError.badValue("\(model.name) \(record.id) has lines within lines, more than \(depthLimit) deep")
        }
        let fields = copiedFields(of: model).filter { given[$0.name] == nil }
        // Content itself, not its translation and not its size.
        let context = record.environment.context.values.filter { !$0.key.hasPrefix("bin_size") }
        let plain = record.environment.with(context: Context(context)).adding(["lang": false])
        let source = Records(of: model, [record.id], in: plain)
        let table = try source.readForCode(fields.map(\.name) + ["__last_update"])
        guard table.count > 0 else { throw ORMError.copyOfMissing(id: record.id, model: model.name) }

        var values = given
        for field in fields {
            let value = table.values(of: field.name)?.first ?? false
            switch field.kind {
            case .one2many(let target, _):
                let lines = try plain.records(target, (value.list?.compactMap(\.integer) ?? []).sorted())
                values[field.name] = .list(
                    try lines.map { line -> Value in
                        [0, 0, .dictionary(try Self.values(of: line, replacing: [:], depth: depth + 1))]
                    })
            case .many2many:
                values[field.name] = [[6, 0, value]]
            default:
                values[field.name] = value
            }
        }
        if given["state"] == nil, let fallback = model.ownField("state")?.fallback {
            values["state"] = try fallback.value(in: plain)
        }
        return values
    }

    private static func copiedFields(of model: Model) -> [Field] {
        let links = Set(model.delegates.map(\.link))
        return model.fieldNames.compactMap { model.field($0) }.filter { field in
            !field.isFunction && !model.isMagic(field.name) && !links.contains(field.name)
                && field.name != "parent_left" && field.name != "parent_right"
        }
    }
}

extension Record {
    /// Duplicates the record; the values replace those of the original. Overrides apply.
    @discardableResult
    public func copy(_ values: FieldValues = [:]) throws -> RecordID {
        return try descend(model.overrides.copy[...], values, through: { try $0(self, $1, $2) }) { values in
            let handle = Records(of: model, [], in: environment)
            let copy = try handle.create([RecordCopier.values(of: self, replacing: values)])[0]
            try TranslationCopy(in: environment).run([(from: id, to: copy)], of: model)
            return copy
        }
    }

    /// What `copy` would create, for `copy_data`.
    func copyValues(_ values: FieldValues) throws -> FieldValues {
        try RecordCopier.values(of: self, replacing: values)
    }
}
