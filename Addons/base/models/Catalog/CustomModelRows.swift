internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values

/// Reads the models and fields that people have made with records (contract/addons.md §8).
enum CustomModelRows {
    static func read(in transaction: Transaction) throws -> CustomModels {
        let results = try transaction.pipeline([
            "SELECT \"model\", \"name\" FROM \"ir_model\" WHERE \"state\" = 'manual' ORDER BY \"id\"",
            """
            SELECT "model", "name", "field_description", "ttype", "relation", "relation_field", "selection", "domain", \
            "size", "on_delete" = 'cascade', "required", "readonly", "translate", "select_level" \
            FROM "ir_model_fields" WHERE "state" = 'manual' ORDER BY "id"
            """,
            KeptFieldRows.statement,
        ])
        var custom = CustomModels()
        for row in 0..<results[0].rowCount {
            guard let name = results[0].text(row, 0), name.hasPrefix("x_") else { continue }
            custom.models.append((name, results[0].text(row, 1) ?? name))
        }
        custom.fields = (0..<results[1].rowCount).compactMap { field(results[1], $0) }
        custom.kept = (0..<results[2].rowCount).compactMap { KeptFieldRows.field(results[2], $0) }
        return custom
    }

    private static func field(_ result: Result, _ row: Int) -> CustomField? {
        guard let model = result.text(row, 0), let name = result.text(row, 1), let kind = result.text(row, 3) else {
            return nil
        }
        var field = CustomField(model: model, name: name, label: result.text(row, 2) ?? name, kind: kind)
        field.relation = result.text(row, 4) ?? ""
        field.inverse = result.text(row, 5) ?? ""
        field.selection = result.text(row, 6) ?? ""
        field.domain = result.text(row, 7) ?? ""
        field.size = result.integer(row, 8)
        field.deletesWithTarget = result.boolean(row, 9) ?? false
        field.required = result.boolean(row, 10) ?? false
        field.readonly = result.boolean(row, 11) ?? false
        field.translate = result.boolean(row, 12) ?? false
        field.searchLevel = result.text(row, 13).flatMap(Int.init) ?? 0
        return field
    }
}
