internal import ORM
internal import Values

/// A contract with the publisher of the software. Apus has none: the model is kept for its records and for clients that
/// ask, which learn that there is no contract. Nothing is ever sent to anybody (contract/base-addon.md §4).
enum WarrantyContract {
    static let definition = ModelDefinition.introducing("publisher_warranty.contract") { model in
        model.fields = [
            .char("name", "Serial Key", size: 384, required: true, help: "The key the publisher gave out."),
            .date("date_start", "Starting Date", readonly: true),
            .date("date_stop", "Ending Date", readonly: true),
            .selection(
                "state", "State",
                [
                    "unvalidated": "Unvalidated", "valid": "Valid", "terminated": "Terminated",
                    "canceled": "Canceled",
                ], readonly: true, default: "unvalidated"),
            .char("kind", "Kind", size: 64, readonly: true),
            .boolean("check_support", "Support Level 1", readonly: true),
            .boolean("check_opw", "OPW", readonly: true, help: "Whether the contract covers corrections."),
        ]
        model.constraints = [
            .sql("uniq_name", "unique(name)", message: "That contract is already registered in the system.")
        ]
        model.remote = [
            .modelMethod("status", writes: false, []) { _, _ in status },
            .modelMethod("send", writes: false, ["tb", "explanations", .optional("remarks"), .optional("issue_name")]) {
                _, _ in throw refusal
            },
            .method("check_validity", writes: false, ["ids", .context]) { _, _ in throw refusal },
            .modelMethod("get_logs", writes: false, [.optional("ids"), .optional("cron_mode", true), .context]) {
                _, _ in
                true
            },
            .modelMethod("get_last_user_messages", writes: false, ["limit", .context]) { _, _ in [] },
            .modelMethod("del_user_message", writes: false, ["id", .context]) { _, _ in true },
        ]
    }

    fileprivate static let status: Value = ["status": "none", "uncovered_modules": []]

    static let refusal = UserError(
        "Error", "Apus sends nothing to a publisher: contracts can be written down here, but neither checked nor used.")
}

/// The window for the key of a contract.
enum WarrantyWizard {
    static let definition = ModelDefinition.introducing("publisher_warranty.contract.wizard", transient: true) {
        model in
        model.fields = [
            .char("name", "Serial Key", size: 256, required: true, help: "The key the publisher gave out."),
            .selection("state", "State", ["draft": "Draft", "finished": "Finished"], default: "draft"),
            WizardScreen.logo,
        ]
        model.remote = [
            .method("action_validate", writes: true, ["ids", .context]) { _, _ in throw WarrantyContract.refusal }
        ]
    }
}

/// What clients before 6.0 ask for the same.
enum MaintenanceContract {
    static let definition = ModelDefinition.introducing("maintenance.contract", transient: true) { model in
        model.remote = [
            .modelMethod("status", writes: false, []) { _, _ in WarrantyContract.status },
            .modelMethod("send", writes: false, ["tb", "explanations", .optional("remarks")]) { _, _ in
                throw WarrantyContract.refusal
            },
        ]
    }
}
