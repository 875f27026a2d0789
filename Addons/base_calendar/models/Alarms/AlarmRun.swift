internal import Foundation
internal import BaseAddon
internal import ORM
internal import Values

/// Rings what is due. In the original this did nothing; alarms that ring are worth having (contract/crm.md §5).
struct AlarmRun {
    let environment: Environment

    /// How many alarms one run looks at, the longest due first; the next run goes on.
    static let most = 1_000

    /// Rings each alarm that is due once: the event's responsible and those of its attendees who are users get a
    /// request. An alarm of an event that recurs waits for the next occurrence, any other is done. One that cannot ring
    /// keeps no other from it.
    func ring(_ now: String) throws {
        let superuser = environment.superuser
        let due = try superuser.records("calendar.alarm").search(
            SearchRequest(
                [["state", "=", "run"], ["trigger_date", "<=", .text(now)]], limit: Self.most, order: "trigger_date,id")
        )
        for alarm in due {
            do {
                try superuser.savepoint { try ring(alarm, at: now) }
            } catch  where error.isRefusal {
                try alarm.write(["state": "stop", "description": .text("\(error)")])
            }
        }
    }

    private func ring(_ alarm: Record, at now: String) throws {
        let event = try event(of: alarm)
        if let event, try alarm.text("action") == "display" { try remind(of: event, by: alarm) }
        if let event, let next = try nextTrigger(of: alarm, for: event, after: now) {
            try alarm.write(["trigger_date": .text(next)])
        } else {
            try alarm.write(["state": "done"])
        }
    }

    private func remind(of event: Record, by alarm: Record) throws {
        guard let owner = try event.one("user_id") else { return }
        let guests = try event.many("attendee_ids").compactMap { try $0.one("user_id")?.id }
        let name = try alarm.text("name") ?? "Reminder"
        _ = try environment.superuser.records("res.request").create(
            ([owner.id] + guests).distinct.map { user in
                [
                    "name": .text(name), "act_from": .integer(owner.id), "act_to": .integer(user), "state": "waiting",
                    "date_sent": .text(Timestamp.now()), "trigger_date": .text(Timestamp.now()),
                    "body": .text(name), "ref_doc1": .text("\(event.model.name),\(event.id)"),
                ]
            })
    }

    private func event(of alarm: Record) throws -> Record? {
        guard let model = try alarm.one("model_id")?.text("model"), environment.registry.isCalendar(model) else {
            return nil
        }
        let event = try environment.superuser.records(model, [alarm.integer("res_id")])
        return try event.exist() ? event.first : nil
    }

    /// When an event that recurs reminds again; nil when it does not.
    private func nextTrigger(of alarm: Record, for event: Record, after now: String) throws -> String? {
        guard try event.text("rrule")?.isEmpty == false, let schedule = try EventSchedule(of: event),
            let present = CalendarTime.date(now)
        else { return nil }
        let hours = try event.float("duration")
        // What begins within the next years; who looks further ahead is reminded when that is nearer.
        let horizon = present.addingTimeInterval(3 * 366 * 24 * CalendarTime.secondsPerHour)
        for date in schedule.dates(until: horizon) where date > present {
            let end = CalendarTime.text(date, hours: hours)
            guard let trigger = try AlarmTemplate.trigger(alarm, start: CalendarTime.text(date), end: end) else {
                return nil
            }
            if trigger > now { return trigger }
        }
        return nil
    }
}
