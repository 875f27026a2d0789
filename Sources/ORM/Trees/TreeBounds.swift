internal import PostgreSQL
internal import SQL
internal import Values

/// The bounds of a whole nested set, computed in one pass from who is whose parent.
struct TreeBounds {
    private var children: [RecordID: [RecordID]] = [:]
    private var roots: [RecordID] = []
    private let count: Int

    /// - Parameter rows: All records with their parents, siblings in the order they shall have.
    init(_ rows: [(id: RecordID, parent: RecordID?)]) {
        count = rows.count
        let known = Set(rows.map(\.id))
        for (id, parent) in rows {
            if let parent, known.contains(parent) { children[parent, default: []].append(id) } else { roots.append(id) }
        }
    }

    /// The bounds of each record.
    ///
    /// - Throws: `UserError` when records lie within themselves.
    func bounds() throws -> [(id: RecordID, left: Int, right: Int)] {
        var bounds: [(id: RecordID, left: Int, right: Int)] = []
        bounds.reserveCapacity(count)
        var position = 1
        // A stack of its own: a tree may be deeper than a thread's.
        var open: [(id: RecordID, left: Int, next: Int)] = []
        for root in roots {
            open.append((root, position, 0))
            position += 1
            while let last = open.last {
                let below = children[last.id] ?? []
                if last.next < below.count {
                    open[open.count - 1].next += 1
                    open.append((below[last.next], position, 0))
                } else {
                    bounds.append((last.id, last.left, position))
                    open.removeLast()
                }
                position += 1
            }
        }
        // What no root leads to goes round in a circle.
        guard bounds.count == count else { throw UserError("UserError", "Recursivity Detected.") }
        return bounds
    }
}

extension NestedSet {
    /// Computes the bounds of all records anew; two statements.
    ///
    /// - Parameter moved: Records that come last among their new siblings, the others keeping their order; nil puts all
    ///   siblings in the order the model says.
    func recompute(moved: [RecordID]? = nil) throws {
        let order: SQL =
            moved.map { "\"id\" = ANY(\($0)), \"parent_left\", \"id\"" }
            ?? OrderClause.plain(model.siblingOrder, of: model)
        let result = try environment.rows(
            "SELECT \"id\", \(column: model.parentField) FROM \(table: model.table) ORDER BY \(order)")
        let rows = (0..<result.rowCount).compactMap { row in
            result.integer(row, 0).map { (id: $0, parent: result.integer(row, 1)) }
        }
        let bounds = try TreeBounds(rows).bounds()
        try environment.rows(
            """
            UPDATE \(table: model.table) SET "parent_left" = "new"."left", "parent_right" = "new"."right" \
            FROM unnest(\(bounds.map(\.id))::int[], \(bounds.map(\.left))::int[], \(bounds.map(\.right))::int[]) \
            AS "new"("id", "left", "right") WHERE \(table: model.table)."id" = "new"."id" \
            AND (\(table: model.table)."parent_left", \(table: model.table)."parent_right") \
            IS DISTINCT FROM ("new"."left", "new"."right")
            """)
    }
}

extension Environment {
    /// While an addon is loaded, trees grow without bounds; they are computed once at the end, and until then
    /// `child_of` goes from parent to child (contract/orm.md §14).
    public func deferringTrees<Answer>(_ body: () throws -> Answer) throws -> Answer {
        guard pending.unboundedTrees == nil else { return try body() }
        pending.unboundedTrees = []
        defer { pending.unboundedTrees = nil }
        let answer = try body()
        for name in (pending.unboundedTrees ?? []).sorted() {
            try NestedSet(model: registry.model(name), environment: self).recompute()
        }
        return answer
    }
}
