internal import PostgreSQL
internal import SQL
internal import Values

/// Carries out the commands of a one2many or many2many field (contract/orm.md §5, x2many commands): commands of all
/// owners together, those of one kind by one statement where their values allow it.
struct RelationCommands {
    let field: Field
    let model: Model
    let environment: Environment

    /// Runs each owner's commands. What is no command, or one with an unknown code, is skipped.
    func run(_ rows: [(owner: RecordID, value: Value)]) throws {
        guard let target = field.kind.target else { return }
        let targets = try environment.records(target)
        var creations: [(owner: RecordID, values: FieldValues)] = []
        for (owner, value) in rows {
            for command in value.list ?? [] {
                guard let parts = command.list, let code = parts.first?.integer else { continue }
                if code == 0 {
                    creations.append((owner, parts.count > 2 ? parts[2].dictionary ?? [:] : [:]))
                    continue
                }
                // What was asked for before must be there before the next command looks at it.
                try create(&creations, in: targets)
                try run(code, parts, owner: owner, targets: targets)
            }
        }
        try create(&creations, in: targets)
    }

    private func run(_ code: Int, _ parts: [Value], owner: RecordID, targets: Records) throws {
        let id = parts.count > 1 ? parts[1].recordID : nil
        switch code {
        case 1:
            if let id, let values = parts.count > 2 ? parts[2].dictionary : nil {
                try targets.other([id]).write(values)
            }
        case 2: if let id { try targets.other([id]).unlink() }
        case 3: if let id { try unlink(owner, id) }
        case 4: if let id { try link(owner, [id]) }
        case 5: try unlinkAll(owner)
        case 6:
            let ids = (parts.count > 2 ? parts[2].list ?? [] : []).compactMap(\.recordID)
            try replace(owner, by: ids, targets: targets)
        default: break
        }
    }

    private func create(_ creations: inout [(owner: RecordID, values: FieldValues)], in targets: Records) throws {
        if creations.isEmpty { return }
        switch field.kind {
        case .one2many(_, let inverse):
            _ = try targets.create(creations.map { $0.values.merging([inverse: .integer($0.owner)]) { $1 } })
        case .many2many(_, let relation):
            let ids = try targets.create(creations.map(\.values))
            try environment.rows(
                """
                INSERT INTO \(table: relation.table) (\(column: relation.own), \(column: relation.other)) \
                SELECT * FROM unnest(\(creations.map(\.owner))::int[], \(ids)::int[])
                """)
        default: break
        }
        creations = []
    }

    /// Plain SQL as in the original: no right, no constraint, no trigger.
    private func unlink(_ owner: RecordID, _ id: RecordID) throws {
        switch field.kind {
        case .one2many(let target, let inverse):
            let table = try environment.registry.model(target).table
            try environment.rows("UPDATE \(table: table) SET \(column: inverse) = NULL WHERE \"id\" = \(id)")
        case .many2many(_, let relation):
            try environment.rows(
                """
                DELETE FROM \(table: relation.table) WHERE \(column: relation.own) = \(owner) \
                AND \(column: relation.other) = \(id)
                """)
        default: break
        }
    }

    private func link(_ owner: RecordID, _ ids: [RecordID]) throws {
        switch field.kind {
        case .one2many(let target, let inverse):
            let table = try environment.registry.model(target).table
            try environment.rows(
                "UPDATE \(table: table) SET \(column: inverse) = \(owner) WHERE \"id\" = ANY(\(ids))")
        case .many2many(_, let relation):
            try environment.rows(
                """
                INSERT INTO \(table: relation.table) (\(column: relation.own), \(column: relation.other)) \
                SELECT \(owner)::int, "id" FROM unnest(\(ids)::int[]) AS "new"("id") WHERE NOT EXISTS (\
                SELECT 1 FROM \(table: relation.table) WHERE \(column: relation.own) = \(owner)::int \
                AND \(column: relation.other) = "new"."id")
                """)
        default: break
        }
    }

    private func unlinkAll(_ owner: RecordID) throws {
        switch field.kind {
        case .one2many(let target, let inverse):
            let table = try environment.registry.model(target).table
            try environment.rows(
                "UPDATE \(table: table) SET \(column: inverse) = NULL WHERE \(column: inverse) = \(owner)")
        case .many2many(_, let relation):
            try environment.rows(
                "DELETE FROM \(table: relation.table) WHERE \(column: relation.own) = \(owner)")
        default: break
        }
    }

    /// Makes the given ids the only ones. For a one2many the inverse is written with the target's own rules.
    private func replace(_ owner: RecordID, by ids: [RecordID], targets: Records) throws {
        switch field.kind {
        case .one2many(_, let inverse):
            let condition: Value = [
                [.text(inverse), "=", .integer(owner)], ["id", "not in", .list(ids.map { .integer($0) })],
            ]
            let others = try environment.adding(["active_test": false]).records(targets.model.name)
                .search(SearchRequest(ids.isEmpty ? [[.text(inverse), "=", .integer(owner)]] : condition))
            try others.seen(in: environment).write([inverse: false])
            try targets.other(ids).write([inverse: .integer(owner)])
        case .many2many(_, let relation):
            try unlinkAll(owner)
            try environment.rows(
                """
                INSERT INTO \(table: relation.table) (\(column: relation.own), \(column: relation.other)) \
                SELECT \(owner)::int, unnest(\(ids)::int[])
                """)
        default: break
        }
    }
}
