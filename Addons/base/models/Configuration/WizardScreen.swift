internal import ORM
internal import Values

/// The frame of a wizard's window.
enum WizardScreen {
    static let definition = ModelDefinition.introducing("ir.wizard.screen", transient: true) { model in
        model.fields = [logo]
    }

    /// The picture beside a wizard's fields. Apus brings none; the field is there for the views that show it.
    static let logo = Field.computed("config_logo", "Image", .binary, get: { _ in [:] }, default: false)
        .called("_get_image_fn")
}

/// The window that tells what the next step of setting a database up is.
enum NextStepWizard {
    static let definition = ModelDefinition.copying("res.config", as: "ir.actions.configuration.wizard") { model in
        model.fields = [.text("note", "Next Wizard", readonly: true, default: .computed(note))]
        model.remote = [
            // The window is no step of its own: it leads to the next one and leaves that open.
            .method("action_next", writes: true, ["ids", .context]) { wizards, _ in
                try ConfigurationWizard.next(in: wizards.environment)
            }
        ]
    }

    private static func note(_ environment: Environment) throws -> Value {
        guard let step = try ConfigurationStep.next(in: environment) else {
            return "All steps of the configuration are done."
        }
        let note = try step.text("note") ?? step.one("action_id")?.text("name") ?? ""
        return .text(note)
    }
}

/// The wizard for how much the caller's screens show.
enum InterfaceWizard {
    static let definition = ModelDefinition.copying("res.config", as: "res.config.view") { model in
        model.fields = [
            .char("name", "Name", size: 64),
            .selection(
                "view", "Interface", ["simple": "Simplified", "extended": "Extended"], required: true,
                default: .computed { try $0.record("res.users", $0.uid).value("view") }),
        ]
        model.remote = [
            .method("execute", writes: true, ["ids", .context]) { wizards, _ in
                let users = try wizards.environment.records("res.users", [wizards.environment.uid])
                for wizard in wizards { try users.write(["view": wizard.value("view")]) }
                return false
            }
        ]
    }
}
