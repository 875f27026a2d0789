internal import ORM
internal import Values

/// A time in which somebody, or everybody of a calendar, does not work.
enum Leave {
    static let definition = ModelDefinition.introducing("resource.calendar.leaves") { model in
        model.title = "Leave Detail"
        model.fields = [
            .char("name", "Name", size: 64),
            .related(
                "company_id", "Company", .many2one("res.company", onDelete: .setNull), through: "calendar_id",
                "company_id", readonly: true, store: .always),
            .many2one("calendar_id", "Working time", to: "resource.calendar"),
            .datetime("date_from", "Start Date", required: true),
            .datetime("date_to", "End Date", required: true),
            .many2one(
                "resource_id", "Resource", to: "resource.resource",
                help: "Whose leave it is; without one nobody of the calendar works."),
        ]
        model.constraints = [
            .check(
                fields: ["date_from", "date_to"],
                message: "Error! leave start-date must be lower then leave end-date.",
                holds: { try $0.allSatisfy(isForward) })
        ]
        model.remote = [
            .onChange("onchange_resource", ["ids", "resource", .context]) { environment, arguments in
                let resource = try arguments["resource"].recordID.map {
                    try environment.record("resource.resource", $0)
                }
                guard let calendar = try resource?.one("calendar_id") else { return OnChange() }
                return OnChange(["calendar_id": .integer(calendar.id)])
            },
            .method("check_dates", writes: false, ["ids", .context]) { leaves, _ in
                .boolean(try leaves.allSatisfy(isForward))
            },
        ]
    }

    private static func isForward(_ leave: Record) throws -> Bool {
        guard let from = try leave.text("date_from"), let to = try leave.text("date_to") else { return true }
        return from <= to
    }

    /// The time it takes; nil for one without both ends.
    static func interval(_ leave: Record) throws -> WorkingTime.Interval? {
        guard let from = try leave.text("date_from").flatMap({ Moment($0) }),
            let to = try leave.text("date_to").flatMap({ Moment($0) })
        else { return nil }
        return (from, to)
    }
}
