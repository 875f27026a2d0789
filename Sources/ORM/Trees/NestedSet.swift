internal import PostgreSQL
internal import SQL
internal import Values

/// Keeps `parent_left` and `parent_right` of a tree: a record's bounds enclose those of all records below it
/// (contract/orm.md §14).
struct NestedSet {
    let model: Model
    let environment: Environment

    /// True while the bounds wait for the end of a load.
    private func waits() -> Bool {
        if environment.pending.unboundedTrees == nil { return false }
        environment.pending.unboundedTrees?.insert(model.name)
        return true
    }

    // MARK: - New records

    /// Gives new records their places as the last children of their parents, nil being the last roots, in their order.
    /// Four statements, however many they are.
    func append(_ new: [(id: RecordID, parent: RecordID?)]) throws {
        if new.isEmpty || waits() || environment.context["defer_parent_store_computation"].isTruthy { return }
        let ends = try ends(of: Set(new.compactMap(\.parent)))
        // One whose parent has no bounds becomes a root.
        let isRooted = new.contains { $0.parent.flatMap { ends[$0] } == nil }
        let top = isRooted ? try lockedTop(besides: new.map(\.id)) : 0
        var counts: [Int: Int] = [:]
        for record in new { if let end = record.parent.flatMap({ ends[$0] }) { counts[end, default: 0] += 1 } }
        let places = counts.keys.sorted()
        try widen(places, by: places.map { 2 * (counts[$0] ?? 0) }, besides: new.map(\.id))

        // Where the first new child begins, behind what was made room for before it.
        var next: [Int: Int] = [:]
        var shift = 0
        for place in places {
            next[place] = place + shift
            shift += 2 * (counts[place] ?? 0)
        }
        var root = top + 1 + shift
        let lefts = new.map { record -> Int in
            guard let end = record.parent.flatMap({ ends[$0] }), let left = next[end] else {
                defer { root += 2 }
                return root
            }
            next[end] = left + 2
            return left
        }
        try environment.rows(
            """
            UPDATE \(table: model.table) SET "parent_left" = "new"."left", "parent_right" = "new"."left" + 1 \
            FROM unnest(\(new.map(\.id))::int[], \(lefts)::int[]) AS "new"("id", "left") \
            WHERE \(table: model.table)."id" = "new"."id"
            """)
    }

    /// The right bounds of parents, where their next children begin.
    private func ends(of parents: Set<RecordID>) throws -> [RecordID: Int] {
        if parents.isEmpty { return [:] }
        let result = try environment.rows(
            "SELECT \"id\", \"parent_right\" FROM \(table: model.table) WHERE \"id\" = ANY(\(parents.sorted()))")
        var ends: [RecordID: Int] = [:]
        for row in 0..<result.rowCount {
            if let id = result.integer(row, 0), let end = result.integer(row, 1) { ends[id] = end }
        }
        return ends
    }

    /// Makes room at each place: what lies behind it moves on.
    private func widen(_ places: [Int], by widths: [Int], besides new: [RecordID]) throws {
        guard let first = places.first else { return }
        let room: SQL = "unnest(\(places)::int[], \(widths)::int[]) AS \"room\"(\"place\", \"width\")"
        let moved = { (bound: FieldName) -> SQL in
            """
            \(column: bound) = \(column: bound) + COALESCE((SELECT sum("width") FROM \(room) \
            WHERE "place" <= \(table: model.table).\(column: bound)), 0)
            """
        }
        try environment.rows(
            """
            UPDATE \(table: model.table) SET \(moved("parent_left")), \(moved("parent_right")) \
            WHERE "parent_right" >= \(first)::int AND "id" <> ALL(\(new)::int[])
            """)
    }

    /// The last bound there is. Touching the last root makes two root creations at the same time collide, so that one
    /// of them is run again and sees the other.
    private func lockedTop(besides new: [RecordID]) throws -> Int {
        let result = try environment.rows(
            """
            UPDATE \(table: model.table) SET "parent_right" = "parent_right" WHERE "id" = (SELECT "id" \
            FROM \(table: model.table) WHERE "parent_right" IS NOT NULL AND "id" <> ALL(\(new)::int[]) \
            ORDER BY "parent_right" DESC LIMIT 1) RETURNING "parent_right"
            """)
        return result.integer(0, 0) ?? 0
    }

    // MARK: - Moving

    /// A record with its new parent; nil makes it a root.
    typealias Move = (id: RecordID, parent: RecordID?)

    /// Moves records, which have their new parents already, with all below them to the end of these parents' children.
    ///
    /// - Throws: `UserError` when a new parent lies within a moved record.
    func move(_ moves: [Move]) throws {
        guard let first = moves.first, !waits() else { return }
        // One subtree is shifted, which touches little; for several everything is computed in one pass.
        guard moves.count == 1 else { return try recompute(moved: moves.map(\.id)) }
        let bounds = try environment.rows(
            "SELECT \"parent_left\", \"parent_right\" FROM \(table: model.table) WHERE \"id\" = \(first.id)")
        guard let left = bounds.integer(0, 0), let right = bounds.integer(0, 1) else { return try append([first]) }
        let end = try first.parent.flatMap { try ends(of: [$0])[$0] }
        let place = try end ?? lockedTop(besides: []) + 1
        guard place <= left || place > right else { throw UserError("UserError", "Recursivity Detected.") }
        try shift(left: left, right: right, to: place)
    }

    /// Those of the moves that give a record another parent than it has, by id.
    func real(_ moves: [Move]) throws -> [Move] {
        if moves.isEmpty { return [] }
        let parents = Binding.column(moves.map { move in move.parent.map { String($0) } })
        let result = try environment.rows(
            """
            SELECT \(model.column("id")), "new"."parent" FROM \(table: model.table) \
            JOIN unnest(\(moves.map(\.id))::int[], \(parents)::int[]) AS "new"("id", "parent") \
            ON "new"."id" = \(model.column("id")) \
            WHERE \(model.column(model.parentField)) IS DISTINCT FROM "new"."parent" ORDER BY \(model.column("id"))
            """)
        return (0..<result.rowCount).compactMap { row in result.integer(row, 0).map { ($0, result.integer(row, 1)) } }
    }

    private func shift(left: Int, right: Int, to place: Int) throws {
        let width = right - left + 1
        let forward = place > right
        let distance = forward ? place - right - 1 : place - left
        let others = forward ? (from: right + 1, to: place - 1, by: -width) : (from: place, to: left - 1, by: width)
        let moved = { (bound: FieldName) -> SQL in
            """
            \(column: bound) = CASE WHEN \(column: bound) BETWEEN \(left)::int AND \(right)::int \
            THEN \(column: bound) + \(distance)::int \
            WHEN \(column: bound) BETWEEN \(others.from)::int AND \(others.to)::int \
            THEN \(column: bound) + \(others.by)::int ELSE \(column: bound) END
            """
        }
        let (low, high) = (min(left, others.from), max(right, others.to))
        try environment.rows(
            """
            UPDATE \(table: model.table) SET \(moved("parent_left")), \(moved("parent_right")) \
            WHERE "parent_left" BETWEEN \(low)::int AND \(high)::int \
            OR "parent_right" BETWEEN \(low)::int AND \(high)::int
            """)
    }
}
