internal import PostgreSQL
internal import SQL
internal import Values

/// Carries out the commands of a one2many or many2many field (contract/orm.md §5, x2many commands): each command by
/// one statement for all the owners it is given for, and all creations or all links beside each other by one.
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
        var links: [Link] = []
        for (owners, value) in rows {
            for command in value.list ?? [] {
                guard let parts = command.list, let code = parts.first?.integer else { continue }
                if model.isTransient, code != 6, case .many2many = field.kind {
                    throw ORMError.badValue("\(field.name) of \(model.name) takes the command (6, 0, ids) alone")
                }
                // What was asked for before must be there before the next kind of command looks at it.
                if code != 0 { try create(&creations, in: targets) }
                if code != 4 { try link(&links) }
                switch code {
                case 0:
                    let values = parts.count > 2 ? parts[2].dictionary ?? [:] : [:]
                    creations += owners.map { ($0, values) }
                case 4:
                    if parts.count > 1, let id = parts[1].recordID { links += owners.map { Link(owner: $0, id: id) } }
                default: try run(code, parts, owners: owners, targets: targets)
                }
            }
        }
        try create(&creations, in: targets)
        try link(&links)
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

    /// The ids a new record is linked to after commands of a many2many that do nothing but link and unlink; nil for
    /// any other commands.
    private func plainLinks(_ value: Value) -> [RecordID]? {
        guard case .many2many = field.kind, let commands = value.list else { return nil }
        var ids: [RecordID] = []
        for command in commands {
            guard let parts = command.list, let code = parts.first?.integer else { continue }
            let id = parts.count > 1 ? parts[1].recordID : nil
            switch code {
            case 0, 1, 2: return nil
            // Refused by the one who carries commands out.
            case 3...5 where model.isTransient: return nil
            case 3: ids.removeAll { $0 == id }
            case 4: if let id, !ids.contains(id) { ids.append(id) }
            case 5: ids = []
            case 6:
                // Of links that are there, those which the user may not see would stay: that is for the database.
                if !ids.isEmpty { return nil }
                ids = (parts.count > 2 ? parts[2].list ?? [] : []).compactMap(\.recordID)
            default: break
            }
        }
        return ids
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

    private struct Link: Hashable {
        let owner: RecordID
        let id: RecordID
    }

    /// A line has one owner only: of several, the last one gets it.
    private func link(_ links: inout [Link]) throws {
        if links.isEmpty { return }
        switch field.kind {
        case .one2many(let target, let inverse):
            let table = try environment.registry.model(target).table
            let owners = Dictionary(links.map { ($0.id, $0.owner) }, uniquingKeysWith: { _, last in last })
            let ids = owners.keys.sorted()
            try environment.rows(
                """
                UPDATE \(table: table) SET \(column: inverse) = "new"."owner" \
                FROM unnest(\(ids)::int[], \(ids.compactMap { owners[$0] })::int[]) AS "new"("line", "owner") \
                WHERE "id" = "new"."line"
                """)
        case .many2many(_, let relation):
            let new = links.distinct
            try environment.rows(
                """
                INSERT INTO \(table: relation.table) (\(column: relation.own), \(column: relation.other)) \
                SELECT "new"."a", "new"."b" FROM unnest(\(new.map(\.owner))::int[], \(new.map(\.id))::int[]) \
                AS "new"("a", "b") WHERE NOT EXISTS (\
                SELECT 1 FROM \(table: relation.table) WHERE \(column: relation.own) = "new"."a" \
                AND \(column: relation.other) = "new"."b")
                """)
        default: break
        }
        links = []
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
