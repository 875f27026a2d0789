internal import ORM
internal import Values

/// How long before or after an event somebody is reminded: `15 minutes before`.
enum AlarmTemplate {
    static let definition = ModelDefinition.introducing("res.alarm") { model in
        model.title = "Basic Alarm Information"
        model.fields = [.char("name", "Name", size: 256, required: true)] + fields
    }

    /// What a template and the alarm of an event have in common.
    static let fields: [Field] = [
        .selection(
            "trigger_occurs", "Triggers", ["before": "Before", "after": "After"], required: true,
            default: "before"),
        .selection(
            "trigger_interval", "Interval", ["minutes": "Minutes", "hours": "Hours", "days": "Days"],
            required: true, default: "minutes"),
        .integer("trigger_duration", "Duration", required: true, default: 5),
        .selection(
            "trigger_related", "Related to", ["start": "The event starts", "end": "The event ends"],
            required: true, default: "start"),
        .integer("duration", "Duration", help: "How long it waits before it reminds again."),
        .integer("repeat", "Repeat"),
        .boolean("active", "Active", default: true, help: "Unset hides the alarm without deleting it."),
    ]

    /// The fields an alarm takes over from its template.
    static let copied = fields.map(\.name)

    /// When a template's alarm rings, from the times of an event.
    static func trigger(_ template: Record, start: String, end: String?) throws -> String? {
        let related = try template.text("trigger_related") == "end" ? end ?? start : start
        guard let date = CalendarTime.date(related) else { return nil }
        let hours: Double =
            switch try template.text("trigger_interval") {
            case "days": 24
            case "hours": 1
            default: 1.0 / 60
            }
        let distance = try Double(template.integer("trigger_duration")) * hours
        return CalendarTime.text(date, hours: try template.text("trigger_occurs") == "after" ? distance : -distance)
    }
}
