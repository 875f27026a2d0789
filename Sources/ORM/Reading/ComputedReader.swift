internal import Values

/// Reads a field that is no column: by its Swift function, along a related path, or from a delegation's parent;
/// properties from where they are kept.
struct ComputedReader {
    let field: Field
    /// Whether ids of a many2one get names.
    let naming: Bool

    /// The values of several fields, in their order. Those of one group are computed in one go, and properties are read
    /// together.
    static func values(of fields: [Field], for records: Records, naming: Bool) throws -> [[RecordID: Value]] {
        let (model, environment) = (records.model, records.environment)
        let properties = fields.filter { $0.isProperty && model.ownField($0.name) != nil }
        var known =
            properties.isEmpty ? [:] : try environment.registry.ports.properties.values(of: properties, for: records)
        return try fields.map { field in
            let reader = ComputedReader(field: field, naming: naming)
            if known[field.name] == nil, let group = model.ownField(field.name)?.computation?.group {
                let names = fields.map(\.name).filter { model.ownField($0)?.computation?.group?.name == group.name }
                let values = try group.get(records, names)
                for name in names { known[name] = values.compactMapValues { $0[name] } }
            }
            guard let values = known[field.name] else { return try reader.values(for: records) }
            return try reader.told(values, in: environment)
        }
    }

    /// A value for each record that has one.
    func values(for records: Records) throws -> [RecordID: Value] {
        let values: [RecordID: Value]
        switch field.storage {
        case _ where records.model.ownField(field.name) == nil: values = try throughParent(records)
        case .computed(let computation): values = try computation.get(records)
        case .related(let path, _):
            let ends = try RelatedPath(steps: path.dropLast()).ends(from: records.asSuperuser)
            values = try path.last.map { last in try ends.compactMapValues { try $0.value(last) } } ?? [:]
        case .property, .stored: values = [:]
        }
        return try told(values, in: records.environment)
    }

    /// The values as they are asked for: a many2one with the name of its record, or the bare id.
    private func told(_ values: [RecordID: Value], in environment: Environment) throws -> [RecordID: Value] {
        naming ? try named(values, in: environment) : values
    }

    /// A field of a parent, or of a parent's parent, that is no column: the parents' values, handed down to the
    /// children. What a function gets are its own model's records.
    private func throughParent(_ records: Records) throws -> [RecordID: Value] {
        guard let delegate = records.model.inherited[field.name]?.delegate else { return [:] }
        return try records.map { try $0.one(delegate.link)?.value(field.name) ?? field.kind.emptyValue }
    }

    private func named(_ values: [RecordID: Value], in environment: Environment) throws -> [RecordID: Value] {
        guard case .many2one(let name, _) = field.kind else { return values }
        let target = try environment.registry.model(name)
        let ids = Set(values.values.compactMap(\.integer))
        let names = try DisplayNames(environment: environment.superuser).names(of: [name: (target, ids)])[name] ?? [:]
        return values.mapValues { value in
            guard let id = value.integer, let text = names[id] else { return false }
            return [.integer(id), .text(text)]
        }
    }
}
