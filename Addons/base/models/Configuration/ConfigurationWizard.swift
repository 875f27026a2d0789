internal import ORM
internal import Values

/// What the wizards that set a database up have in common: each fills in one thing, then leads to the next open step
/// (contract/base-addon.md §6). An addon's own wizard copies `res.config` and declares its `execute`.
enum ConfigurationWizard {
    static let definition = ModelDefinition.introducing("res.config", transient: true) { model in
        model.fields = [
            .float("progress", "Configuration Progress", readonly: true, default: .computed(percent)),
            WizardScreen.logo,
        ]
        model.remote = [
            .method("start", writes: true, ["ids", .context]) { wizards, _ in
                try ConfigurationStep.reopen(in: wizards.environment)
                return try next(in: wizards.environment)
            },
            .method("next", writes: true, ["ids", .context]) { wizards, _ in try next(in: wizards.environment) },
            // What the wizard does, and what it does when it is left out; an own wizard declares them anew.
            .method("execute", writes: true, ["ids", .context]) { _, _ in false },
            .method("cancel", writes: true, ["ids", .context]) { _, _ in false },
            .method("action_next", writes: true, ["ids", .context]) { wizards, _ in
                try leave(wizards, as: "done", through: "execute")
            },
            .method("action_skip", writes: true, ["ids", .context]) { wizards, _ in
                try leave(wizards, as: "skip", through: "cancel")
            },
            .method("action_cancel", writes: true, ["ids", .context]) { wizards, _ in
                try leave(wizards, as: "cancel", through: "cancel")
            },
            .modelMethod("get_current_progress", writes: false, [.context]) { environment, _ in
                let progress = try ConfigurationStep.progress(in: environment)
                return [.integer(progress.closed), .integer(progress.total)]
            },
        ]
    }

    private static func percent(_ environment: Environment) throws -> Value {
        let progress = try ConfigurationStep.progress(in: environment)
        return .float(progress.total == 0 ? 100 : (Double(progress.closed) * 100 / Double(progress.total)).rounded())
    }

    /// Marks the step the wizard stands for, runs the wizard's own part, and answers what comes after it.
    private static func leave(_ wizards: Records, as state: String, through hook: String) throws -> Value {
        let environment = wizards.environment
        let named = environment.context["active_action_todo"].recordID
        let step =
            try named.map { try environment.record("ir.actions.todo", $0) } ?? ConfigurationStep.next(in: environment)
        try step?.write(["state": .text(state)])
        let answer = try RemoteCall(
            hook, of: wizards.model.name, in: environment.registry,
            positional: [.list(wizards.ids.map { .integer($0) }), .dictionary(environment.context.values)]
        ).run(in: environment).value
        return answer.isTruthy ? answer : try next(in: environment)
    }

    /// The action that opens the next step's wizard; the caller's menu when all is done.
    static func next(in environment: Environment) throws -> Value {
        guard let step = try ConfigurationStep.next(in: environment), let action = try step.one("action_id") else {
            return try menu(in: environment)
        }
        return [
            "view_mode": try action.value("view_mode"), "view_type": try action.value("view_type"),
            "view_id": try action.one("view_id").map { [.integer($0.id)] } ?? false,
            "res_model": try action.value("res_model"), "type": try action.value("type"),
            "target": try action.value("target"), "context": ["active_action_todo": .integer(step.id)],
        ]
    }

    private static func menu(in environment: Environment) throws -> Value {
        let user = try environment.superuser.record("res.users", environment.uid)
        guard let menu = try user.one("menu_id"), let kind = try menu.text("type") else { return CloseAction.answer }
        return try environment.read(action: menu.id, kind: kind)
    }
}
