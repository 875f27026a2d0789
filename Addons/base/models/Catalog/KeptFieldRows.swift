internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values

/// Reads what a database that OpenERP made says of its models and fields, those of addons this server lacks among them.
/// Databases of Apus's own answer with no row.
enum KeptFieldRows {
    /// Fields with a column in their model's table or view, and lists of what points to the model.
    static let statement: SQL = """
        SELECT "f"."model", "m"."name", "f"."name", "f"."field_description", "f"."ttype", "f"."relation", \
        "f"."relation_field", "f"."translate", "f"."select_level", "t"."relkind" = 'v', \
        format_type("c"."atttypid", NULL), \
        CASE WHEN "c"."atttypid" = 'varchar'::regtype AND "c"."atttypmod" > 4 THEN "c"."atttypmod" - 4 END, \
        "c"."attnotnull" \
        FROM "ir_model_fields" AS "f" JOIN "ir_model" AS "m" ON "m"."model" = "f"."model" \
        JOIN "pg_class" AS "t" ON "t"."relname" = replace("f"."model", '.', '_') \
        AND "t"."relnamespace" = 'public'::regnamespace AND "t"."relkind" IN ('r', 'v') \
        LEFT JOIN "pg_attribute" AS "c" ON "c"."attrelid" = "t"."oid" AND "c"."attname" = "f"."name" \
        AND "c"."attnum" > 0 AND NOT "c"."attisdropped" \
        WHERE "f"."state" = 'base' AND ("c"."attname" IS NOT NULL OR "f"."ttype" = 'one2many') \
        AND EXISTS (SELECT 1 FROM "ir_config_parameter" WHERE "key" = \(Origin.key) AND "value" <> \(Origin.apus)) \
        ORDER BY "f"."id"
        """

    static func field(_ result: Result, _ row: Int) -> KeptField? {
        guard let model = result.text(row, 0), let name = result.text(row, 2), let kind = result.text(row, 4) else {
            return nil
        }
        var field = KeptField(
            model: model, title: result.text(row, 1) ?? model, name: name, label: result.text(row, 3) ?? name,
            kind: kind)
        field.relation = result.text(row, 5) ?? ""
        field.inverse = result.text(row, 6) ?? ""
        field.translate = result.boolean(row, 7) ?? false
        field.searchLevel = result.text(row, 8).flatMap(Int.init) ?? 0
        field.isShown = result.boolean(row, 9) ?? false
        field.columnType = result.text(row, 10)
        field.size = result.integer(row, 11)
        field.required = result.boolean(row, 12) ?? false
        return field
    }
}
