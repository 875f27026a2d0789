internal import Foundation
internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values

/// Whether users are free just now, by what stands in their calendars.
enum Availability {
    static let user = ModelDefinition.extending("res.users") { model in
        model.fields = [
            .computed(
                "availability", "Free/Busy", .selection(["free": "Free", "busy": "Busy"], size: nil),
                get: { users in
                    let busy = try busy(users, at: Timestamp.now())
                    return users.map { busy.contains($0.id) ? "busy" : "free" }
                })
        ]
    }

    /// The users who have an event that shows them as busy at a moment, occurrences of events that recur included.
    private static func busy(_ users: Records, at now: String) throws -> Set<RecordID> {
        guard let moment = CalendarTime.date(now) else { return [] }
        var busy: Set<RecordID> = []
        // Tasks are no appointments.
        let calendars = users.environment.registry.models.values
            .filter { users.environment.registry.isCalendar($0.name) && $0.name != "calendar.todo" }
            .sorted { $0.name < $1.name }
        for result in try users.environment.transaction.pipeline(calendars.map { statement($0, users.ids, now) }) {
            for row in 0..<result.rowCount {
                guard let user = result.integer(row, 0), !busy.contains(user),
                    let start = result.text(row, 1).flatMap(CalendarTime.date)
                else { continue }
                let length = CalendarTime.bounded(result.float(row, 2) ?? 0) * CalendarTime.secondsPerHour
                let starts = EventSchedule(
                    start: start, rule: result.text(row, 3), exceptions: result.text(row, 4),
                    exceptionRule: result.text(row, 5)
                ).dates(until: moment)
                if starts.contains(where: { $0.addingTimeInterval(length) > moment }) { busy.insert(user) }
            }
        }
        return busy
    }

    /// Users with beginning, hours and rule of what they may be busy with.
    private static func statement(_ calendar: Model, _ users: [RecordID], _ now: String) -> SQL {
        """
        SELECT "user_id", to_char("date", 'YYYY-MM-DD HH24:MI:SS'), "duration", "rrule", "exdate", "exrule" FROM \(table: calendar.table) \
        WHERE "user_id" = ANY(\(users)) AND "active" AND "show_as" = 'busy' AND "date" <= \(now)::timestamp \
        AND ("rrule" <> '' OR "date" + least(greatest("duration", 0), 1e6) * interval '1 hour' > \(now)::timestamp)
        """
    }
}
