public import ORM
public import PostgreSQL
public import Values

internal import SQL

/// Keeps `ir.model` and `ir.model.fields` and their external ids as the definitions say (contract/addons.md §8).
///
/// Rows are added and brought up to date, never removed. Six statements serve all models of an addon.
public struct Catalog: ModelCatalog {
    public init() {}

    /// Addons in other states, and with them other models; and the models that records describe.
    public let sources: Set<ModelName> = ["ir.model", "ir.model.fields", "ir.module.module"]

    public func customModels(in transaction: Transaction) throws -> CustomModels {
        try CustomModelRows.read(in: transaction)
    }

    public func origin(in transaction: Transaction) throws -> String? { try Origin.read(in: transaction) }

    public func setOrigin(_ origin: String, in environment: Environment) throws {
        try Origin.write(origin, in: environment)
    }

    public func describe(
        _ models: [Model], of addon: String, keepingKnown: Bool, in environment: Environment
    ) throws {
        if models.isEmpty { return }
        try writeModels(models, of: addon, in: environment)
        let rows = CatalogRows(models, of: addon)
        if rows.externalNames.isEmpty { return }
        if !keepingKnown { try correctFields(rows, in: environment) }
        try writeFields(rows, of: addon, in: environment)
    }

    private func writeModels(_ models: [Model], of addon: String, in environment: Environment) throws {
        let external = models.map { "model_" + $0.name.replacing(".", with: "_") }
        let titles = models.map { $0.title.cut(to: 64) }
        let new: SQL = """
            unnest(\(models.map(\.name))::text[], \(titles)::text[], \(external)::text[]) \
            AS "new"("model", "name", "external")
            """
        // A model that is known keeps its name: data, or somebody, may have given it another one.
        try environment.rows(
            """
            INSERT INTO "ir_model" ("model", "name", "state") SELECT "new"."model", "new"."name", 'base' FROM \(new) \
            WHERE NOT EXISTS (SELECT 1 FROM "ir_model" AS "old" WHERE "old"."model" = "new"."model")
            """)
        try environment.rows(
            """
            \(Self.insertion) SELECT "new"."external", \(addon)::text, 'ir.model', "m"."id", NULL, now(), now() \
            FROM \(new) JOIN "ir_model" AS "m" ON "m"."model" = "new"."model" \
            WHERE NOT EXISTS (SELECT 1 FROM "ir_model_data" AS "d" WHERE "d"."module" = \(addon)::text \
            AND "d"."name" = "new"."external")
            """)
    }

    private func correctFields(_ rows: CatalogRows, in environment: Environment) throws {
        let told = CatalogRows.columns.dropFirst(2).map { SQL.quoted($0.name) }
        let assignments = told.map { name -> SQL in "\(name) = \"new\".\(name)" }
        let old = told.map { name -> SQL in "\"old\".\(name)" }
        let new = told.map { name -> SQL in "\"new\".\(name)" }
        try environment.rows(
            """
            UPDATE "ir_model_fields" AS "old" SET \(assignments.joined(by: ", ")) FROM \(rows.table) \
            WHERE "old"."model" = "new"."model" AND "old"."name" = "new"."name" \
            AND (\(old.joined(by: ", "))) IS DISTINCT FROM (\(new.joined(by: ", ")))
            """)
    }

    private func writeFields(_ rows: CatalogRows, of addon: String, in environment: Environment) throws {
        let told = CatalogRows.columns.dropFirst(2).map { SQL.quoted($0.name) }
        let new = told.map { name -> SQL in "\"new\".\(name)" }
        try environment.rows(
            """
            INSERT INTO "ir_model_fields" ("model_id", "model", "name", \(told.joined(by: ", "))) \
            SELECT "m"."id", "new"."model", "new"."name", \(new.joined(by: ", ")) FROM \(rows.table) \
            JOIN "ir_model" AS "m" ON "m"."model" = "new"."model" \
            WHERE NOT EXISTS (SELECT 1 FROM "ir_model_fields" AS "old" \
            WHERE "old"."model" = "new"."model" AND "old"."name" = "new"."name")
            """)
        // A field that this addon has named already keeps its name. A name that another field has taken gets the row's
        // number behind it: tables that inherit from one another share names.
        try environment.rows(
            """
            \(Self.insertion) SELECT CASE WHEN "taken" THEN "external" || '_' || "id" ELSE "external" END, \
            \(addon)::text, 'ir.model.fields', "id", NULL, now(), now() FROM (\
            SELECT "f"."id", "new"."external", row_number() OVER (PARTITION BY "new"."external" ORDER BY "f"."id") > 1 \
            OR EXISTS (SELECT 1 FROM "ir_model_data" AS "d" WHERE "d"."module" = \(addon)::text \
            AND "d"."name" = "new"."external") AS "taken" FROM \(rows.table) \
            JOIN "ir_model_fields" AS "f" ON "f"."model" = "new"."model" AND "f"."name" = "new"."name" \
            WHERE NOT EXISTS (SELECT 1 FROM "ir_model_data" AS "d" WHERE "d"."module" = \(addon)::text \
            AND "d"."model" = 'ir.model.fields' AND "d"."res_id" = "f"."id")) AS "unnamed"
            """)
    }

    /// No flag `noupdate` at all: such ids are never cleaned up, whatever leaves the definitions.
    private static let insertion: SQL = """
        INSERT INTO "ir_model_data" ("name", "module", "model", "res_id", "noupdate", "date_init", "date_update")
        """
}
