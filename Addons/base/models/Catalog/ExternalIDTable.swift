public import ORM
public import Values

internal import PostgreSQL
internal import SQL

/// External ids as `ir.model.data` keeps them.
public struct ExternalIDTable: ExternalIDs {
    public init() {}

    /// The record behind `module.name`; whether it still exists is not asked.
    public func target(of externalID: String, in environment: Environment) throws -> RecordReference? {
        guard let dot = externalID.firstIndex(of: ".") else { return nil }
        let result = try environment.rows(
            """
            SELECT "model", "res_id" FROM "ir_model_data" WHERE "module" = \(String(externalID[..<dot])) \
            AND "name" = \(String(externalID[externalID.index(after: dot)...]))
            """)
        guard result.rowCount > 0, let model = result.text(0, 0), let id = result.integer(0, 1) else { return nil }
        return RecordReference(model: model, id: id)
    }

    /// The records behind several names; whether they still exist is not asked.
    public func targets(of externalIDs: [String], in environment: Environment) throws -> [String: RecordReference] {
        if externalIDs.isEmpty { return [:] }
        let (modules, names) = Self.split(externalIDs)
        let result = try environment.rows(
            """
            SELECT "d"."module" || '.' || "d"."name", "d"."model", "d"."res_id" FROM "ir_model_data" AS "d" \
            JOIN unnest(\(modules)::text[], \(names)::text[]) AS "asked"("module", "name") \
            ON "d"."module" = "asked"."module" AND "d"."name" = "asked"."name"
            """)
        var targets: [String: RecordReference] = [:]
        for row in 0..<result.rowCount {
            if let name = result.text(row, 0), let model = result.text(row, 1), let id = result.integer(row, 2) {
                targets[name] = RecordReference(model: model, id: id)
            }
        }
        return targets
    }

    /// Adds the names, all by one statement. `noupdate` is only told of new ones (contract/addons.md §9).
    public func register(
        _ records: [String: RecordReference], isNoUpdate: Bool, in environment: Environment
    ) throws {
        if records.isEmpty { return }
        let entries = records.sorted { $0.key < $1.key }
        let (modules, names) = Self.split(entries.map(\.key))
        try environment.rows(
            """
            INSERT INTO "ir_model_data" ("module", "name", "model", "res_id", "noupdate", "date_init", "date_update", \
            "create_uid", "create_date") SELECT "new".*, \(isNoUpdate)::boolean, now(), now(), \
            \(environment.uid)::int, now() FROM unnest(\(modules)::text[], \(names)::text[], \
            \(entries.map(\.value.model))::text[], \(entries.map(\.value.id))::int[]) AS "new" \
            ON CONFLICT ("module", "name") DO UPDATE SET "model" = EXCLUDED."model", "res_id" = EXCLUDED."res_id", \
            "date_update" = now()
            """)
    }

    private static func split(_ externalIDs: [String]) -> (modules: [String], names: [String]) {
        let parts = externalIDs.map { id -> (String, String) in
            guard let dot = id.firstIndex(of: ".") else { return ("", id) }
            return (String(id[..<dot]), String(id[id.index(after: dot)...]))
        }
        return (parts.map(\.0), parts.map(\.1))
    }

    /// All external ids of each record, the oldest first.
    public func names(of records: Records) throws -> [RecordID: [String]] {
        let result = try records.environment.rows(
            """
            SELECT "res_id", "module" || '.' || "name" FROM "ir_model_data" \
            WHERE "model" = \(records.model.name) AND "res_id" = ANY(\(records.ids)) ORDER BY "id"
            """)
        var names: [RecordID: [String]] = [:]
        for row in 0..<result.rowCount {
            if let id = result.integer(row, 0), let name = result.text(row, 1) { names[id, default: []].append(name) }
        }
        return names
    }

    /// Drops the external ids of records that are about to go, the stored values on them or pointing to them, their
    /// properties and their translations (contract/orm.md §5).
    ///
    /// - Throws: `UserError` when one of them is what a property holds for all records without a value of their own.
    public func forget(_ records: Records) throws {
        let model = records.model.name
        let texts = records.ids.map { "\(model),\($0)" }
        let defaults = try records.environment.rows(
            """
            SELECT 1 FROM "ir_property" WHERE COALESCE("res_id", '') = '' AND "value_reference" = ANY(\(texts)) LIMIT 1
            """)
        if defaults.rowCount > 0 {
            throw UserError("Error", "Unable to delete this document because it is used as a default property")
        }
        let translated = records.model.fields.filter(\.attributes.translate).map { "\(model),\($0.name)" }
        let translations: [SQL] =
            translated.isEmpty
            ? []
            : [
                """
                DELETE FROM "ir_translation" WHERE "type" = 'model' AND "name" = ANY(\(translated)) \
                AND "res_id" = ANY(\(records.ids))
                """
            ]
        try records.environment.transaction.pipeline(
            [
                "DELETE FROM \"ir_model_data\" WHERE \"model\" = \(model) AND \"res_id\" = ANY(\(records.ids))",
                """
                DELETE FROM "ir_values" WHERE "value" = ANY(\(texts)) \
                OR ("model" = \(model) AND "res_id" = ANY(\(records.ids)))
                """,
                "DELETE FROM \"ir_property\" WHERE \"res_id\" = ANY(\(texts))",
            ] + translations)
    }
}
