internal import ORM
internal import Values

/// A step of setting a database up: a wizard that is still to be gone through, or has been (contract/base-addon.md §6).
enum ConfigurationStep {
    static let definition = ModelDefinition.introducing("ir.actions.todo") { model in
        model.order = "sequence,name,id"
        model.fields = [
            .many2one(
                "action_id", "Action", to: "ir.actions.act_window", onDelete: .cascade, required: true, index: .yes),
            .integer("sequence", "Sequence", default: 10),
            .selection(
                "state", "State", ["open": "To Do", "done": "Done", "skip": "Skipped", "cancel": "Cancelled"],
                required: true, default: "open"),
            .char("name", "Name", size: 64),
            .selection(
                "restart", "Restart", ["onskip": "On Skip", "always": "Always", "never": "Never"], required: true,
                default: "onskip"),
            .many2many(
                "groups_id", "Groups", of: "res.groups",
                through: .init(table: "res_groups_action_rel", own: "uid", other: "gid")),
            .text("note", "Text", translate: true),
        ]
        model.remote = [
            .method("action_launch", writes: false, ["ids", .context]) { steps, _ in
                guard let step = steps.first, let action = try step.one("action_id") else { return false }
                var values =
                    try steps.environment.read(action: action.id, kind: "ir.actions.act_window").dictionary ?? [:]
                let own = try values["context"]?.text.map { try RecordExpression(parsing: $0).value() } ?? [:]
                let context = own.dictionary ?? [:]
                values["context"] = .dictionary(context.merging(["active_action_todo": .integer(step.id)]) { $1 })
                values["nodestroy"] = true
                values["target"] = "new"
                return .dictionary(values)
            },
            .method("action_open", writes: true, ["ids", .context]) { steps, _ in
                try steps.write(["state": "open"])
                return true
            },
        ]
    }

    // MARK: - One after the other

    /// Opens the steps again that are gone through anew: those that always are, and skipped ones that ask for it.
    static func reopen(in environment: Environment) throws {
        try environment.search(
            "ir.actions.todo",
            [
                "|", ["restart", "=", "always"], "&", ["restart", "=", "onskip"],
                ["state", "in", ["skip", "cancel"]],
            ]
        ).write(["state": "open"])
    }

    /// The first open step for which the caller has one of the groups; those before it are skipped for him.
    static func next(in environment: Environment) throws -> Record? {
        let open = try environment.search("ir.actions.todo", [["state", "=", "open"]])
        let own = Set(try environment.superuser.record("res.users", environment.uid).many("groups_id").ids)
        let allowed = try open.map { step in
            let groups = try step.many("groups_id").ids
            return groups.isEmpty || !own.isDisjoint(with: groups)
        }
        let barred = open.ids.prefix { allowed[$0] == false }
        try environment.records("ir.actions.todo", Array(barred)).write(["state": "skip"])
        return open.only { allowed[$0.id] == true }.first
    }

    /// How many steps are behind the caller, and how many there are.
    static func progress(in environment: Environment) throws -> (closed: Int, total: Int) {
        // Everybody may see how far it is; what the steps are is for those who set the database up.
        let steps = try environment.superuser.records("ir.actions.todo")
        let total = try steps.count()
        return (total - (try steps.count([["state", "=", "open"]])), total)
    }
}
