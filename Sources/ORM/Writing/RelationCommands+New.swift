internal import Values

extension RelationCommands {
    /// Runs the commands of records that have just been created. Nothing is linked to them yet, so that for most
    /// commands it can be said what comes of them without looking: all rows together take one creation and one
    /// statement for the links.
    func run(new rows: [(ids: [RecordID], value: Value)]) throws {
        let rows = rows.map { (owners: $0.ids, commands: RelationCommand.all(in: $0.value)) }
        if field.kind.isOneToMany { return try runLines(rows) }
        var outcomes: [(owner: RecordID, links: [NewLink])] = []
        var others: [(owners: [RecordID], commands: [RelationCommand])] = []
        var creations: [FieldValues] = []
        for row in rows {
            if let links = links(after: row.commands, creating: &creations) {
                outcomes += row.owners.map { ($0, links) }
            } else {
                others.append(row)
            }
        }
        let links = try RelationLinks(field: field, model: model, environment: environment)
        let created = creations.isEmpty ? [] : try links.targets.create(creations)
        try links.insert(
            outcomes.flatMap { owner, new in
                new.map { link in
                    switch link {
                    case .existing(let id): .init(owner: owner, id: id)
                    case .created(let place): .init(owner: owner, id: created[place])
                    }
                }
            })
        try run(others)
    }

    /// A link of a new record: to one that is there, or to one of those that are created along.
    private enum NewLink: Equatable {
        case existing(RecordID)
        case created(Int)
    }

    /// What a new record is linked to after commands of a many2many that create, link and unlink; nil for any others.
    private func links(after commands: [RelationCommand], creating creations: inout [FieldValues]) -> [NewLink]? {
        // Anything else is refused by the one who carries commands out.
        if model.isTransient, !commands.allSatisfy(\.isReplacement) { return nil }
        var links: [NewLink] = []
        var created: [FieldValues] = []
        for command in commands {
            switch command {
            case .create(let values):
                links.append(.created(creations.count + created.count))
                created.append(values)
            case .write, .delete: return nil
            case .unlink(let id): links.removeAll { $0 == .existing(id) }
            case .link(let id): if !links.contains(.existing(id)) { links.append(.existing(id)) }
            case .unlinkAll: links = []
            case .replace(let ids):
                // Of links that are there, those which the user may not see would stay: that is for the database.
                if !links.isEmpty { return nil }
                links = ids.map { .existing($0) }
            }
        }
        creations += created
        return links
    }

    /// The lines of new records. Where rows begin with the lines they shall have, these come first for all rows: that
    /// makes no difference, unless another row asks for one of them, too.
    private func runLines(_ rows: [(owners: [RecordID], commands: [RelationCommand])]) throws {
        var taken: Set<RecordID> = []
        var linked: Set<RecordID> = []
        for row in rows {
            for (place, command) in row.commands.enumerated() {
                switch command {
                case .replace(let ids) where place == 0: taken.formUnion(ids)
                case .replace(let ids): linked.formUnion(ids)
                case .link(let id), .write(let id, _), .delete(let id), .unlink(let id): linked.insert(id)
                case .create, .unlinkAll: break
                }
            }
        }
        guard taken.isDisjoint(with: linked) else { return try run(rows) }
        let begun = rows.filter { $0.commands.first?.isReplacement == true }
        try run(begun.map { (owners: $0.owners, commands: Array($0.commands.prefix(1))) })
        try run(
            rows.map { row in
                let isBegun = row.commands.first?.isReplacement == true
                return (owners: row.owners, commands: isBegun ? Array(row.commands.dropFirst()) : row.commands)
            })
    }
}
