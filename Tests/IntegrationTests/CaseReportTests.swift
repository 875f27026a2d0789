import ORM
import PostgreSQL
import SQL
import Testing
import Values

/// The reports' figures against plain statements.
@Suite struct CaseReportTests {
    private func groups(_ environment: Environment, _ model: ModelName, by field: FieldName) throws -> [Value: Value] {
        let rows = try environment.call(model, "read_group", [], [.text(field), "nbr"], [.text(field)]).list ?? []
        return Dictionary(
            uniqueKeysWithValues: rows.compactMap { row in
                row.dictionary.map { ($0[field] ?? false, $0["nbr"] ?? false) }
            })
    }

    @Test(arguments: ["state", "type", "name", "month"]) func `leads are counted as they are`(field: String) throws {
        try DemoDatabase.visit { environment in
            let column: SQL =
                switch field {
                case "name": "to_char(create_date, 'YYYY')"
                case "month": "to_char(create_date, 'MM')"
                default: "\(column: field)"
                }
            let counted = try environment.transaction.rows(
                "SELECT \(column), count(*) FROM crm_lead GROUP BY 1")
            let expected = Dictionary(
                uniqueKeysWithValues: (0..<counted.rowCount).map { row in
                    (counted.text(row, 0).map { Value.text($0) } ?? false, Value.integer(counted.integer(row, 1) ?? 0))
                })
            #expect(try groups(environment, "crm.lead.report", by: field) == expected)
        }
    }

    @Test func `a lead's row tells days, revenue and mails`() throws {
        try DemoDatabase.visit { environment in
            let lead = try environment.create(
                "crm.lead",
                ["name": "Figures", "type": "opportunity", "planned_revenue": 200.0, "probability": 40.0])
            try environment.rows(
                """
                UPDATE crm_lead SET create_date = '2026-03-01 00:00:00', date_open = '2026-03-03 12:00:00', \
                date_closed = '2026-03-05 00:00:00', date_deadline = '2026-03-09' WHERE id = \(lead.id)
                """)
            let row = try environment.call(
                "crm.lead.report", "read", .integer(lead.id),
                [
                    "name", "month", "day", "creation_date", "opening_date", "date_closed", "probable_revenue", "nbr",
                    "email", "delay_open", "delay_close", "delay_expected",
                ])
            #expect(
                row == [
                    "id": .integer(lead.id), "name": "2026", "month": "03", "day": "2026-03-01",
                    "creation_date": "2026-03-01", "opening_date": "2026-03-03", "date_closed": "2026-03-05",
                    "probable_revenue": 80.0, "nbr": 1, "email": 0, "delay_open": 2.5, "delay_close": 4.0,
                    "delay_expected": 4.0,
                ])
        }
    }

    @Test func `calls are counted by who made them, and nothing is written`() throws {
        try DemoDatabase.visit { environment in
            let calls = try environment.call("crm.phonecall", "search_count", [])
            #expect(try environment.call("crm.phonecall.report", "search_count", []) == calls)
            #expect(throws: (any Error).self) {
                _ = try environment.call("crm.phonecall.report", "write", [1], ["state": "done"])
            }
        }
    }
}
