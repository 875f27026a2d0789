internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values

/// Which server made a database, kept as a setting: one that OpenERP made is served only after it was given what it
/// lacks.
enum Origin {
    static let key = "apus.origin"
    static let apus = "Apus"

    /// nil for a database that was never Apus's, be it OpenERP's or another program's.
    static func read(in transaction: Transaction) throws -> String? {
        let table = try transaction.rows("SELECT to_regclass('public.ir_config_parameter')")
        if table.text(0, 0) == nil { return nil }
        return try transaction.rows("SELECT \"value\" FROM \"ir_config_parameter\" WHERE \"key\" = \(key)").text(row: 0)
    }

    /// Once said, it stays.
    static func write(_ origin: String, in environment: Environment) throws {
        try environment.rows(
            """
            INSERT INTO "ir_config_parameter" ("key", "value") SELECT \(key)::text, \(origin)::text \
            WHERE NOT EXISTS (SELECT 1 FROM "ir_config_parameter" WHERE "key" = \(key)::text)
            """)
    }
}

extension Result {
    /// The first column's text in a row that may not be there.
    fileprivate func text(row: Int) -> String? { row < rowCount ? text(row, 0) : nil }
}
