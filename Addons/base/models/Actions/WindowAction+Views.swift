internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values

/// A view that a window shows: its id, or nil for the model's own, and its kind.
struct ShownView: Equatable {
    let id: RecordID?
    let kind: String
}

extension WindowAction {
    /// The field `views`: the views in the order the window offers them.
    static func views(_ actions: Records) throws -> [RecordID: Value] {
        let result = try actions.environment.rows(
            """
            SELECT "act_window_id", "view_id", "view_mode" FROM "ir_act_window_view" \
            WHERE "act_window_id" = ANY(\(actions.ids)) ORDER BY "sequence", "id"
            """)
        var listed: [RecordID: [ShownView]] = [:]
        for row in 0..<result.rowCount {
            guard let action = result.integer(row, 0) else { continue }
            listed[action, default: []].append(ShownView(id: result.integer(row, 1), kind: result.text(row, 2) ?? ""))
        }
        // Which view an action names is no secret to who may read the action.
        return try actions.asSuperuser.map { action in
            let own = try action.one("view_id").map { ShownView(id: $0.id, kind: try $0.text("type") ?? "") }
            let modes = try (action.text("view_mode") ?? "").split(separator: ",").map(String.init)
            return .list(
                views(listed: listed[action.id] ?? [], modes: modes, own: own)
                    .map { [$0.id.map { .integer($0) } ?? false, .text($0.kind)] })
        }
    }

    /// The listed views; then, for kinds beyond those, the action's own view and the model's own ones.
    static func views(listed: [ShownView], modes: [String], own: ShownView?) -> [ShownView] {
        guard modes.count > listed.count else { return listed }
        var missing = Array(modes.dropFirst(listed.count))
        guard let own else { return listed + missing.map { ShownView(id: nil, kind: $0) } }
        if let place = missing.firstIndex(of: own.kind) { missing.remove(at: place) }
        return listed + [own] + missing.map { ShownView(id: nil, kind: $0) }
    }
}
