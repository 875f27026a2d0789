internal import PostgreSQL
internal import SQL
internal import Values

/// Carries out the commands of a one2many or many2many field (contract/orm.md §5, x2many commands): each command by
/// one statement for all the owners it is given for, and all creations beside each other by one.
struct RelationCommands {
    let field: Field
    let model: Model
    let environment: Environment

    /// Runs each row's commands for its owners. What is no command, or one with an unknown code, is skipped.
    func run(_ rows: [(owners: [RecordID], value: Value)]) throws {
        guard let target = field.kind.target else { return }
        // Some commands change the lines by SQL alone.
        environment.noteTouched(field.kind.isOneToMany ? target : model.name)
        let targets = try environment.records(target)
        var creations: [(owner: RecordID, values: FieldValues)] = []
        for (owners, value) in rows {
            for command in value.list ?? [] {
                guard let parts = command.list, let code = parts.first?.integer else { continue }
                if model.isTransient, code != 6, case .many2many = field.kind {
                    throw ORMError.badValue("\(field.name) of \(model.name) takes the command (6, 0, ids) alone")
                }
                if code == 0 {
                    let values = parts.count > 2 ? parts[2].dictionary ?? [:] : [:]
                    creations += owners.map { ($0, values) }
                    continue
                }
                // What was asked for before must be there before the next command looks at it.
                try create(&creations, in: targets)
                try run(code, parts, owners: owners, targets: targets)
            }
        }
        try create(&creations, in: targets)
    }

    /// Runs the commands of records that have just been created. Links to records that are there need no looking for
    /// older ones: all of them are made by one statement.
    func run(new rows: [(owner: RecordID, value: Value)]) throws {
        var others: [(owners: [RecordID], value: Value)] = []
        var owners: [RecordID] = []
        var linked: [RecordID] = []
        for row in rows {
            if let ids = plainLinks(row.value) {
                owners += ids.map { _ in row.owner }
                linked += ids
            } else {
                others.append(([row.owner], row.value))
            }
        }
        try insertLinks(owners, linked)
        try run(others)
    }

    /// The ids of `[(6, 0, ids)]` on a many2many; nil for anything else.
    private func plainLinks(_ value: Value) -> [RecordID]? {
        guard case .many2many = field.kind, let commands = value.list, commands.count == 1,
            let parts = commands[0].list, parts.count > 2, parts[0] == 6, let ids = parts[2].list
        else { return nil }
        return ids.compactMap(\.recordID)
    }

    private func insertLinks(_ owners: [RecordID], _ ids: [RecordID]) throws {
        guard case .many2many(_, let relation) = field.kind, !owners.isEmpty else { return }
        try environment.rows(
            """
            INSERT INTO \(table: relation.table) (\(column: relation.own), \(column: relation.other)) \
            SELECT * FROM unnest(\(owners)::int[], \(ids)::int[])
            """)
    }

    private func run(_ code: Int, _ parts: [Value], owners: [RecordID], targets: Records) throws {
        let id = parts.count > 1 ? parts[1].recordID : nil
        switch code {
        case 1:
            if let id, let values = parts.count > 2 ? parts[2].dictionary : nil {
                try targets.other([id]).write(values)
            }
        case 2: if let id { try targets.other([id]).unlink() }
        case 3: if let id { try unlink(owners, id) }
        case 4: if let id { try link(owners, id) }
        case 5: try unlinkAll(owners)
        case 6:
            let ids = (parts.count > 2 ? parts[2].list ?? [] : []).compactMap(\.recordID)
            try replace(owners, by: ids, targets: targets)
        default: break
        }
    }

    private func create(_ creations: inout [(owner: RecordID, values: FieldValues)], in targets: Records) throws {
        if creations.isEmpty { return }
        switch field.kind {
        case .one2many(_, let inverse):
            _ = try targets.create(creations.map { $0.values.merging([inverse: .integer($0.owner)]) { $1 } })
        case .many2many:
            try insertLinks(creations.map(\.owner), targets.create(creations.map(\.values)))
        default: break
        }
        creations = []
    }

