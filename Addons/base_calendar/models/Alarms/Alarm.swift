internal import ORM
internal import Values

/// The alarm of one event: what rings, when, and whether it has.
enum Alarm {
    static let definition = ModelDefinition.introducing("calendar.alarm") { model in
        model.title = "Event alarm information"
        model.fields =
            [
                .many2one("alarm_id", "Basic Alarm", to: "res.alarm", onDelete: .cascade),
                .char("name", "Summary", size: 124, help: "The subject of the mail, or the title on the screen."),
                .selection(
                    "action", "Action",
                    ["audio": "Audio", "display": "Display", "procedure": "Procedure", "email": "Email"],
                    required: true, default: "display", help: "What happens when it rings."),
                .text("description", "Description", help: "The text of the mail or on the screen."),
                .many2many(
                    "attendee_ids", "Attendees", of: "calendar.attendee",
                    through: .init(table: "alarm_attendee_rel", own: "alarm_id", other: "attendee_id"),
                    readonly: true),
                .binary("attach", "Attachment", help: "What a mail carries, or what is played."),
                .integer("res_id", "Resource ID"),
                .many2one("model_id", "Model", to: "ir.model"),
                .many2one("user_id", "Owner", to: "res.users"),
                .datetime("event_date", "Event Date"),
                .datetime("event_end_date", "Event End Date"),
                .datetime("trigger_date", "Trigger Date", readonly: true),
                .selection(
                    "state", "State", ["draft": "Draft", "run": "Run", "stop": "Stop", "done": "Done"],
                    readonly: true, index: .yes, default: "draft"),
            ] + AlarmTemplate.fields
        model.remote = [
            .modelMethod("do_run_scheduler", writes: true) { environment, _ in
                try AlarmRun(environment: environment).ring(Timestamp.now())
                return true
            }
        ]
    }
}
