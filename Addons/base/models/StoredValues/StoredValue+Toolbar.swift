internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values

/// What windows offer beside a view: reports, actions and related windows (contract/views.md §2).
extension StoredValue {
    /// The parts of a toolbar with the events whose actions they hold.
    private static let toolbarParts = [
        "print": "client_print_multi", "action": "client_action_multi", "relate": "client_action_relate",
    ]

    /// All that is offered for records of a model to the caller, each action with its name once more as `string`. What is
    /// for lists alone is left out of forms' reports and actions.
    static func toolbar(of model: Model, in environment: Environment) throws -> Value {
        let found = try bound(to: model.name, slots: toolbarParts.values.sorted(), in: environment)
        return .dictionary(
            toolbarParts.mapValues { slot in
                .list(
                    (found[slot] ?? []).compactMap { action in
                        if slot != "client_action_relate", action["multi"]?.isTruthy == true { return nil }
                        return .dictionary(action.merging(["string": action["name"] ?? false]) { $1 })
                    })
            })
    }
}

extension Menu {
    /// The text `menus` of the window action that the menu entry `active_id` of the context opens; false where there is
    /// none.
    static func submenu(in environment: Environment) throws -> Value {
        guard let menu = environment.context["active_id"].recordID, Int32(exactly: menu) != nil else { return false }
        let text = try actionTexts(of: [menu], in: environment)[menu]
        guard let action = text.flatMap({ ActionReference($0) }), action.model == "ir.actions.act_window" else {
            return false
        }
        let rows = try environment.records(action.model, [action.id]).read(["menus"])
        return rows.values(of: "menus")?.first ?? false
    }
}
