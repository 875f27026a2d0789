internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values

/// What addons are sorted by; categories form a tree.
enum AddonCategory {
    static let definition = ModelDefinition.introducing("ir.module.category") { model in
        model.title = "Module Category"
        model.order = "name"
        model.fields = [
            .char("name", "Name", size: 128, required: true, index: .yes),
            .many2one("parent_id", "Parent Category", to: "ir.module.category", index: .yes),
            .one2many("child_ids", "Child Categories", of: "ir.module.category", inverse: "parent_id"),
            .computed("module_nr", "Number of Modules", .integer, get: counts).called("_module_nbr"),
        ]
    }

    /// How many addons are in each category or below it. One statement; a loop in the tree counts once.
    private static func counts(_ categories: Records) throws -> [RecordID: Value] {
        let result = try categories.environment.rows(
            """
            WITH RECURSIVE "below"("top", "id") AS (SELECT "id", "id" FROM "ir_module_category" \
            WHERE "id" = ANY(\(categories.ids)) UNION SELECT "below"."top", "c"."id" FROM "below" \
            JOIN "ir_module_category" AS "c" ON "c"."parent_id" = "below"."id") \
            SELECT "below"."top", count(*) FROM "below" JOIN "ir_module_module" AS "m" ON "m"."category_id" = "below"."id" \
            GROUP BY 1
            """)
        let counts = result.byID { Value.integer(result.integer($0, 1) ?? 0) }
        return categories.map { counts[$0.id] ?? 0 }
    }
}
