internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values

/// How many whole days lie between a lead's creation and what happened to it.
extension Lead {
    /// Both numbers by one statement: a new lead needs both.
    static let days = ComputationGroup("days") { leads, fields in
        let since = { (moment: FieldName) -> SQL in
            "abs(floor(extract(epoch FROM \(column: moment) - date_trunc('second', \"create_date\")) / 86400))"
        }
        let result = try leads.environment.rows(
            """
            SELECT "id", \(since("date_open")), \(since("date_closed")) FROM "crm_lead" WHERE "id" = ANY(\(leads.ids))
            """)
        return result.byID {
            ["day_open": .float(result.float($0, 1) ?? 0), "day_close": .float(result.float($0, 2) ?? 0)]
        }
    }
}
