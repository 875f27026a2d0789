internal import Values

extension RelationCommands {
    /// Runs the commands of records that have just been created. Nothing is linked to them yet, so that for most
    /// commands it can be said what comes of them without looking: all rows together take one creation and one
    /// statement for the links.
    func run(new rows: [(ids: [RecordID], value: Value)]) throws {
        let rows = rows.map { (owners: $0.ids, commands: RelationCommand.all(in: $0.value)) }
        if field.kind.isOneToMany { return try runLines(rows) }
        var outcomes: [(owner: RecordID, links: NewLinks)] = []
        var others: [(owners: [RecordID], commands: [RelationCommand])] = []
        var creations: [FieldValues] = []
        for row in rows {
            // A transient model's are refused by the one who carries commands out, but for one kind.
            let mayBeTold = !model.isTransient || row.commands.allSatisfy(\.isReplacement)
            if mayBeTold, let links = NewLinks(after: row.commands, creating: &creations) {
                outcomes += row.owners.map { ($0, links) }
            } else {
                others.append(row)
            }
        }
        let links = try RelationLinks(field: field, model: model, environment: environment)
        let created = creations.isEmpty ? [] : try links.targets.create(creations)
        try links.insert(
            outcomes.flatMap { owner, new in
                (new.existing + new.created.map { created[$0] }).map { .init(owner: owner, id: $0) }
            })
        try run(others)
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

/// What a new record is linked to after commands of a many2many.
private struct NewLinks {
    /// When each was linked, counted from the first.
    private var places: [RecordID: Int] = [:]
    private var next = 0
    /// Places among the records that are created along.
    private(set) var created: [Int] = []

    /// Records that are there, in the order in which they were linked.
    var existing: [RecordID] { places.sorted { $0.value < $1.value }.map(\.key) }

    /// Nil for commands that do something else than create, link and unlink, and for those that must look at the
    /// database.
    init?(after commands: [RelationCommand], creating creations: inout [FieldValues]) {
        var new: [FieldValues] = []
        for command in commands {
            switch command {
            case .create(let values):
                created.append(creations.count + new.count)
                new.append(values)
            case .write, .delete: return nil
            case .unlink(let id): places[id] = nil
            case .link(let id): link(id)
            case .unlinkAll: (places, created) = ([:], [])
            case .replace(let ids):
                // Of links that are there, those which the user may not see would stay, and what is named twice is
                // refused.
                guard places.isEmpty, created.isEmpty, Set(ids).count == ids.count else { return nil }
                for id in ids { link(id) }
            }
        }
        creations += new
    }

    private mutating func link(_ id: RecordID) {
        guard places[id] == nil else { return }
        places[id] = next
        next += 1
    }
}
