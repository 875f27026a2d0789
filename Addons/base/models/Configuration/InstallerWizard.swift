internal import ORM
internal import Values

/// The wizard by which addons are chosen and installed. An own one copies it and has a boolean field for each addon
/// that it offers, named as the addon.
enum InstallerWizard {
    static let definition = ModelDefinition.copying("res.config", as: "res.config.installer") { model in
        model.overrides.defaultValues = defaults
        model.remote = [
            .method("modules_to_install", writes: false, ["ids", .context]) { wizards, _ in
                .list(try chosen(wizards).map { .text($0) })
            },
            .method("execute", writes: true, ["ids", .context]) { wizards, _ in
                try install(try chosen(wizards), in: wizards.environment)
                return false
            },
        ]
    }

    /// The installed addons are chosen from the start.
    private static func defaults(
        _ handle: Records, _ fields: [FieldName], _ inherited: ([FieldName]) throws -> FieldValues
    ) throws -> FieldValues {
        let installed = try states(of: offered(by: handle.model), in: handle.environment).filter(isThere)
        let chosen = installed.keys.filter(fields.contains).map { ($0, Value.boolean(true)) }
        return try inherited(fields).merging(chosen) { $1 }
    }

    private static func offered(by model: Model) -> [String] {
        model.fields.filter { if case .boolean = $0.kind { true } else { false } }.map(\.name)
    }

    private static func isThere(_ addon: (key: String, value: String)) -> Bool {
        ["installed", "to upgrade"].contains(addon.value)
    }

    /// The state of each addon that this server has. Which addons are installed is no secret: everybody sees their menus.
    private static func states(of addons: [String], in environment: Environment) throws -> [String: String] {
        let records = try environment.superuser.search(
            "ir.module.module", [["name", "in", .list(addons.map { .text($0) })]])
        var states: [String: String] = [:]
        for addon in records { states[try addon.text("name") ?? ""] = try addon.text("state") ?? "" }
        return states
    }

    /// The chosen addons that are not there yet, in alphabetical order.
    private static func chosen(_ wizards: Records) throws -> [String] {
        let offered = offered(by: wizards.model)
        let states = try states(of: offered, in: wizards.environment)
        return try offered.filter { name in
            guard let state = states[name], !isThere((name, state)) else { return false }
            return try wizards.contains { try $0.flag(name) }
        }.sorted()
    }

    /// Marks addons with all they need, and has everything installed that is marked.
    private static func install(_ names: [String], in environment: Environment) throws {
        if names.isEmpty { return }
        let addons = try environment.search("ir.module.module", [["name", "in", .list(names.map { .text($0) })]])
        let context = Value.dictionary(environment.context.values)
        try call("ir.module.module", "button_install", [.list(addons.ids.map { .integer($0) }), context], environment)
        let upgrade = try environment.create("base.module.upgrade", [:])
        try call("base.module.upgrade", "upgrade_module", [[.integer(upgrade.id)], context], environment)
    }

    private static func call(
        _ model: ModelName, _ method: String, _ arguments: [Value], _ environment: Environment
    ) throws {
        _ = try RemoteCall(method, of: model, in: environment.registry, positional: arguments).run(in: environment)
    }
}
