internal import SQL
internal import Values

/// Carries out the commands of a one2many or many2many field (contract/orm.md §5, x2many commands). Those of one kind
/// that follow each other, in one row or from row to row, are carried out together.
struct RelationCommands {
    /// How many changes of links one write of a field may ask for: its commands times the records it is written on.
    static let limit = 2_000_000

    let field: Field
    let model: Model
    let environment: Environment

    /// Commands with their owners. A command is given once for all owners of its row.
    typealias Group = [(command: RelationCommand, owners: [RecordID])]

    /// Runs each row's commands for its owners. What is no command, or one with an unknown code, is skipped.
    func run(_ rows: [(ids: [RecordID], value: Value)]) throws {
        try run(rows.map { (owners: $0.ids.distinct, commands: RelationCommand.all(in: $0.value)) })
    }

    func run(_ rows: [(owners: [RecordID], commands: [RelationCommand])]) throws {
        let links = try RelationLinks(field: field, model: model, environment: environment)
        try refuseTooMany(rows)
        var group: Group = []
        var replaced: Set<RecordID> = []
        for (owners, commands) in rows {
            for command in commands {
                if model.isTransient, !command.isReplacement, case .many2many = field.kind {
                    throw ORMError.badValue("\(field.name) of \(model.name) takes the command (6, 0, ids) alone")
                }
                // What was asked for before must be there before the next kind of command looks at it.
                let goesAlong =
                    (group.last?.command.goesWith(command) ?? true)
                    && (!command.isReplacement || replaced.isDisjoint(with: owners))
                if !goesAlong {
                    try carryOut(group, links)
                    group = []
                    replaced = []
                }
                group.append((command, owners))
                if command.isReplacement { replaced.formUnion(owners) }
            }
        }
        try carryOut(group, links)
    }

    /// A short call may name many records and many commands, and each record gets each command.
    private func refuseTooMany(_ rows: [(owners: [RecordID], commands: [RelationCommand])]) throws {
        var size = 0
        for row in rows {
            for command in row.commands {
                size += max(1, command.size) * max(1, row.owners.count)
                guard size <= Self.limit else {
                    throw ORMError.badValue(
                        "\(field.name) of \(model.name): more than \(Self.limit) changes in one call")
                }
            }
        }
    }

    /// Commands of one kind, or creations and links.
    private func carryOut(_ group: Group, _ links: RelationLinks) throws {
        guard let first = group.first?.command else { return }
        let targets = links.targets
        var pairs: [RelationLinks.Pair] = []
        for (command, owners) in group {
            switch command {
            case .link(let id), .unlink(let id): pairs += owners.map { .init(owner: $0, id: id) }
            default: break
            }
        }
        switch first {
        case .create, .link:
            let creations = group.flatMap { command, owners -> [(owner: RecordID, values: FieldValues)] in
                if case .create(let values) = command { owners.map { ($0, values) } } else { [] }
            }
            try links.create(creations)
            try links.add(pairs)
        case .write:
            try targets.write(
                each: group.compactMap { command, _ in
                    if case .write(let id, let values) = command { (id, values) } else { nil }
                })
        case .delete:
            let ids = group.compactMap { command, _ in if case .delete(let id) = command { id } else { nil } }
            try targets.other(ids.distinct).unlink()
        case .unlink: try links.remove(pairs)
        case .unlinkAll: try links.removeAll(of: group.flatMap(\.owners).distinct)
        case .replace:
            try links.replace(
                group.compactMap { command, owners in
                    if case .replace(let ids) = command { (owners, ids) } else { nil }
                })
        }
    }
}
