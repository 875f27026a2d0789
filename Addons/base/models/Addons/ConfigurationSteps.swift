internal import ORM
internal import Values

/// The wizards that ask about a new database; they come with `res.config`.
enum ConfigurationSteps {
    /// What opens the steps again from the menu.
    static let definition = ModelDefinition.introducing("base.module.configuration", transient: true) { model in
        model.title = "base.module.configuration"
        model.remote = [
            .method("start", writes: true, ["ids", .context]) { wizards, _ in
                try call("start", in: wizards.environment)
            }
        ]
    }

    /// The action of the next open step.
    static func next(in environment: Environment) throws -> Value { try call("next", in: environment) }

    private static func call(_ method: String, in environment: Environment) throws -> Value {
        // Without such wizards there is nothing to configure: the window closes.
        guard environment.registry.models["res.config"] != nil else { return ["type": "ir.actions.act_window_close"] }
        return try RemoteCall(
            method, of: "res.config", in: environment.registry,
            positional: [[], .dictionary(environment.context.values)]
        ).run(in: environment).value
    }
}
