internal import BaseAddon
internal import ORM
internal import Values

/// What the administrator meets at the first login: who may log in, and the way to the first steps or past them
/// (contract/base-addon.md §6).
enum Greeting {
    static let definition = ModelDefinition.introducing("base.setup.config", transient: true) { model in
        model.fields = [
            .text("installed_users", "Installed Users", readonly: true, default: .computed { .text(try users($0)) }),
            .binary("config_logo", "Image", readonly: true, default: false),
        ]
        model.remote = [
            .modelMethod("get_users", writes: false, [.context]) { environment, _ in .text(try users(environment)) },
            .modelMethod("reset_menu", writes: true, [.context]) { environment, _ in try resetMenu(environment) },
            .method("menu", writes: true, ["ids", .context]) { greetings, _ in
                try resetMenu(greetings.environment)
            },
            .method("config", writes: true, ["ids", .context]) { greetings, _ in
                let environment = greetings.environment
                _ = try resetMenu(environment)
                return try RemoteCall(
                    "next", of: "res.config", in: environment.registry,
                    positional: [[], .dictionary(environment.context.values)]
                ).run(in: environment).value
            },
        ]
    }

    /// The users with their logins. Passwords are nobody's business, and not known.
    private static func users(_ environment: Environment) throws -> String {
        let lines = try environment.search("res.users", order: "id").map { user in
            "    - \(try user.text("name") ?? "") :\n\t\tLogin : \(try user.text("login") ?? "")"
        }
        return "The following users have been installed : \n"
            + lines.sorted { $0.key < $1.key }.map(\.value).joined(separator: "\n\n")
    }

    /// From now on the administrator meets the menu; the action that opens it.
    private static func resetMenu(_ environment: Environment) throws -> Value {
        guard let menu = try environment.record(externalID: "base.action_menu_admin"),
            let administrator = try environment.record(externalID: "base.user_root")
        else { throw UserError("Error", "The window of the menu is not there any more.") }
        try administrator.write(["menu_id": .integer(menu.id), "action_id": false])
        return try environment.read(action: menu.id, kind: menu.model.name)
    }
}
