internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values

/// How many whole days lie between a lead's creation and what happened to it.
extension Lead {
    @Sendable static func daysUntilOpened(_ leads: Records) throws -> [RecordID: Value] {
        try days(until: "date_open", of: leads)
    }

    @Sendable static func daysUntilClosed(_ leads: Records) throws -> [RecordID: Value] {
        try days(until: "date_closed", of: leads)
    }

    private static func days(until field: FieldName, of leads: Records) throws -> [RecordID: Value] {
        let result = try leads.environment.rows(
            """
            SELECT "id", abs(floor(extract(epoch FROM \(column: field) - date_trunc('second', "create_date")) / 86400)) \
            FROM "crm_lead" WHERE "id" = ANY(\(leads.ids))
            """)
        return result.byID { .float(result.float($0, 1) ?? 0) }
    }
}
