internal import ORM
internal import Values

/// The dialog that says by a rule which occurrences of an event do not take place.
enum ExclusionRule {
    static let definition = ModelDefinition.introducing("base.calendar.set.exrule", transient: true) { model in
        model.title = "Set Exrule"
        model.fields =
            [
                .selection(
                    "freq", "Frequency",
                    [
                        "None": "No Repeat", "secondly": "Secondly", "minutely": "Minutely", "hourly": "Hourly",
                        "daily": "Daily", "weekly": "Weekly", "monthly": "Monthly", "yearly": "Yearly",
                    ], required: true),
                .integer("interval", "Interval"),
                .integer("count", "Count"),
            ] + RuleParts.fields
        model.remote = [
            .method("compute_exrule_string", writes: true) { dialogs, _ in
                guard let dialog = dialogs.first, let event = try dialogs.environment.openedEvent() else {
                    return false
                }
                let rule = try RuleParts.rule(type: dialog.text("freq"), of: dialog)
                try event.write(["exrule": rule.map { .text($0.text) } ?? false])
                return ["type": "ir.actions.act_window_close"]
            }
        ]
    }
}
