internal import ORM
internal import Values

/// A step of a process: a state of a document, or another process.
enum ProcessNode {
    static let definition = ModelDefinition.introducing("process.node") { model in
        model.title = "Process Node"
        model.fields = [
            .char("name", "Name", size: 30, required: true, translate: true),
            .many2one("process_id", "Process", to: "process.process", onDelete: .cascade, required: true),
            .selection(
                "kind", "Kind of Node", ["state": "State", "subflow": "Subflow"], required: true, default: "state"),
            .many2one("menu_id", "Related Menu", to: "ir.ui.menu"),
            .text("note", "Notes", translate: true),
            .many2one("model_id", "Object", to: "ir.model"),
            .char("model_states", "States Expression", size: 128, default: .value(false)),
            .many2one("subflow_id", "Subflow", to: "process.process"),
            .boolean("flow_start", "Starting Flow", default: false),
            .one2many(
                "transition_in", "Starting Transitions", of: "process.transition", inverse: "target_node_id"),
            .one2many("transition_out", "Ending Transitions", of: "process.transition", inverse: "source_node_id"),
            .one2many("condition_ids", "Conditions", of: "process.condition", inverse: "node_id"),
            .char("help_url", "Help URL", size: 255),
        ]
    }

    static let condition = ModelDefinition.introducing("process.condition") { model in
        model.title = "Condition"
        model.fields = [
            .char("name", "Name", size: 30, required: true),
            .many2one("node_id", "Node", to: "process.node", onDelete: .cascade, required: true),
            .many2one("model_id", "Object", to: "ir.model"),
            .char("model_states", "Expression", size: 128, required: true),
        ]
    }
}
