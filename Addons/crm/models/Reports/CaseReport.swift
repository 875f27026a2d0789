internal import ORM
internal import SQL
internal import Values

/// What the reports on cases of every kind have in common. In their statements the case goes by the name `case`.
enum CaseReport {
    static let dates: [Field] = [
        .char("name", "Year", size: 64, readonly: true),
        .selection(
            "month", "Month",
            [
                "01": "January", "02": "February", "03": "March", "04": "April", "05": "May", "06": "June",
                "07": "July", "08": "August", "09": "September", "10": "October", "11": "November", "12": "December",
            ], readonly: true),
        .char("day", "Day", size: 128, readonly: true),
        .date("creation_date", "Creation Date", readonly: true, index: .basic),
        .date("opening_date", "Opening Date", readonly: true, index: .basic),
        .date("date_closed", "Close Date", readonly: true, index: .basic),
        .datetime("create_date", "Create Date", readonly: true, index: .basic),
        .selection("state", "State", CaseField.states, size: 16, readonly: true),
        .selection("priority", "Priority", CaseField.priorities),
        .many2one("company_id", "Company", to: "res.company", readonly: true),
        .many2one("partner_id", "Partner", to: "res.partner", readonly: true),
        .integer("nbr", "# of Cases", readonly: true),
    ]

    /// A figure of which groups tell the average.
    static func average(_ name: FieldName, _ label: String) -> Field {
        .float(name, label, digits: Digits(16, 2), readonly: true).with { $0.groupOperator = "avg" }
    }

    /// Year, month and day by which rows are grouped, and the days of what happened; all text, as the views of
    /// OpenERP's databases have them.
    static func days(of column: String) -> SQL {
        func text(_ column: String, _ pattern: SQL, as name: String) -> SQL {
            "to_char(\"case\".\(column: column), \(pattern)) AS \(column: name)"
        }
        return [
            text(column, "'YYYY'", as: "name"), text(column, "'MM'", as: "month"),
            text(column, "'YYYY-MM-DD'", as: "day"), text("create_date", "'YYYY-MM-DD'", as: "creation_date"),
            text("date_open", "'YYYY-MM-DD'", as: "opening_date"),
            text("date_closed", "'YYYY-MM-DD'", as: "date_closed"),
            "date_trunc('day', \"case\".\"create_date\") AS \"create_date\"",
        ].joined(by: ", ")
    }

    /// How many days it took until a case was opened, and closed.
    static let delays: SQL = """
        extract(epoch FROM "case"."date_closed" - "case"."create_date") / 86400 AS "delay_close", \
        extract(epoch FROM "case"."date_open" - "case"."create_date") / 86400 AS "delay_open"
        """
}
