internal import PostgreSQL
internal import SQL
internal import Values

/// Keeps `parent_left` and `parent_right` of a tree: a record's bounds enclose those of all records below it
/// (contract/orm.md §14).
struct NestedSet {
    let model: Model
    let environment: Environment

    /// Gives new records their places as the last children of their parents, or as the last roots, in their order. None
    /// of them may be the parent of another. As many statements for many records as for one.
    func append(_ ids: [RecordID], under parents: [RecordID?]) throws {
        let places = try places(under: parents)
        // Each is inserted before what stands at its place, which moves on by two; so do those that come after it.
        let order = places.indices.sorted { (places[$0], $0) < (places[$1], $1) }
        let thresholds = order.map { places[$0] }
        guard let first = thresholds.first else { return }
        let moved = { (bound: FieldName) -> SQL in
            "\(column: bound) = \(column: bound) + 2 * width_bucket(\(column: bound), \(thresholds)::int[])"
        }
        try environment.rows(
            """
            UPDATE \(table: model.table) SET \(moved("parent_left")), \(moved("parent_right")) \
            WHERE "parent_right" >= \(first)::int AND "id" <> ALL(\(ids))
            """)
        let lefts = thresholds.enumerated().map { $1 + 2 * $0 }
        try environment.rows(
            """
            UPDATE \(table: model.table) SET "parent_left" = "new"."left", "parent_right" = "new"."left" + 1 \
            FROM unnest(\(order.map { ids[$0] })::int[], \(lefts)::int[]) AS "new"("id", "left") \
            WHERE \(table: model.table)."id" = "new"."id"
            """)
    }

    /// Where a further child of each parent begins; the end of the tree for those without.
    private func places(under parents: [RecordID?]) throws -> [Int] {
        let known = parents.compactMap(\.self).distinct
        var rights: [RecordID: Int] = [:]
        if !known.isEmpty {
            let result = try environment.rows(
                "SELECT \"id\", \"parent_right\" FROM \(table: model.table) WHERE \"id\" = ANY(\(known))")
            rights = result.byID { result.integer($0, 1) }
        }
        let found = parents.map { $0.flatMap { rights[$0] } }
        if !found.contains(nil) { return found.compactMap(\.self) }
        let end = try endOfTree()
        return found.map { $0 ?? end }
    }

    /// Moves records with all below them to the end of another parent's children; nil makes them roots.
    ///
    /// - Throws: `UserError` when the new parent lies within the moved record.
    func move(_ ids: [RecordID], under parent: RecordID?) throws {
        // One after the other: each move shifts the bounds the next one starts from.
        for id in ids {
            let bounds = try environment.rows(
                """
                SELECT "parent_left", "parent_right" FROM \(table: model.table) WHERE "id" = \(id)
                """)
            guard let left = bounds.integer(0, 0), let right = bounds.integer(0, 1) else { continue }
            let place = try places(under: [parent])[0]
            guard place <= left || place > right else { throw UserError("UserError", "Recursivity Detected.") }
            try shift(left: left, right: right, to: place)
        }
    }

    /// Those of the records whose parent is another one than the given.
    func moving(_ ids: [RecordID], under parent: RecordID?) throws -> [RecordID] {
        try environment.rows(
            """
            SELECT "id" FROM \(table: model.table) WHERE "id" = ANY(\(ids)) \
            AND \(column: model.parentField) IS DISTINCT FROM \(parent.map(Binding.integer) ?? .null)::int ORDER BY "id"
            """
        ).integers(column: 0)
    }

    /// Where a further root begins. Touching the last root makes two root creations at the same time collide, so that
    /// one of them is run again and sees the other.
    private func endOfTree() throws -> Int {
        let result = try environment.rows(
            """
            UPDATE \(table: model.table) SET "parent_right" = "parent_right" WHERE "id" = (SELECT "id" \
            FROM \(table: model.table) WHERE "parent_right" IS NOT NULL \
            ORDER BY "parent_right" DESC LIMIT 1) RETURNING "parent_right"
            """)
        return (result.integer(0, 0) ?? 0) + 1
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
