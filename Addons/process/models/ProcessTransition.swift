internal import ORM
internal import Values

/// What leads from one step of a process to the next.
enum ProcessTransition {
    static let definition = ModelDefinition.introducing("process.transition") { model in
        model.title = "Process Transition"
        model.fields = [
            .char("name", "Name", size: 32, required: true, translate: true),
            .many2one("source_node_id", "Source Node", to: "process.node", onDelete: .cascade, required: true),
            .many2one("target_node_id", "Target Node", to: "process.node", onDelete: .cascade, required: true),
            .one2many("action_ids", "Buttons", of: "process.transition.action", inverse: "transition_id"),
            .many2many(
                "transition_ids", "Workflow Transitions", of: "workflow.transition",
                through: .init(table: "process_transition_ids", own: "ptr_id", other: "wtr_id")),
            .many2many(
                "group_ids", "Required Groups", of: "res.groups",
                through: .init(table: "process_transition_group_rel", own: "tid", other: "rid")),
            .text("note", "Description", translate: true),
        ]
    }

    static let action = ModelDefinition.introducing("process.transition.action") { model in
        model.title = "Process Transitions Actions"
        model.fields = [
            .char("name", "Name", size: 32, required: true, translate: true),
            .char("action", "Action ID", size: 64).with { attributes in
                attributes.states = [
                    "dummy": [["readonly", 1]], "object": [["required", 1]], "workflow": [["required", 1]],
                    "action": [["required", 1]],
                ]
            },
            .selection(
                "state", "Type",
                [
                    "dummy": "Dummy", "object": "Object Method", "workflow": "Workflow Trigger", "action": "Action",
                ], required: true, default: "dummy"),
            .many2one(
                "transition_id", "Transition", to: "process.transition", onDelete: .cascade, required: true),
        ]
    }
}
