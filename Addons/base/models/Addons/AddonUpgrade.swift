internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values

/// The wizard that carries out what is marked: installs, upgrades and removes addons (contract/addons.md §3).
enum AddonUpgrade {
    static let definition = ModelDefinition.introducing("base.module.upgrade", transient: true) { model in
        model.title = "Module Upgrade"
        model.fields = [
            .text(
                "module_info", "Modules to update", readonly: true,
                default: .computed { .text(try lines($0)) })
        ]
        model.remote = [
            .method("upgrade_module", writes: true, ["ids", .context]) { wizards, _ in
                try carryOut(wizards.environment)
            },
            .modelMethod("get_module_list", writes: false, [.context]) { environment, _ in
                .list(try marked(environment).ids.map { .integer($0) })
            },
            .method("config", writes: true, ["ids", .context]) { wizards, _ in
                try ConfigurationSteps.next(in: wizards.environment)
            },
        ]
    }

    /// What is to be installed, upgraded or removed, by name.
    private static func marked(_ environment: Environment) throws -> Records {
        try environment.search(
            "ir.module.module", [["state", "in", ["to upgrade", "to remove", "to install"]]], order: "name")
    }

    private static func lines(_ environment: Environment) throws -> String {
        let addons = try marked(environment)
        let lines =
            try addons.map { "\(try $0.text("name") ?? "") : \(try $0.text("state") ?? "")\n" } as [RecordID: String]
        return addons.ids.compactMap { lines[$0] }.joined()
    }

    /// - Returns: The action that tells that it is done.
    private static func carryOut(_ environment: Environment) throws -> Value {
        try environment.check(.write, on: environment.registry.model("ir.module.module"))
        try refuseUnmet(environment)
        try environment.registry.ports.addons.carryOutMarks(in: environment)
        let view = try environment.record(externalID: "base.view_base_module_upgrade_install")
        return [
            "type": "ir.actions.act_window", "res_model": "base.module.upgrade", "view_type": "form",
            "view_mode": "form", "views": [[view.map { .integer($0.id) } ?? false, "form"]], "view_id": false,
            "target": "new",
        ]
    }

    /// - Throws: `UserError` naming addons that marked ones need and that are neither there nor marked.
    private static func refuseUnmet(_ environment: Environment) throws {
        let unmet = try environment.rows(
            """
            SELECT DISTINCT "d"."name" FROM "ir_module_module" AS "m" \
            JOIN "ir_module_module_dependency" AS "d" ON "d"."module_id" = "m"."id" \
            LEFT JOIN "ir_module_module" AS "need" ON "need"."name" = "d"."name" \
            WHERE "m"."state" IN ('to install', 'to upgrade') \
            AND COALESCE("need"."state", '') NOT IN ('installed', 'to install', 'to upgrade') ORDER BY 1
            """
        ).texts(column: 0).compactMap(\.self)
        guard unmet.isEmpty else {
            throw UserError(
                "Unmet dependency !",
                "Following modules are not installed or unknown: \n\n" + unmet.joined(separator: "\n"))
        }
    }
}
