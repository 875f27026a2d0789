internal import ORM
internal import Values

/// Somebody or something that works: a person, a machine.
enum ResourceRecord {
    static let definition = ModelDefinition.introducing("resource.resource") { model in
        model.title = "Resource Detail"
        model.fields = [
            .char("name", "Name", size: 64, required: true),
            .char("code", "Code", size: 16),
            .boolean("active", "Active", default: true, help: "Hides the resource without removing it."),
            .many2one("company_id", "Company", to: "res.company", default: .computed(Calendar.company)),
            .selection(
                "resource_type", "Resource Type", ["user": "Human", "material": "Material"], required: true,
                default: "user"),
            .many2one("user_id", "User", to: "res.users", help: "The user the resource is."),
            .float(
                "time_efficiency", "Efficiency factor", required: true, default: 1,
                help: "How much is done in an hour that others need an hour for: 2 for twice as much."
            ).with { $0.size = 8 },
            .many2one(
                "calendar_id", "Working Period", to: "resource.calendar", help: "When the resource works."),
        ]
        model.overrides.copy = { resource, values, inherited in
            var values = values
            if values["name"] == nil { values["name"] = .text((try resource.text("name") ?? "") + " (copy)") }
            return try inherited(values)
        }
        model.remote = [
            .modelMethod("generate_resources", writes: false, ["user_ids", "calendar_id", .context], resources),
            .modelMethod(
                "compute_vacation", writes: false,
                ["calendar_id", .optional("resource_id", false), .optional("resource_calendar", false), .context],
                vacation),
            .modelMethod(
                "compute_working_calendar", writes: false, [.optional("calendar_id", false), .context], week),
        ]
    }

    /// Of each user, by his id: name, efficiency and days off.
    @Sendable private static func resources(_ environment: Environment, _ arguments: Arguments) throws -> Value {
        let users = try environment.records(
            "res.users", (arguments["user_ids"].list ?? [arguments["user_ids"]]).compactMap(\.recordID).distinct)
        let known = try environment.search(
            "resource.resource", [["user_id", "in", .list(users.ids.map { .integer($0) })]])
        var byUser: [RecordID: Record] = [:]
        for resource in known { if let user = try resource.one("user_id") { byUser[user.id] = resource } }
        let away = try daysOff(
            arguments["calendar_id"].recordID, of: byUser.values.map(\.id), in: environment)
        var answer: [String: Value] = [:]
        for user in users {
            let resource = byUser[user.id]
            let days = (away[nil] ?? []) + (resource.flatMap { away[$0.id] } ?? [])
            answer[String(user.id)] = [
                "name": .text(try user.text("name") ?? ""), "vacation": .list(days.map { .text($0) }),
                "efficiency": .float(try resource?.float("time_efficiency") ?? 1),
            ]
        }
        return .dictionary(answer)
    }

    /// The days on which a calendar, or a resource, is away: `2011-06-01`.
    @Sendable private static func vacation(_ environment: Environment, _ arguments: Arguments) throws -> Value {
        let resource = arguments["resource_id"].recordID
        let calendar = arguments["calendar_id"].isTruthy ? arguments["calendar_id"] : arguments["resource_calendar"]
        let away = try daysOff(calendar.recordID, of: resource.map { [$0] } ?? [], in: environment)
        return .list(((away[nil] ?? []) + (resource.flatMap { away[$0] } ?? [])).map { .text($0) })
    }

    /// The days of leaves by resource; those of a calendar's leaves for everybody under nil. One read.
    private static func daysOff(
        _ calendar: RecordID?, of resources: [RecordID], in environment: Environment
    ) throws -> [RecordID?: [String]] {
        let leaves = try environment.search(
            "resource.calendar.leaves",
            [
                "|", "&", ["calendar_id", "=", .integer(calendar ?? 0)], ["resource_id", "=", false],
                ["resource_id", "in", .list(resources.map { .integer($0) })],
            ], order: "date_from,id")
        var days: [RecordID?: [String]] = [:]
        for leave in leaves {
            guard let interval = try Leave.interval(leave) else { continue }
            let owner = try leave.one("resource_id")?.id
            var day = interval.from.day
            // A leave of many years names its first ones.
            while day < interval.to, days[owner, default: []].count < 3_660 {
                days[owner, default: []].append(String(day.text.prefix(10)))
                day = day.adding(days: 1)
            }
        }
        return days
    }

    /// A calendar's week: `['mon', '8:00-12:00', '13:00-18:00']` for each day with work.
    @Sendable private static func week(_ environment: Environment, _ arguments: Arguments) throws -> Value {
        guard let calendar = arguments["calendar_id"].recordID, arguments["calendar_id"].isTruthy else { return [] }
        let time = try Calendar.workingTime(of: calendar, resource: nil, in: environment)
        let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
        let clock = { (seconds: Int) -> String in
            let minutes = seconds / 60 % 60
            return "\(seconds / 3_600):\(minutes < 10 ? "0" : "")\(minutes)"
        }
        return .list(
            names.enumerated().compactMap { weekday, name -> Value? in
                let shifts = time.shifts.filter { $0.weekday == weekday }
                if shifts.isEmpty { return nil }
                return .list([.text(name)] + shifts.map { .text(clock($0.from) + "-" + clock($0.to)) })
            })
    }
}