    /// Plain SQL as in the original: no right, no constraint, no trigger.
    private func unlink(_ owners: [RecordID], _ id: RecordID) throws {
        switch field.kind {
        case .one2many(let target, let inverse):
            let table = try environment.registry.model(target).table
            try environment.rows("UPDATE \(table: table) SET \(column: inverse) = NULL WHERE \"id\" = \(id)")
        case .many2many(_, let relation):
            try environment.rows(
                """
                DELETE FROM \(table: relation.table) WHERE \(column: relation.own) = ANY(\(owners)) \
                AND \(column: relation.other) = \(id)
                """)
        default: break
        }
    }

    /// A line has one owner only: of several, the last one gets it.
    private func link(_ owners: [RecordID], _ id: RecordID) throws {
        switch field.kind {
        case .one2many(let target, let inverse):
            guard let owner = owners.last else { return }
            let table = try environment.registry.model(target).table
            try environment.rows("UPDATE \(table: table) SET \(column: inverse) = \(owner) WHERE \"id\" = \(id)")
        case .many2many(_, let relation):
            try environment.rows(
                """
                INSERT INTO \(table: relation.table) (\(column: relation.own), \(column: relation.other)) \
                SELECT "owner"."id", \(id)::int FROM unnest(\(owners)::int[]) AS "owner"("id") WHERE NOT EXISTS (\
                SELECT 1 FROM \(table: relation.table) WHERE \(column: relation.own) = "owner"."id" \
                AND \(column: relation.other) = \(id)::int)
                """)
        default: break
        }
    }

    private func unlinkAll(_ owners: [RecordID]) throws {
        switch field.kind {
        case .one2many(let target, let inverse):
            let target = try environment.registry.model(target)
            // Only the field's own lines: one number may stand for records of several models.
            let mine = try DomainCompiler(environment: environment.superuser.adding(["active_test": false]))
                .condition(.list(ownLeaves), on: target)
            try environment.rows(
                """
                UPDATE \(table: target.table) SET \(column: inverse) = NULL \
                WHERE \(column: inverse) = ANY(\(owners)) AND \(mine)
                """)
        case .many2many(_, let relation):
            try environment.rows(
                "DELETE FROM \(table: relation.table) WHERE \(column: relation.own) = ANY(\(owners))")
        default: break
        }
    }

    /// Makes the given ids the only ones. For a one2many the inverse is written with the target's own rules.
    private func replace(_ owners: [RecordID], by ids: [RecordID], targets: Records) throws {
        switch field.kind {
        case .one2many(_, let inverse):
            guard let owner = owners.last else { return }
            var leaves = ownLeaves + [[.text(inverse), "in", .list(owners.map { .integer($0) })]]
            if !ids.isEmpty { leaves.append(["id", "not in", .list(ids.map { .integer($0) })]) }
            let others = try environment.adding(["active_test": false]).records(targets.model.name)
                .search(SearchRequest(.list(leaves)))
            try others.seen(in: environment).write([inverse: false])
            try targets.other(ids).write([inverse: .integer(owner)])
        case .many2many(_, let relation):
            // Links to records the user may not see stay: he cannot have meant them.
            let rules = try environment.ruleConditions(.read, on: targets.model)
            let visible: SQL =
                rules.isEmpty
                ? .empty
                : """
                 AND \(column: relation.other) IN (SELECT \(table: targets.model.table)."id" \
                FROM \(table: targets.model.table) WHERE \(rules.joined(by: " AND ")))
                """
            try environment.rows(
                """
                DELETE FROM \(table: relation.table) \
                WHERE \(column: relation.own) = ANY(\(owners))\(visible)
                """)
            try environment.rows(
                """
                INSERT INTO \(table: relation.table) (\(column: relation.own), \(column: relation.other)) \
                SELECT "owner", "other" FROM unnest(\(owners)::int[]) AS "owner" \
                CROSS JOIN unnest(\(ids)::int[]) AS "other"
                """)
        default: break
        }
    }

    /// The field's domain, where the server applies it.
    private var ownLeaves: [Value] { field.attributes.domain.list ?? [] }
}
