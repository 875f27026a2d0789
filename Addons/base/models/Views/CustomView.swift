internal import ORM
internal import Values

/// A dashboard as one user has arranged it, in the place of the view it stems from.
enum CustomView {
    static let definition = ModelDefinition.introducing("ir.ui.view.custom") { model in
        model.fields = [
            .many2one("ref_id", "Original View", to: "ir.ui.view", index: .yes),
            .many2one("user_id", "User", to: "res.users", index: .yes),
            .text("arch", "View Architecture", required: true),
        ]
        model.tableSQL = [
            """
            CREATE INDEX IF NOT EXISTS "ir_ui_view_custom_user_id_ref_id" \
            ON "ir_ui_view_custom" ("user_id", "ref_id")
            """
        ]
    }
}
