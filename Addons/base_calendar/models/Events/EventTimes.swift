internal import Foundation
internal import ORM
internal import Values

/// Beginning, end and duration of an event follow each other.
enum EventTimes {
    /// What changes with the times given: nothing without a beginning; an hour when neither end nor duration is said
    /// (contract/crm.md §5).
    static func values(start: Value, duration: Value, end: Value, allDay: Bool) -> FieldValues {
        guard let start = start.text.flatMap(CalendarTime.date) else { return [:] }
        let end = end.text.flatMap(CalendarTime.date)
        if allDay {
            var values: FieldValues = ["duration": 24]
            if end == nil { values["date_deadline"] = .text(CalendarTime.text(start, hours: 24)) }
            return values
        }
        if let end {
            let hours = end.timeIntervalSince(start) / CalendarTime.secondsPerHour
            return ["duration": .float(hours.rounded(toScale: 2))]
        }
        let hours = CalendarTime.bounded(duration.isTruthy ? duration.number ?? 1 : 1)
        var values: FieldValues = ["date_deadline": .text(CalendarTime.text(start, hours: hours))]
        if !duration.isTruthy { values["duration"] = .float(hours) }
        return values
    }

    /// The same for values that are about to be stored.
    static func completed(_ values: FieldValues) -> FieldValues {
        let following = self.values(
            start: values["date"] ?? false, duration: values["duration"] ?? false,
            end: values["date_deadline"] ?? false, allDay: values["allday"]?.isTruthy == true)
        return values.merging(following) { $1 }
    }

    static let methods: [RemoteMethod] = [
        .onChange(
            "onchange_dates",
            ["ids", "start_date", .optional("duration"), .optional("end_date"), .optional("allday"), .context]
        ) { _, arguments in
            OnChange(
                values(
                    start: arguments["start_date"], duration: arguments["duration"], end: arguments["end_date"],
                    allDay: arguments["allday"].isTruthy))
        },
        .onChange("onchange_allday", ["ids", .optional("allday"), .context]) { _, arguments in
            OnChange(arguments["allday"].isTruthy ? ["duration": 24] : [:])
        },
        .onChange("onchange_edit_all", ["ids", .optional("rrule_type"), .optional("edit_all"), .context]) { _, _ in
            OnChange()
        },
    ]
}
