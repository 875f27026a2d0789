internal import ORM
internal import Values

/// Where records stand in their workflows (contract/workflow.md §1). The engine writes these rows by statements of its
/// own; some of their columns are for it alone.
enum WorkflowProgress {
    static let all = [instance, workItem, trigger]

    private static let instance = ModelDefinition.introducing("workflow.instance") { model in
        model.title = "workflow.instance"
        model.table = "wkf_instance"
        model.nameField = "res_type"
        model.logsAccess = false
        model.fields = [
            .many2one("wkf_id", "Workflow", to: "workflow", onDelete: .cascade, index: .yes),
            .integer("res_id", "Resource ID"),
            .char("res_type", "Resource Object", size: 64),
            .char("state", "State", size: 32),
        ]
        model.tableSQL = [
            """
            ALTER TABLE "wkf_instance" ADD COLUMN IF NOT EXISTS "uid" integer, \
            ALTER COLUMN "state" SET DEFAULT 'active'
            """,
            """
            CREATE INDEX IF NOT EXISTS "wkf_instance_res_type_res_id_state_index" \
            ON "wkf_instance" ("res_type", "res_id", "state")
            """,
            """
            CREATE INDEX IF NOT EXISTS "wkf_instance_res_id_wkf_id_index" ON "wkf_instance" ("res_id", "wkf_id")
            """,
            // Transitions that were taken and wait at a join.
            """
            CREATE TABLE IF NOT EXISTS "wkf_witm_trans" (\
            "trans_id" integer NOT NULL REFERENCES "wkf_transition" ON DELETE CASCADE, \
            "inst_id" integer NOT NULL REFERENCES "wkf_instance" ON DELETE CASCADE)
            """,
            """
            CREATE INDEX IF NOT EXISTS "wkf_witm_trans_inst_idx" ON "wkf_witm_trans" ("inst_id")
            """,
        ]
    }

    private static let workItem = ModelDefinition.introducing("workflow.workitem") { model in
        model.title = "workflow.workitem"
        model.table = "wkf_workitem"
        model.nameField = "state"
        model.logsAccess = false
        model.fields = [
            .many2one(
                "act_id", "Activity", to: "workflow.activity", onDelete: .restrict, required: true, index: .yes),
            .related(
                "wkf_id", "Workflow", .many2one("workflow", onDelete: .setNull), through: "act_id", "wkf_id"),
            .many2one("subflow_id", "Subflow", to: "workflow.instance", onDelete: .cascade, index: .yes),
            .many2one(
                "inst_id", "Instance", to: "workflow.instance", onDelete: .cascade, required: true, index: .yes),
            .char("state", "State", size: 64, index: .yes),
        ]
        model.tableSQL = ["ALTER TABLE \"wkf_workitem\" ALTER COLUMN \"state\" SET DEFAULT 'blocked'"]
    }

    private static let trigger = ModelDefinition.introducing("workflow.triggers") { model in
        model.title = "workflow.triggers"
        model.table = "wkf_triggers"
        model.logsAccess = false
        model.fields = [
            .integer("res_id", "Resource ID").with { $0.size = 128 },
            .char("model", "Object", size: 128),
            .many2one("instance_id", "Destination Instance", to: "workflow.instance", onDelete: .cascade),
            .many2one(
                "workitem_id", "Workitem", to: "workflow.workitem", onDelete: .cascade, required: true),
        ]
        model.tableSQL = [
            """
            CREATE INDEX IF NOT EXISTS "wkf_triggers_res_id_model_index" ON "wkf_triggers" ("res_id", "model")
            """
        ]
    }
}
