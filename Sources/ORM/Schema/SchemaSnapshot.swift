internal import PostgreSQL
internal import SQL

/// What a database's schema `public` holds: read once before a synchronisation, by one pipeline.
struct SchemaSnapshot {
    struct Column: Hashable {
        let type: ColumnType
        let isRequired: Bool
    }

    /// Table → column → what it is.
    var tables: [String: [String: Column]] = [:]
    /// Names of all views.
    var views: Set<String> = []
    /// Names of all indexes.
    var indexes: Set<String> = []
    /// Table → constraint → its definition as PostgreSQL writes it.
    var constraints: [String: [String: String]] = [:]
    /// Table → columns that have a foreign key.
    var foreignKeys: [String: Set<String>] = [:]

    init() {}

    init(reading transaction: Transaction) throws {
        let results = try transaction.pipeline([
            """
            SELECT c.relname, a.attname, format_type(a.atttypid, NULL), \
            CASE WHEN a.atttypid = 'varchar'::regtype AND a.atttypmod > 4 THEN a.atttypmod - 4 END, a.attnotnull \
            FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid \
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum > 0 \
            AND NOT a.attisdropped
            """,
            """
            SELECT relname, relkind = 'v' FROM pg_class \
            WHERE relnamespace = 'public'::regnamespace AND relkind IN ('i', 'v')
            """,
            """
            SELECT t.relname, c.conname, pg_get_constraintdef(c.oid), c.contype, a.attname FROM pg_constraint c \
            JOIN pg_class t ON t.oid = c.conrelid \
            LEFT JOIN pg_attribute a ON c.contype = 'f' AND a.attrelid = t.oid AND a.attnum = c.conkey[1] \
            WHERE t.relnamespace = 'public'::regnamespace
            """,
        ])
        for row in 0..<results[0].rowCount {
            guard let table = results[0].text(row, 0), let column = results[0].text(row, 1) else { continue }
            tables[table, default: [:]][column] = Column(
                type: ColumnType(results[0].text(row, 2) ?? "", size: results[0].integer(row, 3)),
                isRequired: results[0].boolean(row, 4) ?? false)
        }
        for row in 0..<results[1].rowCount {
            guard let name = results[1].text(row, 0) else { continue }
            if results[1].boolean(row, 1) == true { views.insert(name) } else { indexes.insert(name) }
        }
        for row in 0..<results[2].rowCount {
            guard let table = results[2].text(row, 0), let name = results[2].text(row, 1) else { continue }
            constraints[table, default: [:]][name] = results[2].text(row, 2) ?? ""
            if results[2].text(row, 3) == "f", let column = results[2].text(row, 4) {
                foreignKeys[table, default: []].insert(column)
            }
        }
    }
}
