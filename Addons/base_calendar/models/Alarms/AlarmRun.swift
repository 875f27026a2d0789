internal import BaseAddon
internal import ORM
internal import Values

/// Rings what is due. In the original this did nothing; alarms that ring are worth having (contract/crm.md §5).
struct AlarmRun {
    let environment: Environment

    /// How many alarms one run looks at, the longest due first; the next run goes on.
    static let most = 1_000

    /// Rings each alarm that is due once: its owner and the event's attendees who are users get a request. An alarm of
    /// an event that recurs waits for the next occurrence, any other is done.
    func ring(_ now: String) throws {
        let superuser = environment.superuser
        let due = try superuser.records("calendar.alarm").search(
            SearchRequest(
                [["state", "=", "run"], ["trigger_date", "<=", .text(now)]], limit: Self.most, order: "trigger_date,id")
        )
        _ = try superuser.records("res.request").create(due.flatMap { try requests(of: $0) })
        var finished: [RecordID] = []
        for alarm in due {
            if let next = try nextTrigger(of: alarm, after: now) {
                try alarm.write(["trigger_date": .text(next)])
            } else {
                finished.append(alarm.id)
            }
        }
        try due.other(finished).write(["state": "done"])
    }

    private func requests(of alarm: Record) throws -> [FieldValues] {
        guard try alarm.text("action") == "display", let owner = try alarm.one("user_id"),
            let event = try event(of: alarm)
        else { return [] }
        let guests = try event.many("attendee_ids").compactMap { try $0.one("user_id")?.id }
        let name = try alarm.text("name") ?? "Reminder"
        return ([owner.id] + guests).distinct.map { user in
            [
                "name": .text(name), "act_from": .integer(owner.id), "act_to": .integer(user), "state": "waiting",
                "date_sent": .text(Timestamp.now()), "trigger_date": .text(Timestamp.now()),
                "body": .text(String(name)), "ref_doc1": .text("\(event.model.name),\(event.id)"),
            ]
        }
    }

    private func event(of alarm: Record) throws -> Record? {
        guard let model = try alarm.one("model_id")?.text("model"), environment.registry.models[model] != nil
        else { return nil }
        let event = try environment.superuser.records(model, [alarm.integer("res_id")])
        return try event.exist() ? event.first : nil
    }

    /// When an event that recurs reminds again; nil when it does not.
    private func nextTrigger(of alarm: Record, after now: String) throws -> String? {
        guard let event = try event(of: alarm), let rule = try event.text("rrule").flatMap({ RecurrenceRule($0) }),
            let start = try event.text("date").flatMap(CalendarTime.date), let present = CalendarTime.date(now)
        else { return nil }
        let hours = try event.float("duration")
        for date in rule.occurrences(from: start, until: nil) where date > present {
            let end = CalendarTime.text(date, hours: hours)
            guard let trigger = try AlarmTemplate.trigger(alarm, start: CalendarTime.text(date), end: end) else {
                return nil
            }
            if trigger > now { return trigger }
        }
        return nil
    }
}
