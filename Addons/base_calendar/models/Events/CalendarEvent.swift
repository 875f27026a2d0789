internal import BaseAddon
internal import ORM
internal import Values

/// An event of a calendar, which may recur (contract/crm.md §5).
enum CalendarEvent {
    static let definition = ModelDefinition.introducing("calendar.event") { model in
        model.title = "Calendar Event"
        model.fields = fields
        model.overrides = overrides
        model.clientID = { Occurrence($0)?.event }
        model.remote = EventTimes.methods + EventReading.methods + EventWriting.methods + states
        model.defaults = ["select1": "date"]
    }

    private static let overrides: Overrides = {
        var overrides = Overrides()
        overrides.create = { handle, rows, inherited in
            let ids = try inherited(rows.map(EventTimes.completed))
            let reminded = zip(ids, rows).filter { $0.1["alarm_id"]?.isTruthy == true }.map(\.0)
            try EventAlarms.renew(for: handle.other(reminded))
            return ids
        }
        overrides.write = { events, values, inherited in
            var values = EventTimes.completed(values)
            // Whoever means all occurrences says so each time.
            if values["edit_all"] == nil { values["edit_all"] = false }
            try inherited(events, values)
            if EventAlarms.watched.contains(where: { values[$0] != nil }) {
                try EventAlarms.renew(for: events.refreshed)
            }
        }
        overrides.unlink = { events, inherited in
            try EventAlarms.drop(for: events)
            let detached = try events.environment.superuser.adding(["active_test": false]).search(
                events.model.name, [["recurrent_uid", "in", .list(events.ids.map { .integer($0) })]])
            try inherited(events.other(events.ids + detached.ids.filter { !events.ids.contains($0) }))
        }
        overrides.copy = { _, values, inherited in
            try inherited(values.merging(["base_calendar_alarm_id": false]) { given, _ in given })
        }
        return overrides
    }()

    private static let closed: Value = ["done": [["readonly", true]]]

    private static let fields: [Field] =
        [
            .integer("sequence", "Sequence"),
            .char("name", "Description", size: 64).with { $0.states = closed },
            .datetime("date", "Date").with { $0.states = closed },
            .datetime("date_deadline", "Deadline").with { $0.states = closed },
            .datetime("create_date", "Created", readonly: true),
            .float("duration", "Duration").with { $0.states = closed },
            .boolean("allday", "All Day").with { $0.states = closed },
            .text("description", "Description").with { $0.states = closed },
            .selection(
                "class", "Mark as",
                ["public": "Public", "private": "Private", "confidential": "Confidential"], default: "public"
            ).with { $0.states = closed },
            .char("location", "Location", size: 264, help: "Where it takes place.").with { $0.states = closed },
            .selection("show_as", "Show as", ["free": "Free", "busy": "Busy"], default: "busy")
                .with { $0.states = closed },
            .char("base_calendar_url", "Caldav URL", size: 264),
            .selection(
                "state", "State",
                ["tentative": "Tentative", "confirmed": "Confirmed", "cancelled": "Cancelled"], readonly: true,
                default: "tentative"),
            .many2many(
                "attendee_ids", "Attendees", of: "calendar.attendee",
                through: .init(table: "event_attendee_rel", own: "event_id", other: "attendee_id")),
            .many2one("user_id", "Responsible", to: "res.users", default: .caller).with { $0.states = closed },
            .char("organizer", "Organizer", size: 256, default: .computed(callerAsOrganizer))
                .with { $0.states = closed },
            .many2one("organizer_id", "Organizer", to: "res.users").with { $0.states = closed },
            .selection("vtimezone", "Timezone", .timeZones, size: 64),
            .boolean("active", "Active", default: true, help: "Unset hides the event without deleting it."),
            .many2one("alarm_id", "Alarm", to: "res.alarm", help: "What reminds of it, and when.")
                .with { $0.states = closed },
            .many2one("base_calendar_alarm_id", "Alarm", to: "calendar.alarm"),
        ] + recurrence + RuleParts.fields

    private static let recurrence: [Field] = [
        .boolean("recurrency", "Recurrent", help: "It takes place more than once."),
        .selection(
            "rrule_type", "Recurrency",
            ["none": "", "daily": "Daily", "weekly": "Weekly", "monthly": "Monthly", "yearly": "Yearly"],
            help: "How often it takes place again."
        ).with { $0.states = closed },
        .selection(
            "freq", "Frequency",
            [
                "None": "No Repeat", "hourly": "Hours", "daily": "Days", "weekly": "Weeks", "monthly": "Months",
                "yearly": "Years",
            ], default: "None"),
        .integer("interval", "Repeat every", default: 1, help: "Every so many days, weeks, months or years."),
        .integer("count", "Repeat", help: "How many times in all."),
        .selection(
            "end_type", "Way to end reccurency",
            ["forever": "Forever", "count": "Fix amout of times", "end_date": "End date"], default: "forever"),
        .computed(
            "rrule", "Recurrent Rule", .char(124), get: ruleTexts, set: storeRule, store: .always,
            help: "The rule of the recurrence as iCalendar writes it."),
        .text("exdate", "Exception Date/Times", help: "Occurrences that do not take place, separated by commas."),
        .char("exrule", "Exception Rule", size: 352, help: "A rule of occurrences that do not take place."),
        .integer("recurrent_uid", "Recurrent ID"),
        .datetime("recurrent_id", "Recurrent ID date"),
        .boolean("edit_all", "Edit All", default: false, help: "A change concerns all occurrences."),
    ]

    private static func ruleTexts(_ events: Records) throws -> [RecordID: Value] {
        try events.map { event in
            try RuleParts.rule(type: event.text("rrule_type"), of: event).map { .text($0.text) } ?? false
        }
    }

    /// Takes a written rule apart into the fields it is made of.
    private static func storeRule(_ events: Records, _ value: Value) throws {
        var rule: RecurrenceRule?
        if let text = value.text, !text.isEmpty {
            rule = RecurrenceRule(text)
            guard rule != nil else { throw UserError("Warning!", "'\(text)' is no rule by which an event can recur.") }
        }
        try events.write(RuleParts.values(of: rule))
    }

    /// The caller as an invitation names who invites: `Administrator <admin@example.com>`.
    private static func callerAsOrganizer(_ environment: Environment) throws -> Value {
        let user = try environment.superuser.record("res.users", environment.uid)
        guard let name = try user.text("name") else { return false }
        return .text(try user.text("user_email").map { "\(name) <\($0)>" } ?? name)
    }

    private static let states: [RemoteMethod] =
        [("do_tentative", "tentative"), ("do_cancel", "cancelled"), ("do_confirm", "confirmed")].map { name, state in
            .method(name, writes: true) { events, _ in
                try events.write(["state": .text(state)])
                return true
            }
        } + [
            .modelMethod("default_organizer", writes: false, [.context]) { environment, _ in
                try callerAsOrganizer(environment)
            }
        ]
}
