internal import Values

/// Reads a field that is no column: by its Swift function, along a related path, or from a delegation's parent.
struct ComputedReader {
    let field: Field
    /// Whether ids of a many2one get names.
    let naming: Bool

    /// The values of several fields, in their order; those of one group are computed in one go.
    static func values(of fields: [Field], for records: Records, naming: Bool) throws -> [[RecordID: Value]] {
        var groups: [String: [RecordID: FieldValues]] = [:]
        return try fields.map { field in
            let reader = ComputedReader(field: field, naming: naming)
            guard let group = field.computation?.group else { return try reader.values(for: records) }
            if groups[group.name] == nil {
                let names = fields.filter { $0.computation?.group?.name == group.name }.map(\.name)
                groups[group.name] = try group.get(records, names)
            }
            let values = (groups[group.name] ?? [:]).compactMapValues { $0[field.name] }
            return naming ? try reader.named(values, in: records.environment) : values
        }
    }

    /// A value for each record that has one.
    func values(for records: Records) throws -> [RecordID: Value] {
        let values: [RecordID: Value]
        switch field.storage {
        case .computed(let computation): values = try computation.get(records)
        case .related(let path, _): values = try follow(path, from: records.asSuperuser)
        case .stored: values = try throughParent(records)
        }
        return naming ? try named(values, in: records.environment) : values
    }

    /// Step by step along the path, each step read for all records at once.
    private func follow(_ path: [FieldName], from records: Records) throws -> [RecordID: Value] {
        guard let last = path.last else { return [:] }
        var ends: [RecordID: Record] = records.map { $0 }
        for step in path.dropLast() {
            guard let kind = ends.values.first?.model.field(step)?.kind else { return [:] }
            if kind.isToMany {
                ends = try firstTargets(of: step, from: ends)
            } else {
                ends = try ends.compactMapValues { try $0.one(step) }
            }
        }
        return try ends.compactMapValues { try $0.value(last) }
    }

    private func firstTargets(of step: FieldName, from owners: [RecordID: Record]) throws -> [RecordID: Record] {
        var firsts: [RecordID: RecordID] = [:]
        for (start, owner) in owners {
            if let id = try owner.value(step).list?.first?.integer { firsts[start] = id }
        }
        guard let owner = owners.values.first, let target = owner.model.field(step)?.kind.target else { return [:] }
        let targets = try owner.environment.records(target, Array(Set(firsts.values)))
        return firsts.mapValues { Record(id: $0, in: targets) }
    }

    /// A to-many field of a parent: the parents' values, handed down to the children.
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
