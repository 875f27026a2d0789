internal import ORM
internal import Values

/// Asks where in the menu a dashboard shall be found.
enum BoardMenu {
    static let definition = ModelDefinition.introducing("board.menu.create", transient: true) { model in
        model.title = "Menu Create"
        model.fields = [
            .char("menu_name", "Menu Name", size: 64, required: true),
            .many2one("menu_parent_id", "Parent Menu", to: "ir.ui.menu", required: true),
        ]
        model.remote = [
            .method("board_menu_create", writes: true, ["ids", .context], makeMenu),
            .modelMethod("view_init", writes: false, ["fields", .context]) { environment, _ in
                let board = try board(of: environment)
                if try board?.many("line_ids").isEmpty == true {
                    throw UserError("User Error!", "Please Insert Dashboard View(s) !")
                }
                return false
            },
        ]
    }

    private static func board(of environment: Environment) throws -> Record? {
        try environment.context["active_id"].recordID.map { try environment.record("board.board", $0) }
    }

    /// Makes the window action and the menu entry that leads to it.
    @Sendable private static func makeMenu(_ wizards: Records, _ arguments: Arguments) throws -> Value {
        let environment = wizards.environment
        guard let wizard = wizards.first, let board = try board(of: environment) else {
            throw ORMError.badValue("a dashboard is told by the key active_id of the context")
        }
        let name = Value.text(try wizard.text("menu_name") ?? "")
        let action = try environment.create(
            "ir.actions.act_window",
            [
                "name": name, "view_type": "form", "view_mode": "form", "context": "{'menu':True}",
                "res_model": "board.board", "view_id": try board.value("view_id"),
            ])
        try environment.create(
            "ir.ui.menu",
            [
                "name": name, "parent_id": try wizard.value("menu_parent_id"), "icon": "STOCK_SELECT_COLOR",
                "action": .text("ir.actions.act_window,\(action.id)"),
            ])
        return [:]
    }
}
