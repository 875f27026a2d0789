internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values

/// An addon that another one needs, by its name: it may not be there.
enum AddonDependency {
    static let definition = ModelDefinition.introducing("ir.module.module.dependency") { model in
        model.title = "Module dependency"
        model.fields = [
            .char("name", "Name", size: 128, index: .yes),
            .many2one("module_id", "Module", to: "ir.module.module", onDelete: .cascade, index: .yes),
            .computed("state", "State", .selection(.fixed(states), size: nil), get: state, index: .yes).called(
                "_state"),
        ]
    }

    private static let states =
        AddonRecord.states.map { $0.key == "uninstallable" ? Selection.Option($0.key, "Uninstallable") : $0 }
        + [Selection.Option("unknown", "Unknown")]

    /// The state of the addon that is needed.
    private static func state(_ dependencies: Records) throws -> [RecordID: Value] {
        let result = try dependencies.environment.rows(
            """
            SELECT "d"."id", "m"."state" FROM "ir_module_module_dependency" AS "d" \
            JOIN "ir_module_module" AS "m" ON "m"."name" = "d"."name" WHERE "d"."id" = ANY(\(dependencies.ids))
            """)
        let states = result.byID { Value.text(result.text($0, 1) ?? "unknown") }
        return dependencies.map { states[$0.id] ?? "unknown" }
    }
}
