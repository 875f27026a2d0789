internal import ORM
internal import Values

/// An action that opens an address of the web.
enum URLAction {
    static let definition = ModelDefinition.introducing("ir.actions.url") { model in
        model.table = "ir_act_url"
        model.parentTable = "ir_actions"
        model.order = "name"
        model.fields = [
            .char("name", "Action Name", size: 64, translate: true),
            .char("type", "Action Type", size: 32, required: true, default: "ir.actions.act_url"),
            .text("url", "Action URL", required: true),
            .selection(
                "target", "Action Target", ["new": "New Window", "self": "This Window"], required: true, default: "new"),
        ]
    }
}

/// An action that starts a wizard of the wizard service.
enum WizardAction {
    static let definition = ModelDefinition.introducing("ir.actions.wizard") { model in
        model.table = "ir_act_wizard"
        model.parentTable = "ir_actions"
        model.order = "name"
        model.fields = [
            .char("name", "Wizard Info", size: 64, required: true, translate: true),
            .char("type", "Action Type", size: 32, required: true, default: "ir.actions.wizard"),
            .char("wiz_name", "Wizard Name", size: 64, required: true),
            .boolean(
                "multi", "Action on Multiple Doc.", default: false, help: "Offered for lists of records, not in forms."),
            .many2many(
                "groups_id", "Groups", of: "res.groups",
                through: .init(table: "res_groups_wizard_rel", own: "uid", other: "gid")),
            .char("model", "Object", size: 64),
            .char("usage", "Action Usage", size: 32, default: ""),
        ]
    }
}

/// An action that closes a dialog. Its records are those of all actions: it has no table of its own.
enum CloseAction {
    static let definition = ModelDefinition.introducing("ir.actions.act_window_close") { model in
        model.table = "ir_actions"
        model.ownsTable = false
        model.order = "name"
        model.fields = [
            .char("name", "Action Name", size: 64, required: true),
            .char("type", "Action Type", size: 32, required: true, readonly: true, default: .value(type)),
            .char("usage", "Action Usage", size: 32, default: ""),
        ]
    }

    private static let type: Value = "ir.actions.act_window_close"

    /// What a method answers to have the client close the dialog.
    static let answer: Value = ["type": type]
}
