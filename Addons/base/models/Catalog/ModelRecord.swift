internal import Domain
internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values

/// A model's description, for clients and for records that point to models.
enum ModelRecord {
    static let definition = ModelDefinition.introducing("ir.model") { model in
        model.title = "Objects"
        model.order = "model"
        model.fields = [
            .char("name", "Object Name", size: 64, required: true, translate: true),
            .char("model", "Object", size: 64, required: true, index: .basic, default: "x_"),
            .text("info", "Information"),
            .one2many("field_id", "Fields", of: "ir.model.fields", inverse: "model_id", required: true),
            .selection(
                "state", "Type", ["manual": "Custom Object", "base": "Base Object"], readonly: true,
                default: "manual"),
            .one2many("access_ids", "Access", of: "ir.model.access", inverse: "model_id"),
            .computed(
                "osv_memory", "In-memory model", .boolean, get: transience, search: searchTransience,
                help: "Whether its records are only there for the moment."
            ).called("_is_osv_memory"),
            .computed(
                "modules", "In modules", .char(128), get: { try AddonNames.of($0) },
                help: "The addons that say something of the model."
            ).called("_in_modules"),
            .computed("view_ids", "Views", .one2many("ir.ui.view", inverse: "model"), get: views).called("_view_ids"),
        ]
        model.constraints = [
            .check(
                "model",
                message: "The Object name must start with x_ and not contain any special character !"
            ) { models in try models.allSatisfy(hasProperName) }
        ]
        model.overrides.nameSearch = { models, query, inherited in
            if query.text.isEmpty { return try inherited(query) }
            return try models.named(query, and: ["|", query.leaf("model"), query.leaf("name")])
        }
        model.overrides.create = create
        model.overrides.write = write
        model.overrides.unlink = unlink
    }

    private static func hasProperName(_ record: Record) throws -> Bool {
        let name = try record.text("model") ?? ""
        let isPlain = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."):
                true
            default: false
            }
        }
        return try isPlain && (record.text("state") != "manual" || name.hasPrefix("x_"))
    }

    // MARK: - Functions

    private static func transience(_ models: Records) throws -> [RecordID: Value] {
        let known = models.environment.registry.models
        return try models.map { .boolean(known[try $0.text("model") ?? ""]?.isTransient ?? false) }
    }

    private static func searchTransience(_ environment: Environment, _ leaf: Leaf) throws -> Value {
        let transient = environment.registry.models.values.filter(\.isTransient).map(\.name).sorted()
        let wantsTransient = leaf.value.isTruthy == (leaf.comparison == .equal)
        return [["model", wantsTransient ? "in" : "not in", .list(transient.map { .text($0) })]]
    }

    private static func views(_ models: Records) throws -> [RecordID: Value] {
        let result = try models.environment.rows(
            """
            SELECT "m"."id", "v"."id" FROM "ir_model" AS "m" JOIN "ir_ui_view" AS "v" ON "v"."model" = "m"."model" \
            WHERE "m"."id" = ANY(\(models.ids)) ORDER BY "v"."priority", "v"."name", "v"."id"
            """)
        var views: [RecordID: [Value]] = [:]
        for row in 0..<result.rowCount {
            if let id = result.integer(row, 0), let view = result.integer(row, 1) {
                views[id, default: []].append(.integer(view))
            }
        }
        return models.map { .list(views[$0.id] ?? []) }
    }
}

/// The addons that registered an external id for a record.
enum AddonNames {
    /// Their names with commas between, for each record; one statement.
    static func of(_ records: Records) throws -> [RecordID: Value] {
        let result = try records.environment.rows(
            """
            SELECT "res_id", string_agg(DISTINCT "module", ', ' ORDER BY "module") FROM "ir_model_data" \
            WHERE "model" = \(records.model.name) AND "res_id" = ANY(\(records.ids)) GROUP BY "res_id"
            """)
        let names = result.byID { Value.text(result.text($0, 1) ?? "") }
        return records.map { names[$0.id] ?? "" }
    }
}
