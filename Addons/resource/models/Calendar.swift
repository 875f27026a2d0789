internal import ORM
internal import Values

/// A week's working time, with the days on which nobody works.
enum Calendar {
    static let definition = ModelDefinition.introducing("resource.calendar") { model in
        model.title = "Resource Calendar"
        model.fields = [
            .char("name", "Name", size: 64, required: true),
            .many2one("company_id", "Company", to: "res.company", default: .computed(company)),
            .one2many("attendance_ids", "Working Time", of: "resource.calendar.attendance", inverse: "calendar_id"),
            .many2one("manager", "Workgroup manager", to: "res.users"),
        ]
        model.remote = [
            .modelMethod(
                "interval_get", writes: false,
                ["id", "dt_from", "hours", .optional("resource", false), .optional("byday", true)], forward),
            .modelMethod(
                "interval_get_multi", writes: false,
                ["date_and_hours_by_cal", .optional("resource", false), .optional("byday", true)], several),
            .modelMethod(
                "interval_min_get", writes: false, ["id", "dt_from", "hours", .optional("resource", false)], backward),
            .modelMethod(
                "interval_hours_get", writes: false, ["id", "dt_from", "dt_to", .optional("resource", false)], hours),
        ]
    }

    static let attendance = ModelDefinition.introducing("resource.calendar.attendance") { model in
        model.title = "Work Detail"
        model.order = "dayofweek, hour_from"
        model.fields = [
            .char("name", "Name", size: 64, required: true),
            .selection(
                "dayofweek", "Day of week",
                [
                    "0": "Monday", "1": "Tuesday", "2": "Wednesday", "3": "Thursday", "4": "Friday", "5": "Saturday",
                    "6": "Sunday",
                ]),
            .date("date_from", "Starting date"),
            .float("hour_from", "Work from", required: true, help: "When work begins, in hours of the day.")
                .with { $0.size = 8 },
            .float("hour_to", "Work to", required: true, help: "When work ends, in hours of the day.")
                .with { $0.size = 8 },
            .many2one("calendar_id", "Resource's Calendar", to: "resource.calendar", required: true),
        ]
    }

    /// The company a new record belongs to.
    @Sendable static func company(_ environment: Environment) throws -> Value {
        let user = try environment.superuser.record("res.users", environment.uid)
        return try user.one("company_id").map { .integer($0.id) } ?? false
    }

    // MARK: - Working time

    /// What a calendar leaves for work; for a resource its own leaves count, too. Two reads.
    static func workingTime(
        of calendar: RecordID, resource: RecordID?, in environment: Environment
    ) throws -> WorkingTime {
        let shifts = try environment.search("resource.calendar.attendance", [["calendar_id", "=", .integer(calendar)]])
        var owners: [Value] = [false]
        if let resource { owners.append(.integer(resource)) }
        let leaves = try environment.search(
            "resource.calendar.leaves",
            [
                "|", "&", ["calendar_id", "=", .integer(calendar)], ["resource_id", "=", false],
                ["resource_id", "in", .list(owners.filter { $0 != false })],
            ])
        return WorkingTime(
            shifts: try shifts.map(shift).values.compactMap(\.self),
            leaves: try leaves.map(Leave.interval).values.compactMap(\.self))
    }

    private static func shift(_ attendance: Record) throws -> WorkingTime.Shift? {
        guard let weekday = try attendance.text("dayofweek").flatMap({ Int($0) }) else { return nil }
        func seconds(_ field: FieldName) throws -> Int {
            min(WorkingTime.seconds(try attendance.float(field)), 24 * 3_600)
        }
        return WorkingTime.Shift(
            weekday: weekday, from: try seconds("hour_from"), to: try seconds("hour_to"),
            since: try attendance.text("date_from").flatMap { Moment($0) })
    }

    /// Pairs of moments; without a calendar the hours follow one another.
    private static func intervals(
        _ calendar: Value, _ start: Moment, _ hours: Double, _ resource: Value, in environment: Environment
    ) throws -> [WorkingTime.Interval] {
        guard calendar.isTruthy, let id = calendar.recordID else {
            let length = WorkingTime.seconds(hours)
            return [(start, Moment(seconds: start.seconds + length))]
        }
        return try workingTime(of: id, resource: resource.isTruthy ? resource.recordID : nil, in: environment)
            .intervals(from: start, hours: hours)
    }

    private static func moment(_ value: Value) throws -> Moment {
        guard let moment = value.text.flatMap({ Moment($0) }) else {
            throw ORMError.badValue("\(value.pythonText.prefix(40)) is no moment such as 2011-06-01 08:30:00")
        }
        return moment
    }

    private static func pairs(_ intervals: [WorkingTime.Interval]) -> Value {
        .list(intervals.map { [.text($0.from.text), .text($0.to.text)] })
    }

    // MARK: - Methods

    /// When so many hours of work are done from a moment on: pairs of moments.
    @Sendable private static func forward(_ environment: Environment, _ arguments: Arguments) throws -> Value {
        pairs(
            try intervals(
                arguments["id"], moment(arguments["dt_from"]), arguments["hours"].number ?? 0, arguments["resource"],
                in: environment))
    }

    /// The same for several: from `[moment, hours, calendar]` to the pairs, by `moment,hours,calendar`.
    @Sendable private static func several(_ environment: Environment, _ arguments: Arguments) throws -> Value {
        guard let orders = arguments["date_and_hours_by_cal"].list, orders.count <= 100 else {
            throw ORMError.badValue("a list of at most 100 times [moment, hours, calendar] is asked for")
        }
        var answers: [String: Value] = [:]
        for order in orders {
            guard let parts = order.list, parts.count == 3 else {
                throw ORMError.badValue("\(order.pythonText.prefix(80)) is not [moment, hours, calendar]")
            }
            answers[parts.map(\.plainText).joined(separator: ",")] = pairs(
                try intervals(
                    parts[2], moment(parts[0]), parts[1].number ?? 0, arguments["resource"], in: environment))
        }
        return .dictionary(answers)
    }

    /// When so many hours of work were done up to a moment: pairs of moments, the last first.
    @Sendable private static func backward(_ environment: Environment, _ arguments: Arguments) throws -> Value {
        let (end, hours) = (try moment(arguments["dt_from"]), arguments["hours"].number ?? 0)
        guard arguments["id"].isTruthy, let id = arguments["id"].recordID else {
            let length = WorkingTime.seconds(hours)
            return pairs([(Moment(seconds: end.seconds - length), end)])
        }
        let resource = arguments["resource"].isTruthy ? arguments["resource"].recordID : nil
        return pairs(
            try workingTime(of: id, resource: resource, in: environment).intervals(until: end, hours: hours))
    }

    /// The hours of work between two moments.
    @Sendable private static func hours(_ environment: Environment, _ arguments: Arguments) throws -> Value {
        let (start, end) = (try moment(arguments["dt_from"]), try moment(arguments["dt_to"]))
        guard arguments["id"].isTruthy, let id = arguments["id"].recordID else {
            return .float(Double(max(0, end.seconds - start.seconds)) / 3_600)
        }
        let resource = arguments["resource"].isTruthy ? arguments["resource"].recordID : nil
        return .float(try workingTime(of: id, resource: resource, in: environment).hours(from: start, to: end))
    }
}
