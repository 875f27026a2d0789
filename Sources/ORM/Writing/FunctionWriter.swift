internal import SQL
internal import Values

/// Hands what is written on a function field to whoever keeps it: the code behind it, the record at the end of a related
/// path, the store of properties. Records that get the same value are handed over together.
struct FunctionWriter {
    let field: Field
    let model: Model
    let environment: Environment

    func write(_ rows: [(ids: [RecordID], value: Value)]) throws {
        switch field.storage {
        case .computed(let computation):
            guard let set = computation.set else { return }
            for (value, ids) in Self.together(rows) { try set(Records(of: model, ids, in: environment), value) }
        case .related(let path, _): try write(rows, through: path)
        case .property:
            let conversion = ValueConversion(environment: environment)
            var cells: [RecordID: String?] = [:]
            for row in rows {
                let cell = try conversion.binding(row.value, for: field).wireText
                for id in row.ids { cells.updateValue(cell, forKey: id) }
            }
            try environment.registry.ports.properties.store(cells, of: field, on: model, in: environment)
        case .stored: break
        }
    }

    /// The values in the order in which they are first met, each with all records that get it.
    private static func together(_ rows: [(ids: [RecordID], value: Value)]) -> [(value: Value, ids: [RecordID])] {
        var places: [Value: Int] = [:]
        var groups: [(value: Value, ids: [RecordID])] = []
        for row in rows {
            if let place = places[row.value] {
                groups[place].ids += row.ids
            } else {
                places[row.value] = groups.count
                groups.append((row.value, row.ids))
            }
        }
        return groups
    }

    private func write(_ rows: [(ids: [RecordID], value: Value)], through path: [FieldName]) throws {
        guard !field.attributes.readonly, let last = path.last else { return }
        // Found as the superuser, written as the caller: only reading is free (contract/orm.md §9).
        let ends = try RelatedPath(steps: path.dropLast())
            .ends(from: Records(of: model, rows.flatMap(\.ids), in: environment.superuser))
        guard let target = ends.values.first?.model else { return }
        // Records that lead to the same one write it once.
        var written: [(id: RecordID, values: FieldValues)] = []
        for row in rows {
            for target in row.ids.compactMap({ ends[$0]?.id }).distinct { written.append((target, [last: row.value])) }
        }
        try Records(of: target, [], in: environment).write(each: written)
    }
}
