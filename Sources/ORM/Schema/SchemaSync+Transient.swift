public import PostgreSQL

internal import SQL

extension SchemaSync {
    /// The transient models of a registry without a table in the database: one made by OpenERP, which kept such records
    /// in memory, has none at all.
    public static func transientModelsWithoutTable(
        of registry: Registry, in transaction: Transaction
    ) throws -> [Model] {
        let models = registry.models.values.filter(\.isTransient)
        if models.isEmpty { return [] }
        let result = try transaction.rows(
            """
            SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace \
            AND relname = ANY(\(models.map(\.table))::text[])
            """)
        let known = Set(result.texts(column: 0).compactMap(\.self))
        return models.filter { !known.contains($0.table) }.sorted { $0.name < $1.name }
    }
}
