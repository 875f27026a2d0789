public import ORM
public import Values

internal import PostgreSQL
internal import SQL

/// The defaults that users chose, as `ir.values` keeps them: only those that hold without a condition.
public struct ChosenDefaults: UserDefaults {
    public init() {}

    /// The caller's own choices and those for everybody, of his company or none; the oldest of a field counts.
    public func defaults(
        for fields: [FieldName], of model: Model, in environment: Environment
    ) throws -> FieldValues {
        if fields.isEmpty { return [:] }
        let result = try environment.rows(
            """
            SELECT DISTINCT ON ("name") "name", "value", "object" FROM "ir_values" WHERE "key" = 'default' \
            AND "model" = \(model.name) AND "key2" IS NULL AND COALESCE("res_id", 0) = 0 AND "name" = ANY(\(fields)) \
            AND ("user_id" IS NULL OR "user_id" = \(environment.uid)) AND ("company_id" IS NULL \
            OR "company_id" = (SELECT "company_id" FROM "res_users" WHERE "id" = \(environment.uid))) \
            ORDER BY "name", "id"
            """)
        var values: FieldValues = [:]
        for row in 0..<result.rowCount {
            guard let name = result.text(row, 0), let text = result.text(row, 1) else { continue }
            let isObject = result.boolean(row, 2) ?? false
            values[name] = isObject ? .text(text) : PickledText.decode(text) ?? .text(text)
        }
        return try withoutDangling(values, of: model, in: environment)
    }

    /// Records that are gone are no default any more. One statement a field, and few models have any.
    private func withoutDangling(
        _ values: FieldValues, of model: Model, in environment: Environment
    ) throws -> FieldValues {
        var kept = values
        for (name, value) in values {
            guard let field = model.field(name), let target = field.kind.target,
                let table = environment.registry.models[target]?.table
            else { continue }
            switch field.kind {
            case .many2one:
                guard let id = value.recordID ?? value.list?.first?.recordID else { continue }
                kept[name] = try Self.existing([id], in: table, environment).first.map { .integer($0) }
            case .many2many:
                let ids = (value.list ?? []).compactMap(\.recordID)
                if ids.isEmpty { continue }
                let existing = Set(try Self.existing(ids, in: table, environment))
                kept[name] = .list(ids.filter { existing.contains($0) }.map { .integer($0) })
            default: continue
            }
        }
        return kept
    }

    private static func existing(_ ids: [RecordID], in table: String, _ environment: Environment) throws -> [RecordID] {
        try environment.rows("SELECT \"id\" FROM \(table: table) WHERE \"id\" = ANY(\(ids))").integers(column: 0)
    }
}
