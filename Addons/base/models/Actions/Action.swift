internal import ORM
internal import Values

/// Any action by its id: the tables of all kinds of actions inherit from this one and share its numbers.
enum Action {
    static let definition = ModelDefinition.introducing("ir.actions.actions") { model in
        model.table = "ir_actions"
        model.order = "name"
        model.fields = [
            .char("name", "Action Name", size: 64, required: true),
            .char("type", "Action Type", size: 32, required: true, readonly: true),
            .char("usage", "Action Usage", size: 32, default: ""),
        ]
    }
}
