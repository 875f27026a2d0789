internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values

/// An action that shows records of a model in a window (contract/views.md §6).
enum WindowAction {
    static let definition = ModelDefinition.introducing("ir.actions.act_window") { model in
        model.table = "ir_act_window"
        model.parentTable = "ir_actions"
        model.order = "name"
        model.fields = [
            .char("name", "Action Name", size: 64, translate: true),
            .char("type", "Action Type", size: 32, required: true, default: "ir.actions.act_window"),
            .many2one("view_id", "View Ref.", to: "ir.ui.view", onDelete: .cascade),
            .char("domain", "Domain Value", size: 250, help: "Which records to show, as a Python expression."),
            .char(
                "context", "Context Value", size: 250, required: true, default: "{}",
                help: "What the window adds to the context, as a Python expression."),
            .char("res_model", "Object", size: 64, required: true, help: "The model whose records are shown."),
            .char("src_model", "Source Object", size: 64, help: "The model whose forms offer the action."),
            .selection(
                "target", "Target Window", ["current": "Current Window", "new": "New Window"], default: "current"),
            .selection(
                "view_type", "View Type", ["tree": "Tree", "form": "Form"], required: true, default: "form",
                help: "Tree shows a hierarchy; form is everything else."),
            .char(
                "view_mode", "View Mode", size: 250, required: true, default: "tree,form",
                help: "The kinds of view to switch between, the first one first."),
            .char("usage", "Action Usage", size: 32),
            .one2many("view_ids", "Views", of: "ir.actions.act_window.view", inverse: "act_window_id"),
            .computed("views", "Views", .binary, get: views).called("_views_get_fnc"),
            .integer("limit", "Limit", default: 80, help: "How many records a list shows at once."),
            .integer("auto_refresh", "Auto-Refresh", default: 0, help: "Seconds between two refreshes; 0 is never."),
            .many2many(
                "groups_id", "Groups", of: "res.groups",
                through: .init(table: "ir_act_window_group_rel", own: "act_id", other: "gid")),
            .many2one("search_view_id", "Search View Ref.", to: "ir.ui.view"),
            .computed("search_view", "Search View", .text, get: searchViews).called("_search_view"),
            .boolean("filter", "Filter"),
            .boolean("auto_search", "Auto Search", default: true),
            .char("menus", "Menus", size: 4096),
            .text("help", "Action description", translate: true, help: "Tells people what the window is for."),
            .computed(
                "display_menu_tip", "Display Menu Tips", .boolean, get: menuTips,
                help: "Whether the user wants to be told."
            ).called("_get_help_status"),
            .boolean(
                "multi", "Action on Multiple Doc.", default: false, help: "Offered for lists of records, not in forms."),
        ]
        model.constraints = [
            .check(
                fields: ["res_model", "src_model"], message: "Invalid model name in the action definition."
            ) { actions in
                let known = actions.environment.registry.models
                return try actions.allSatisfy { action in
                    try [action.text("res_model"), action.text("src_model")].compactMap(\.self)
                        .allSatisfy { $0.isEmpty || known[$0] != nil }
                }
            }
        ]
        model.remote = [
            .modelMethod("for_xml_id", writes: false, ["module", "xml_id", .context]) { environment, arguments in
                let id = "\(arguments["module"].plainText).\(arguments["xml_id"].plainText)"
                return try read(externalID: id, in: environment)
            }
        ]
    }

    /// All that a client reads of the window action with an external id.
    static func read(externalID: String, in environment: Environment) throws -> Value {
        guard let action = try environment.record(externalID: externalID) else {
            throw ORMError.badValue("No references to \(externalID)")
        }
        return try action.alone.read().dictionaries().first.map { .dictionary($0) } ?? false
    }

    private static func menuTips(_ actions: Records) throws -> [RecordID: Value] {
        let wanted = try actions.environment.rows(
            "SELECT \"menu_tips\" FROM \"res_users\" WHERE \"id\" = \(actions.environment.uid)")
        let shows = wanted.rowCount > 0 && wanted.boolean(0, 0) ?? false
        return actions.map { _ in .boolean(shows) }
    }
}
