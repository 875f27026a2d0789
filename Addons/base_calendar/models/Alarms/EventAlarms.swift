internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values

/// Keeps the alarms of events in step with their times and templates.
enum EventAlarms {
    /// Fields whose writing makes an alarm anew.
    static let watched: [FieldName] = ["alarm_id", "date", "duration", "date_deadline"]

    /// Gives each event that has a template and a beginning a new alarm, in place of the one it had.
    static func renew(for events: Records) throws {
        if events.isEmpty { return }
        try drop(for: events)
        let environment = events.environment.superuser
        guard let model = try environment.search("ir.model", [["model", "=", .text(events.model.name)]]).first else {
            return
        }
        var rows: [(event: RecordID, values: FieldValues)] = []
        for event in events.asSuperuser {
            guard let template = try event.one("alarm_id"), let start = try event.text("date") else { continue }
            let end = try event.text("date_deadline")
            guard let trigger = try AlarmTemplate.trigger(template, start: start, end: end) else { continue }
            var values: FieldValues = [
                "alarm_id": .integer(template.id), "name": try event.value("name"), "action": "display",
                "description": try event.value("description"), "model_id": .integer(model.id),
                "res_id": .integer(event.id), "user_id": try event.value("user_id"), "event_date": .text(start),
                "event_end_date": end.map { .text($0) } ?? false, "trigger_date": .text(trigger), "state": "run",
            ]
            for field in AlarmTemplate.copied { values[field] = try template.value(field) }
            rows.append((event.id, values))
        }
        let alarms = try environment.records("calendar.alarm").create(rows.map(\.values))
        // Not by a write of the event: it would be one that renews its alarm.
        try environment.rows(
            """
            UPDATE \(table: events.model.table) SET "base_calendar_alarm_id" = "new"."alarm" \
            FROM unnest(\(rows.map(\.event))::int[], \(alarms)::int[]) AS "new"("event", "alarm") \
            WHERE \(table: events.model.table)."id" = "new"."event"
            """)
    }

    /// Deletes the alarms of events.
    static func drop(for events: Records) throws {
        let environment = events.environment.superuser
        try environment.search(
            "calendar.alarm",
            [
                ["model_id.model", "=", .text(events.model.name)],
                ["res_id", "in", .list(events.ids.map { .integer($0) })],
            ]
        ).unlink()
    }
}
