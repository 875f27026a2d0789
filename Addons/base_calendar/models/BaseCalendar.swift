public import ORM

/// The addon `base_calendar`: events that may recur, who is invited to them, and what reminds of them
/// (contract/crm.md §5).
public enum BaseCalendar {
    public static let addon = AddonModels(
        "base_calendar",
        definitions: [
            AlarmTemplate.definition, Attendee.definition, Alarm.definition, CalendarEvent.definition, calendarTask,
            InviteAttendees.definition, ExclusionRule.definition, EditAllEvents.definition, Availability.user,
        ])

    /// Tasks have a calendar's times and recurrences, in a table of their own.
    private static let calendarTask = ModelDefinition.copying("calendar.event", as: "calendar.todo") { model in
        model.title = "Calendar Task"
        model.fields = [
            .many2many(
                "attendee_ids", "Attendees", of: "calendar.attendee",
                through: .init(table: "todo_attendee_rel", own: "event_id", other: "attendee_id"))
        ]
    }
}
