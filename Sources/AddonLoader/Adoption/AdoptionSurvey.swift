public import ORM
public import PostgreSQL
internal import SQL
public import Values

/// What there is in a database that is to be taken over, seen without touching it.
public struct AdoptionSurvey: Sendable {
    /// The version of OpenERP's base: `6.0.1.3`.
    public let version: String
    public let isAdopted: Bool
    /// Addons with a half of their own here, which will work.
    public let served: [String]
    /// Addons whose tables stay as data that can be looked at.
    public let kept: [String]
    /// Models the database describes and no addon here has.
    public let unknownModels: [ModelName]
    /// Columns in tables of known models that no field here has: `res_partner.x_rank`.
    public let unknownColumns: [String]
    /// What people have made: models and fields with records, and views without an external id.
    public let customModels: Int
    public let customFields: Int
    public let customViews: Int
    /// Users whose passwords are kept as they are; each becomes a hash when its owner logs in.
    public let clearPasswords: Int
    /// Bytes on disk.
    public let size: Int
    /// The largest tables with their bytes.
    public let largest: [(table: String, size: Int)]
    /// What the tables lack.
    public let missing: SchemaAdditions
    /// The models the database will have, without those that are only kept.
    let registry: Registry
    let models: [Model]

    /// - Throws: `LoadError.notAdoptable` for a database that is none of OpenERP 6.0's.
    public init(reading transaction: Transaction, addons: AddonCollection, ports: Ports) throws {
        version = try Self.version(of: transaction)
        let origin = try ports.catalog.origin(in: transaction)
        isAdopted = origin != nil
        let installed = try InstalledAddons(reading: transaction)
        let order = addons.order(of: installed)
        served = order
        kept = installed.names.subtracting(order).sorted()
        var custom = try installed.custom(ports, in: transaction)
        custom.kept = []
        registry = try addons.registry(of: order, custom: custom, ports: ports)
        models = registry.models.values.sorted { $0.name < $1.name }
        let environment = Environment(registry: registry, transaction: transaction, uid: Environment.superuserID)
        missing = try SchemaSync(in: environment).additions(to: models)
        customModels = custom.models.count
        customFields = custom.fields.count

        let results = try transaction.pipeline([
            "SELECT \"model\" FROM \"ir_model\" ORDER BY \"model\"",
            """
            SELECT "t"."relname", "c"."attname" FROM "pg_class" AS "t" \
            JOIN "pg_attribute" AS "c" ON "c"."attrelid" = "t"."oid" \
            WHERE "t"."relnamespace" = 'public'::regnamespace AND "t"."relkind" = 'r' AND "c"."attnum" > 0 \
            AND NOT "c"."attisdropped" ORDER BY 1, 2
            """,
            """
            SELECT count(*) FROM "ir_ui_view" AS "v" WHERE NOT EXISTS (SELECT 1 FROM "ir_model_data" AS "d" \
            WHERE "d"."model" = 'ir.ui.view' AND "d"."res_id" = "v"."id")
            """,
            "SELECT count(*) FROM \"res_users\" WHERE \"password\" <> '' AND \"password\" NOT LIKE '$%'",
            """
            SELECT "relname", pg_total_relation_size("oid"), pg_database_size(current_database()) FROM "pg_class" \
            WHERE "relnamespace" = 'public'::regnamespace AND "relkind" = 'r' ORDER BY 2 DESC, 1 LIMIT 5
            """,
        ])
        let known = registry.models
        unknownModels = results[0].texts(column: 0).compactMap(\.self).filter { known[$0] == nil }
        unknownColumns = Self.unknownColumns(results[1], of: models)
        customViews = results[2].integer(0, 0) ?? 0
        clearPasswords = results[3].integer(0, 0) ?? 0
        size = results[4].integer(0, 2) ?? 0
        largest = (0..<results[4].rowCount).map { (results[4].text($0, 0) ?? "", results[4].integer($0, 1) ?? 0) }
    }

    private static func unknownColumns(_ columns: Result, of models: [Model]) -> [String] {
        var known: [String: Set<FieldName>] = [:]
        for model in models where model.ownsTable {
            known[model.table, default: ["id"]].formUnion(Model.logColumns + model.fields.map(\.name))
        }
        return (0..<columns.rowCount).compactMap { row in
            guard let table = columns.text(row, 0), let column = columns.text(row, 1),
                let names = known[table], !names.contains(column)
            else { return nil }
            return "\(table).\(column)"
        }
    }

    // MARK: - Whose database it is

    private static func version(of transaction: Transaction) throws -> String {
        let found = try transaction.rows(
            """
            SELECT to_regclass('public.ir_module_module'), to_regclass('public.ir_model_data'), \
            EXISTS (SELECT 1 FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'), \
            EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = to_regclass('public.ir_module_module') \
            AND attname = 'latest_version'), current_database(), \
            to_regclass('public.ir_module') IS NOT NULL OR to_regclass('public.ir_cache') IS NOT NULL
            """)
        let name = found.text(0, 4) ?? ""
        guard found.boolean(0, 2) == true else {
            throw LoadError.notAdoptable("the database \(name) is empty: there is nothing to adopt")
        }
        guard found.text(0, 0) != nil, found.text(0, 1) != nil, found.boolean(0, 3) == true else {
            let maker = found.boolean(0, 5) == true ? "Tryton" : "another program"
            throw LoadError.notAdoptable("the database \(name) was made by \(maker), not by OpenERP 6.0")
        }
        let base = try transaction.rows(
            """
            SELECT latest_version FROM ir_module_module \
            WHERE name = 'base' AND state IN ('installed', 'to upgrade', 'to remove')
            """)
        guard base.rowCount > 0, let version = base.text(0, 0) else {
            throw LoadError.notAdoptable(
                "the database \(name) has no addon base: OpenERP did not finish making it")
        }
        guard version.hasPrefix("6.0.") else {
            throw LoadError.notAdoptable(
                "the database \(name) was made by OpenERP \(version.prefix(32)); only those of 6.0 can be adopted")
        }
        return version
    }
}
