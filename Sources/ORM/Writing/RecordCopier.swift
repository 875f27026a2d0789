public import Values

/// Duplicates records with their one2many lines (contract/orm.md §5): one read a level, however many lines there are.
struct RecordCopier {
    /// Copies nest: a line has lines of its own. A loop between records must end somewhere.
    private static let depthLimit = 20

    private let model: Model
    /// Where the originals are read: content itself, not its translation and not its size.
    private let plain: Environment

    /// What a copy is created with: the record's values, the given ones in their place.
    ///
    /// - Throws: `ORMError.copyOfMissing`.
    static func values(of record: Record, replacing given: FieldValues) throws -> FieldValues {
        let context = record.environment.context.values.filter { !$0.key.hasPrefix("bin_size") }
        let plain = record.environment.with(context: Context(context)).adding(["lang": false])
        let copies = try RecordCopier(model: record.model, plain: plain)
            .values(of: [record.id], replacing: given, depth: 0)
        return copies[record.id] ?? given
    }

    private func values(
        of ids: [RecordID], replacing given: FieldValues, depth: Int
    ) throws -> [RecordID: FieldValues] {
        guard let first = ids.first else { return [:] }
        guard depth <= Self.depthLimit else {
            throw ORMError.badValue(
                "\(model.name) \(first) has lines within lines, more than \(Self.depthLimit) deep")
        }
        let fields = try copiedFields().filter { given[$0.name] == nil }
        let source = Records(of: model, ids, in: plain)
        let table = try source.readForCode(fields.map(\.name) + ["__last_update"])
        let found = table.values(of: "id")?.compactMap(\.integer) ?? []
        let existing = Set(found)
        if let missing = ids.first(where: { !existing.contains($0) }) {
            throw ORMError.copyOfMissing(id: missing, model: model.name)
        }
        var copies = [RecordID: FieldValues](uniqueKeysWithValues: found.map { ($0, given) })
        for field in fields {
            let values = table.cells(of: field.name)
            let copied = try copiedValues(values, of: field, depth: depth)
            for (id, value) in zip(found, copied) { copies[id]?[field.name] = value }
        }
        if given["state"] == nil, let fallback = model.ownField("state")?.fallback {
            let shared: Value? = fallback.isDrawn ? nil : try fallback.value(in: plain)
            for id in found { copies[id]?["state"] = try shared ?? fallback.value(in: plain) }
        }
        return copies
    }

    /// One field of all records as `create` takes it.
    private func copiedValues(_ values: [Value], of field: Field, depth: Int) throws -> [Value] {
        switch field.kind {
        case .one2many(let name, _):
            let lines = values.map { ($0.list?.compactMap(\.integer) ?? []).sorted() }
            let target = try plain.registry.model(name)
            let copies = try RecordCopier(model: target, plain: plain)
                .values(of: lines.flatMap(\.self), replacing: [:], depth: depth + 1)
            return lines.map { ids in .list(ids.map { [0, 0, .dictionary(copies[$0] ?? [:])] }) }
        case .many2many: return values.map { [[6, 0, $0]] }
        default: return values
        }
    }

    private func copiedFields() throws -> [Field] {
        let links = try Self.links(of: model, in: plain.registry)
        return model.fieldNames.compactMap { model.field($0) }.filter { field in
            !field.isFunction && !model.isMagic(field.name) && !links.contains(field.name)
                && field.name != "parent_left" && field.name != "parent_right"
        }
    }

    /// The links to parents, and to their parents: all of them are copied along.
    private static func links(of model: Model, in registry: Registry) throws -> Set<FieldName> {
        try model.delegates.reduce(into: []) { links, delegate in
            links.insert(delegate.link)
            links.formUnion(try Self.links(of: registry.model(delegate.model), in: registry))
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
            try TranslationCopy(in: environment, checksRights: false).run(
                [(from: id, to: copy)], of: model, besides: Set(values.keys))
            return copy
        }
    }

    /// What `copy` would create, for `copy_data`.
    func copyValues(_ values: FieldValues) throws -> FieldValues {
        try RecordCopier.values(of: self, replacing: values)
    }
}
