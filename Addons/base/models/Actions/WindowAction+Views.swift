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
            let modes = try (action.text("view_mode") ?? "")
                .split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            return .list(
                views(listed: listed[action.id] ?? [], modes: modes, own: own)
                    .map { [$0.id.map { .integer($0) } ?? false, .text($0.kind)] })
        }
    }

    /// The field `search_view`: the search view of the action's model as Python text, with all fields of the model. False
    /// for a model that is not there, and for a view that does not fit its model: the action can be read all the same, and
    /// who opens it hears of the mistake.
    static func searchViews(_ actions: Records) throws -> [RecordID: Value] {
        var texts: [SearchedView: Value] = [:]
        return try actions.asSuperuser.map { action in
            let wanted = SearchedView(
                model: try action.text("res_model") ?? "", view: try action.one("search_view_id")?.id)
            if let text = texts[wanted] { return text }
            let text = try searchView(wanted, in: actions.environment)
            texts[wanted] = text
            return text
        }
    }

    private struct SearchedView: Hashable {
        let model: ModelName
        let view: RecordID?
    }

    private static func searchView(_ wanted: SearchedView, in environment: Environment) throws -> Value {
        guard environment.registry.models[wanted.model] != nil else { return false }
        let handle = try environment.records(wanted.model)
        do {
            var view = try handle.fieldsView(ViewRequest("search", viewID: wanted.view))
            view.fields.merge(try handle.descriptions(of: nil)) { shown, _ in shown }
            return .text(view.value.pythonText)
        } catch is UserError {
            return false
        } catch ORMError.assertion {
            return false
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
