internal import ORM
internal import Values

/// One of the views a window action switches between.
enum WindowActionView {
    static let definition = ModelDefinition.introducing("ir.actions.act_window.view") { model in
        model.table = "ir_act_window_view"
        model.nameField = "view_id"
        model.order = "sequence"
        model.fields = [
            .integer("sequence", "Sequence"),
            .many2one("view_id", "View", to: "ir.ui.view"),
            .selection(
                "view_mode", "View Type",
                ["tree": "Tree", "form": "Form", "graph": "Graph", "calendar": "Calendar", "gantt": "Gantt"],
                required: true),
            .many2one("act_window_id", "Action", to: "ir.actions.act_window", onDelete: .cascade),
            .boolean("multi", "On Multiple Doc.", default: false, help: "Offered for lists of records, not in forms."),
        ]
    }
}
