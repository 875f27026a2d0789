internal import ORM
internal import Values

/// The dialog that changes all occurrences of an event at once.
enum EditAllEvents {
    static let definition = ModelDefinition.introducing("calendar.event.edit.all", transient: true) { model in
        model.title = "Calendar Edit all event"
        model.fields = [
            .char("name", "Title", size: 64, required: true),
            .datetime("date", "Start Date", required: true, default: .computed { try opened($0, "date") }),
            .datetime(
                "date_deadline", "End Date", required: true, default: .computed { try opened($0, "date_deadline") }),
            .char("location", "Location", size: 124),
            .many2one("alarm_id", "Reminder", to: "res.alarm"),
        ]
        model.remote = [
            .method("modify_this", writes: true) { dialogs, _ in
                guard let dialog = dialogs.first, let event = try dialogs.environment.openedEvent() else {
                    return false
                }
                var values: FieldValues = ["edit_all": true]
                for field in ["name", "date", "date_deadline", "location", "alarm_id"] {
                    values[field] = try dialog.value(field)
                }
                try event.write(values)
                return true
            }
        ]
    }

    /// A field of the event the dialog was opened on.
    private static func opened(_ environment: Environment, _ field: FieldName) throws -> Value {
        try environment.openedEvent()?.value(field) ?? false
    }
}
