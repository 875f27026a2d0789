internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values

/// What an addon has brought into the database, as texts with a line for each thing: menus with all that is above them,
/// views with their types (`* INHERIT ` before those that extend another one), reports. Kept, and computed anew when
/// the addon is installed, upgraded or removed.
enum AddonContents {
    static let group = ComputationGroup("addon contents") { addons, fields in
        let environment = addons.environment
        let names = try addons.map { try $0.text("name") ?? "" }
        var texts: [FieldName: [String: String]] = [:]
        for field in fields {
            guard let statement = statement(for: field, of: Array(names.values), in: environment) else { continue }
            let result = try environment.rows(statement)
            for row in 0..<result.rowCount {
                if let name = result.text(row, 0) { texts[field, default: [:]][name] = result.text(row, 1) }
            }
        }
        return names.mapValues { name in
            Dictionary(uniqueKeysWithValues: fields.map { ($0, .text(texts[$0]?[name] ?? "")) })
        }
    }

    /// The name of each addon with its lines; nil where nothing of the kind is known.
    private static func statement(for field: FieldName, of names: [String], in environment: Environment) -> SQL? {
        switch field {
        case "menus_by_module":
            """
            WITH RECURSIVE "menu"("id", "path") AS (SELECT "id", "name"::text FROM "ir_ui_menu" \
            WHERE "parent_id" IS NULL UNION ALL SELECT "m"."id", "menu"."path" || '/' || "m"."name" \
            FROM "ir_ui_menu" AS "m" JOIN "menu" ON "m"."parent_id" = "menu"."id") \
            \(lines("\"o\".\"path\"", from: "menu", of: "ir.ui.menu", in: names))
            """
        case "views_by_module":
            lines(
                """
                CASE WHEN "o"."inherit_id" IS NULL THEN '' ELSE '* INHERIT ' END || "o"."name" || '(' || "o"."type" || ')'
                """, from: "ir_ui_view", of: "ir.ui.view", in: names)
        // Reports come with an addon of their own.
        case "reports_by_module" where environment.registry.models["ir.actions.report.xml"] != nil:
            lines("\"o\".\"name\"", from: "ir_act_report_xml", of: "ir.actions.report.xml", in: names)
        default: nil
        }
    }

    private static func lines(_ line: SQL, from table: String, of model: ModelName, in names: [String]) -> SQL {
        """
        SELECT "d"."module", string_agg(\(line), E'\\n' ORDER BY \(line) COLLATE "C") FROM "ir_model_data" AS "d" \
        JOIN \(table: table) AS "o" ON "o"."id" = "d"."res_id" WHERE "d"."model" = \(model) \
        AND "d"."module" = ANY(\(names)) GROUP BY 1
        """
    }
}
