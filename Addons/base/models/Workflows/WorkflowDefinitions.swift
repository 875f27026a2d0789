internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values
internal import Workflow

/// The records that workflows are defined by (contract/workflow.md §1). The engine remembers them: every change is told
/// to it, also a deletion.
enum WorkflowDefinitions {
    static let all = [flow, activity, transition]

    private static let flow = ModelDefinition.introducing("workflow") { model in
        model.title = "workflow"
        model.table = "wkf"
        model.order = "name"
        model.fields = [
            .char("name", "Name", size: 64, required: true),
            .char("osv", "Resource Object", size: 64, required: true, index: .yes),
            .boolean("on_create", "On Create", index: .yes, default: true),
            .one2many("activities", "Activities", of: "workflow.activity", inverse: "wkf_id"),
        ]
        model.overrides = .telling(noteChange)
        model.remote = [
            .modelMethod("get_active_workitems", writes: false, ["res", "res_id", .context], activeItems)
        ]
    }

    private static let activity = ModelDefinition.introducing("workflow.activity") { model in
        model.title = "workflow.activity"
        model.table = "wkf_activity"
        model.order = "name"
        model.fields = [
            .char("name", "Name", size: 64, required: true),
            .many2one("wkf_id", "Workflow", to: "workflow", onDelete: .cascade, required: true, index: .yes),
            .selection(
                "split_mode", "Split Mode", ["XOR": "Xor", "OR": "Or", "AND": "And"], size: 3, required: true,
                default: "XOR"),
            .selection(
                "join_mode", "Join Mode", ["XOR": "Xor", "AND": "And"], size: 3, required: true, default: "XOR"),
            .selection(
                "kind", "Kind",
                ["dummy": "Dummy", "function": "Function", "subflow": "Subflow", "stopall": "Stop All"], size: 64,
                required: true, default: "dummy"),
            .text("action", "Python Action"),
            .many2one("action_id", "Server Action", to: "ir.actions.server"),
            .boolean("flow_start", "Flow Start"),
            .boolean("flow_stop", "Flow Stop"),
            .many2one("subflow_id", "Subflow", to: "workflow"),
            .char("signal_send", "Signal (subflow.*)", size: 32),
            .one2many("out_transitions", "Outgoing Transitions", of: "workflow.transition", inverse: "act_from"),
            .one2many("in_transitions", "Incoming Transitions", of: "workflow.transition", inverse: "act_to"),
        ]
        model.overrides = .telling(noteChange)
    }

    private static let transition = ModelDefinition.introducing("workflow.transition") { model in
        model.title = "workflow.transition"
        model.table = "wkf_transition"
        model.nameField = "signal"
        model.fields = [
            .char("trigger_model", "Trigger Object", size: 128),
            .char("trigger_expr_id", "Trigger Expression", size: 128),
            .char(
                "signal", "Signal (button Name)", size: 64,
                help: "What a button or a program sends to have this transition taken. Without one it is taken as soon "
                    + "as its condition holds."),
            .many2one(
                "group_id", "Group Required", to: "res.groups", help: "Only members of this group take it."),
            .char(
                "condition", "Condition", size: 128, required: true, default: "True",
                help: "An expression over the record's fields and methods that must hold."),
            .many2one(
                "act_from", "Source Activity", to: "workflow.activity", onDelete: .cascade, required: true,
                index: .yes, help: "The activity it leads away from, once that one is complete."),
            .many2one(
                "act_to", "Destination Activity", to: "workflow.activity", onDelete: .cascade, required: true,
                index: .yes, help: "The activity it leads to."),
            .related(
                "wkf_id", "Workflow", .many2one("workflow", onDelete: .setNull), through: "act_from", "wkf_id",
                index: .yes),
        ]
        model.overrides = .telling(noteChange)
    }

    @Sendable private static func noteChange(in environment: Environment) throws {
        try (environment.registry.ports.workflows as? WorkflowEngine)?.noteChange(in: environment)
    }

    /// `{'wkf': the workflow of a model, 'workitems': {activity: how many items of the record are there}}`.
    @Sendable private static func activeItems(_ environment: Environment, _ arguments: Arguments) throws -> Value {
        let model = arguments["res"].plainText
        let flows = try environment.search("workflow", [["osv", "=", .text(model)]], limit: 1, order: "id")
        guard let flow = flows.ids.first else { return ["wkf": nil, "workitems": [:]] }
        let columns = ["name", "osv", "on_create", "create_uid", "create_date", "write_uid", "write_date"]
        let row = try environment.rows(
            """
            SELECT \(columns.map { SQL.quoted($0) + "::text" }.joined(by: ", ")) FROM "wkf" WHERE "id" = \(flow)
            """)
        var values: [String: Value] = ["id": .integer(flow)]
        for (column, name) in columns.enumerated() {
            let text = row.text(0, column)
            values[name] =
                switch name {
                case "on_create": .boolean(text == "true")
                case "create_uid", "write_uid": text.flatMap { Int($0) }.map { .integer($0) } ?? nil
                default: text.map { .text($0) } ?? nil
                }
        }
        let items = try environment.rows(
            """
            SELECT "w"."act_id", count(*) FROM "wkf_workitem" AS "w" \
            JOIN "wkf_instance" AS "i" ON "i"."id" = "w"."inst_id" WHERE "i"."wkf_id" = \(flow) \
            AND "i"."res_id" = \(arguments["res_id"].recordID ?? 0) GROUP BY "w"."act_id"
            """)
        let counts = items.byID { items.integer($0, 1) }.map { (String($0), Value.integer($1)) }
        return [
            "wkf": .dictionary(values), "workitems": .dictionary(Dictionary(uniqueKeysWithValues: counts)),
        ]
    }
}
