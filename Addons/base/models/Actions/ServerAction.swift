internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values

/// An action that the server carries out itself (contract/views.md §7).
enum ServerAction {
    static let definition = ModelDefinition.introducing("ir.actions.server") { model in
        model.table = "ir_act_server"
        model.parentTable = "ir_actions"
        model.order = "sequence,name"
        model.fields = [
            .char("name", "Action Name", size: 64, required: true, translate: true, help: "What clients offer it as."),
            .char("type", "Action Type", size: 32, required: true, default: "ir.actions.server"),
            .char(
                "condition", "Condition", size: 256, required: true, default: "True",
                help: "A Python expression over object, context and time. Where it is false nothing happens."),
            .selection(
                "state", "Action Type", .fixed(kinds), size: 32, required: true, default: "dummy",
                help: "What is done."),
            .text("code", "Python Code", default: "", help: "Kept, but not run: Apus has no Python."),
            .integer(
                "sequence", "Sequence", default: 5, help: "Of several actions those with lower numbers come first."),
            .many2one("model_id", "Object", to: "ir.model", required: true, help: "The model whose records it is for."),
            .many2one("action_id", "Client Action", to: "ir.actions.actions", help: "What the client does next."),
            .selection(
                "trigger_name", "Trigger Name", .computed(signals), size: 128, help: "The signal that is sent."),
            .many2one("wkf_model_id", "Workflow On", to: "ir.model", help: "The model whose workflow hears of it."),
            .many2one(
                "trigger_obj_id", "Trigger On", to: "ir.model.fields",
                help: "The field that leads to the record whose workflow hears of it."),
            .char(
                "email", "Email Address", size: 512, help: "A Python expression, or the address itself."),
            .char(
                "subject", "Subject", size: 1024, translate: true,
                help: "Expressions stand in double square brackets: [[ object.name ]]."),
            .text(
                "message", "Message", translate: true,
                help: "Expressions stand in double square brackets: [[ object.name ]]."),
            .char("mobile", "Mobile No", size: 512, help: "A Python expression, or the number itself."),
            .char("sms", "SMS", size: 160, translate: true),
            .many2many(
                "child_ids", "Other Actions", of: "ir.actions.server",
                through: .init(table: "rel_server_actions", own: "server_id", other: "action_id")),
            .many2one("srcmodel_id", "Model", to: "ir.model", help: "The model whose record is made or written."),
            .one2many("fields_lines", "Field Mappings.", of: "ir.server.object.lines", inverse: "server_id"),
            .many2one(
                "record_id", "Create Id", to: "ir.model.fields", help: "The field that keeps the id of the new record."),
            .char(
                "write_id", "Write Id", size: 256,
                help: "A Python expression: the id of the record to write. Without it that is the record itself."),
            .many2one("loop_action", "Loop Action", to: "ir.actions.server", help: "Carried out for each record."),
            .char(
                "expression", "Loop Expression", size: 512, help: "A Python expression: the records to go through."),
            .reference("copy_object", "Copy Of", .computed(models), size: 256),
            .char("usage", "Action Usage", size: 32),
        ]
        model.remote = [
            .method("run", writes: true, ["ids", .context]) { actions, _ in
                var run = ServerActionRun(environment: actions.environment)
                return try run.carryOut(actions)
            },
            .onChange("change_object", ["ids", "copy_object", "state"]) { environment, arguments in
                guard arguments["state"] == "object_copy", let object = arguments["copy_object"].text,
                    let model = object.split(separator: ",").first
                else { return OnChange() }
                let found = try environment.search("ir.model", [["model", "=", .text(String(model))]], limit: 1)
                return OnChange(found.first.map { ["srcmodel_id": .integer($0.id)] } ?? [:])
            },
        ]
    }

    private static let kinds = [
        Selection.Option("client_action", "Client Action"), Selection.Option("dummy", "Dummy"),
        Selection.Option("loop", "Iteration"), Selection.Option("code", "Python Code"),
        Selection.Option("trigger", "Trigger"), Selection.Option("email", "Email"), Selection.Option("sms", "SMS"),
        Selection.Option("object_create", "Create Object"), Selection.Option("object_copy", "Copy Object"),
        Selection.Option("object_write", "Write Object"), Selection.Option("other", "Multi Actions"),
    ]

    /// The signals that transitions of workflows wait for.
    private static func signals(_ environment: Environment) throws -> [Selection.Option] {
        guard environment.registry.models["workflow.transition"] != nil else { return [] }
        return try environment.options(
            "SELECT DISTINCT \"signal\", \"signal\" FROM \"wkf_transition\" WHERE \"signal\" <> '' ORDER BY 1")
    }

    private static func models(_ environment: Environment) throws -> [Selection.Option] {
        try environment.options("SELECT \"model\", \"name\" FROM \"ir_model\" ORDER BY \"model\"")
    }
}

/// A field that a server action fills in, and with what.
enum ServerActionLine {
    static let definition = ModelDefinition.introducing("ir.server.object.lines") { model in
        model.fields = [
            .many2one("server_id", "Object Mapping", to: "ir.actions.server"),
            .many2one("col1", "Destination", to: "ir.model.fields", required: true),
            .text("value", "Value", required: true),
            .selection(
                "type", "Type", ["value": "Value", "equation": "Formula"], size: 32, required: true, default: "value"
            ).with { $0.changeDefault = true },
        ]
    }
}
