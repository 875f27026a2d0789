internal import PostgreSQL
internal import SQL
internal import Values

/// Keeps `parent_left` and `parent_right` of a tree: a record's bounds enclose those of all records below it
/// (contract/orm.md §14).
struct NestedSet {
    let model: Model
    let environment: Environment

    /// Gives a new record its place as the last child of its parent, or as the last root.
    func append(_ id: RecordID, under parent: RecordID?) throws {
        let place = try place(under: parent, besides: id)
        try environment.rows(
            """
            UPDATE \(table: model.table) SET \
            "parent_left" = CASE WHEN "parent_left" >= \(place)::int THEN "parent_left" + 2 ELSE "parent_left" END, \
            "parent_right" = "parent_right" + 2 WHERE "parent_right" >= \(place)::int AND "id" <> \(id)::int
            """)
        try environment.rows(
            """
            UPDATE \(table: model.table) SET "parent_left" = \(place)::int, "parent_right" = \(place)::int + 1 \
            WHERE "id" = \(id)::int
            """)
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
            let place = try place(under: parent, besides: id)
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

    /// Where a further child of a parent begins. Touching the last root makes two root creations at the same time
    /// collide, so that one of them is run again and sees the other.
    private func place(under parent: RecordID?, besides id: RecordID) throws -> Int {
        if let parent {
            let result = try environment.rows(
                "SELECT \"parent_right\" FROM \(table: model.table) WHERE \"id\" = \(parent)")
            if let place = result.integer(0, 0) { return place }
        }
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
