internal import ORM
internal import Values

/// A method that a timer calls again and again (contract/views.md §10).
enum ScheduledJob {
    static let definition = ModelDefinition.introducing("ir.cron") { model in
        model.order = "name"
        model.fields = [
            .char("name", "Name", size: 60, required: true),
            .many2one("user_id", "User", to: "res.users", required: true, default: .caller),
            .boolean("active", "Active", default: true),
            .integer("interval_number", "Interval Number", default: 1, help: "Called again after so many units."),
            .selection(
                "interval_type", "Interval Unit",
                [
                    "minutes": "Minutes", "hours": "Hours", "work_days": "Work Days", "days": "Days", "weeks": "Weeks",
                    "months": "Months",
                ], default: "months"),
            .integer(
                "numbercall", "Number of Calls", default: 1, help: "How often it is still called; -1 is for ever."),
            .boolean(
                "doall", "Repeat Missed", default: true, help: "Makes up for calls missed while the server stood."),
            .datetime(
                "nextcall", "Next Execution Date", required: true, default: .now, help: "When it is called next."),
            .char("model", "Object", size: 64, help: "The model whose method is called: res.partner."),
            .char("function", "Function", size: 64, help: "The name of the method that is called."),
            .text("args", "Arguments", help: "What the method is handed, as a Python tuple: ('a', 1)."),
            .integer("priority", "Priority", default: 5, help: "0 is very urgent, 10 can wait."),
        ]
        model.constraints = [
            .check("args", message: "Invalid arguments") { jobs in
                try jobs.allSatisfy { try arguments(in: $0.text("args") ?? "") != nil }
            }
        ]
    }

    /// What the method is handed; nil for a text that is no tuple or list of literals.
    static func arguments(in text: String) -> [Value]? {
        if text.allSatisfy(\.isWhitespace) { return [] }
        return (try? RecordExpression(parsing: text).value())?.list
    }
}
