internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values

/// The buttons that mark addons; what is marked happens with `base.module.upgrade` (contract/addons.md §3).
enum AddonMarks {
    static let methods: [RemoteMethod] = [
        .method("button_install", writes: true, ["ids", .context]) { addons, _ in
            .boolean(try mark(addons, "to install", from: ["uninstalled"]))
        },
        .method(
            "state_update", writes: true,
            ["ids", "newstate", "states_to_update", .context, .optional("level", 100)]
        ) { addons, arguments in
            let states = arguments["states_to_update"].list?.compactMap(\.text) ?? []
            return .boolean(try mark(addons, arguments["newstate"].plainText, from: Set(states)))
        },
        .method("button_install_cancel", writes: true, ["ids", .context]) { addons, _ in
            try addons.write(["state": "uninstalled", "demo": false])
            return true
        },
        .method("button_upgrade", writes: true, ["ids", .context]) { addons, _ in
            try markForUpgrade(addons)
            return true
        },
        .method("button_upgrade_cancel", writes: true, ["ids", .context]) { addons, _ in
            try addons.write(["state": "installed"])
            return true
        },
        .method("button_uninstall", writes: true, ["ids", .context]) { addons, _ in
            try markForRemoval(addons)
            return true
        },
        .method("button_uninstall_cancel", writes: true, ["ids", .context]) { addons, _ in
            try addons.write(["state": "installed"])
            return true
        },
    ]

    // MARK: - Installing

    /// Marks addons and, before them, all they depend on, as far as they are in one of the states.
    ///
    /// - Returns: Whether demo data come along: as an addon at the bottom that depends on none, mostly base, has them.
    private static func mark(_ addons: Records, _ state: String, from states: Set<String>) throws -> Bool {
        try addons.environment.check(.write, on: addons.model)
        let net = try AddonNet(in: addons.environment)
        let names = try net.names(of: addons)
        let all = try net.needs(of: names)
        let demo = all.contains { net.addons[$0]?.depends.isEmpty == true && net.addons[$0]?.hasDemo == true }
        let changed = all.compactMap { net.addons[$0] }.filter { states.contains($0.state) }
        if state == "to install" { try checkOutside(changed.map(\.name), "install", addons.environment) }
        try addons.other(changed.map(\.id).sorted()).write(["state": .text(state), "demo": .boolean(demo)])
        return demo
    }

    /// - Throws: `UserError` for an addon that needs what this server does not have.
    private static func checkOutside(_ names: [String], _ verb: String, _ environment: Environment) throws {
        if names.isEmpty { return }
        let disk = environment.registry.ports.addons.addonsOnDisk()
        for name in names.sorted() {
            guard let reason = disk[name]?.unmetDependency else { continue }
            throw UserError(
                "Error", "Unable to \(verb) module \"\(name)\" because an external dependency is not met: \(reason)")
        }
    }

    // MARK: - Upgrading

    /// Marks addons and all installed ones that depend on them, and for installation what their manifests name anew.
    private static func markForUpgrade(_ addons: Records) throws {
        let environment = addons.environment
        try environment.check(.write, on: addons.model)
        _ = try environment.registry.ports.addons.updateList(in: environment)
        let net = try AddonNet(in: environment)
        let names = try net.names(of: addons.refreshed)
        for name in names where !["installed", "to upgrade"].contains(net.addons[name]?.state) {
            throw UserError("Error", "Can not upgrade module '\(name)'. It is not installed.")
        }
        let upgraded = net.dependants(of: names) { ["installed", "to upgrade"].contains($0.state) }
        try checkOutside(upgraded, "upgrade", environment)
        try addons.other(upgraded.compactMap { net.addons[$0]?.id }.sorted()).write(["state": "to upgrade"])
        var missing: Set<String> = []
        for name in upgraded.sorted() {
            for need in net.addons[name]?.depends ?? [] {
                guard let known = net.addons[need] else {
                    throw UserError(
                        "Error",
                        "You try to upgrade a module that depends on the module: \(need).\n"
                            + "But this module is not available in your system.")
                }
                if known.state == "uninstalled" { missing.insert(need) }
            }
        }
        let new = missing.compactMap { net.addons[$0]?.id }.sorted()
        if !new.isEmpty { _ = try mark(addons.other(new), "to install", from: ["uninstalled"]) }
    }

    // MARK: - Removing

    private static func markForRemoval(_ addons: Records) throws {
        try addons.environment.check(.write, on: addons.model)
        let net = try AddonNet(in: addons.environment)
        let names = try net.names(of: addons)
        if names.contains("base") { throw UserError("Error", "The module base is part of every database.") }
        let bound = names.flatMap { name in
            net.addons.values.filter { other in
                other.depends.contains(name) && !["uninstalled", "uninstallable", "to remove"].contains(other.state)
                    && !names.contains(other.name)
            }
        }
        guard bound.isEmpty else {
            let lines = bound.sorted { $0.name < $1.name }.map { "\t\($0.state): \($0.name)" }
            throw UserError(
                "Error",
                "Some installed modules depend on the module you plan to Uninstall :\n "
                    + lines.joined(separator: "\n "))
        }
        try addons.write(["state": "to remove"])
    }
}
