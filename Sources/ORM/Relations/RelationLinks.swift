internal import PostgreSQL
internal import SQL
internal import Values

/// What holds a one2many or many2many together: the lines' own field, or the rows of a relation table. Links that are
/// added and removed one by one change by plain SQL, as in the original: no right, no constraint, no trigger.
struct RelationLinks {
    /// The related model's handle.
    let targets: Records

    private let field: Field
    private let model: Model
    private let environment: Environment

    /// An owner with one of its related records.
    struct Pair: Hashable {
        let owner: RecordID
        let id: RecordID
    }

    init(field: Field, model: Model, environment: Environment) throws {
        guard let target = field.kind.target else {
            throw ORMError.wrongKind(field: field.name, of: model.name, asked: "records")
        }
        self.field = field
        self.model = model
        self.environment = environment
        targets = try environment.records(target)
        // Some commands change the lines by SQL alone.
        environment.noteTouched(field.kind.isOneToMany ? target : model.name)
    }

    /// Creates related records, each for its owner.
    func create(_ creations: [(owner: RecordID, values: FieldValues)]) throws {
        if creations.isEmpty { return }
        switch field.kind {
        case .one2many(_, let inverse):
            _ = try targets.create(creations.map { $0.values.merging([inverse: .integer($0.owner)]) { $1 } })
        case .many2many:
            let ids = try targets.create(creations.map(\.values))
            try insert(zip(creations, ids).map { Pair(owner: $0.owner, id: $1) })
        default: break
        }
    }

    // MARK: - Links one by one

    /// Adds links that are not there. A line has one owner only: of several, the last one gets it.
    func add(_ pairs: [Pair]) throws {
        if pairs.isEmpty { return }
        switch field.kind {
        case .one2many(_, let inverse):
            let owners = Dictionary(pairs.map { ($0.id, $0.owner) }, uniquingKeysWith: { _, last in last })
            let ids = owners.keys.sorted()
            try environment.rows(
                """
                UPDATE \(table: targets.model.table) SET \(column: inverse) = "new"."owner" \
                FROM unnest(\(ids)::int[], \(ids.compactMap { owners[$0] })::int[]) AS "new"("line", "owner") \
                WHERE "id" = "new"."line"
                """)
        case .many2many(_, let relation):
            let new = pairs.distinct
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
    }

    /// Adds links of a many2many that are known not to be there.
    func insert(_ pairs: [Pair]) throws {
        guard case .many2many(_, let relation) = field.kind, !pairs.isEmpty else { return }
        try environment.rows(
            """
            INSERT INTO \(table: relation.table) (\(column: relation.own), \(column: relation.other)) \
            SELECT * FROM unnest(\(pairs.map(\.owner))::int[], \(pairs.map(\.id))::int[])
            """)
    }

    func remove(_ pairs: [Pair]) throws {
        switch field.kind {
        case .one2many(_, let inverse):
            try environment.rows(
                """
                UPDATE \(table: targets.model.table) SET \(column: inverse) = NULL \
                WHERE "id" = ANY(\(pairs.map(\.id).distinct))
                """)
        case .many2many(_, let relation):
            try environment.rows(
                """
                DELETE FROM \(table: relation.table) \
                USING unnest(\(pairs.map(\.owner))::int[], \(pairs.map(\.id))::int[]) AS "old"("a", "b") \
                WHERE \(table: relation.table).\(column: relation.own) = "old"."a" \
                AND \(table: relation.table).\(column: relation.other) = "old"."b"
                """)
        default: break
        }
    }

    func removeAll(of owners: [RecordID]) throws {
        switch field.kind {
        case .one2many(_, let inverse):
            // Only the field's own lines: one number may stand for records of several models.
            let mine = try DomainCompiler(environment: environment.superuser.adding(["active_test": false]))
                .condition(.list(ownLeaves), on: targets.model)
            try environment.rows(
                """
                UPDATE \(table: targets.model.table) SET \(column: inverse) = NULL \
                WHERE \(targets.model.column(inverse)) = ANY(\(owners)) AND \(mine)
                """)
        case .many2many(_, let relation):
            try environment.rows(
                "DELETE FROM \(table: relation.table) WHERE \(column: relation.own) = ANY(\(owners))")
        default: break
        }
    }

    // MARK: - All links

    /// Makes the given records the only ones; each owner is in one row. For a one2many the inverse is written with the
    /// target's own rules.
    func replace(_ rows: [(owners: [RecordID], ids: [RecordID])]) throws {
        let owners = rows.flatMap(\.owners)
        switch field.kind {
        case .one2many(_, let inverse):
            let kept = rows.flatMap(\.ids).distinct
            var leaves = ownLeaves + [[.text(inverse), "in", .list(owners.map { .integer($0) })]]
            if !kept.isEmpty { leaves.append(["id", "not in", .list(kept.map { .integer($0) })]) }
            let others = try environment.adding(["active_test": false]).records(targets.model.name)
                .search(SearchRequest(.list(leaves)))
            try others.seen(in: environment).write([inverse: false])
            try targets.write(
                each: rows.flatMap { row in
                    row.owners.last.map { owner in row.ids.distinct.map { ($0, [inverse: .integer(owner)]) } } ?? []
                })
        case .many2many(_, let relation):
            // Links to records the user may not see stay: he cannot have meant them.
            let rules = try environment.ruleConditions(.read, on: targets.model)
            let visible: SQL =
                rules.isEmpty
                ? .empty
                : " AND \(column: relation.other) IN (\(targets.model.selectIDs(where: rules.joined(by: " AND "))))"
            try environment.rows(
                "DELETE FROM \(table: relation.table) WHERE \(column: relation.own) = ANY(\(owners))\(visible)")
            try insert(
                rows.flatMap { row in row.owners.flatMap { owner in row.ids.map { Pair(owner: owner, id: $0) } } })
        default: break
        }
    }

    /// The field's domain, where the server applies it.
    private var ownLeaves: [Value] { field.attributes.domain.list ?? [] }
}
