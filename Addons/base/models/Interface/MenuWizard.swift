internal import ORM
internal import Values

/// The window that makes a menu entry for a model.
enum MenuWizard {
    static let definition = ModelDefinition.introducing("wizard.ir.model.menu.create", transient: true) { model in
        model.fields = [
            .char("name", "Menu Name", size: 64, required: true),
            .many2one("menu_id", "Parent Menu", to: "ir.ui.menu", required: true),
        ]
        model.remote = [
            .method("menu_create", writes: true, ["ids", .context]) { wizards, _ in
                for wizard in wizards { try createMenu(wizard) }
                return CloseAction.answer
            }
        ]
    }

    /// A window that shows the model which the context names, and an entry that opens it.
    private static func createMenu(_ wizard: Record) throws {
        let environment = wizard.environment
        let name = try wizard.value("name")
        guard let id = environment.context["model_id"].recordID ?? environment.context["active_id"].recordID,
            let model = try environment.record("ir.model", id).text("model")
        else { throw UserError("Error", "Please open the window from the model that the menu shall show.") }
        let lines = try environment.search(
            "wizard.ir.model.menu.create.line", [["wizard_id", "=", .integer(wizard.id)]])
        let ordered = try lines.sorted { try $0.integer("sequence") < $1.integer("sequence") }
        var values: FieldValues = ["name": name, "res_model": .text(model), "view_type": "form"]
        if !ordered.isEmpty {
            values["view_mode"] = .text(try ordered.map { try $0.text("view_type") ?? "form" }.joined(separator: ","))
        }
        let action = try environment.create("ir.actions.act_window", values)
        _ = try environment.records("ir.actions.act_window.view").create(
            ordered.filter { try $0.one("view_id") != nil }.map { line in
                [
                    "act_window_id": .integer(action.id), "view_id": try line.value("view_id"),
                    "view_mode": try line.value("view_type"), "sequence": try line.value("sequence"),
                ]
            })
        try environment.create(
            "ir.ui.menu",
            [
                "name": name, "parent_id": try wizard.value("menu_id"), "icon": "STOCK_INDENT",
                "action": .text("ir.actions.act_window,\(action.id)"),
            ])
    }
}

/// A view that the new window switches to.
enum MenuWizardLine {
    static let definition = ModelDefinition.introducing("wizard.ir.model.menu.create.line", transient: true) { model in
        model.fields = [
            .many2one("wizard_id", "Wizard", to: "wizard.ir.model.menu.create"),
            .integer("sequence", "Sequence"),
            .selection(
                "view_type", "View Type",
                ["tree": "Tree", "form": "Form", "graph": "Graph", "calendar": "Calendar", "gantt": "Gantt"],
                required: true, default: "tree"),
            .many2one("view_id", "View", to: "ir.ui.view"),
        ]
    }
}
