internal import ORM
internal import Values

/// The window that opens the calendar to arrange a meeting from something else.
enum MeetingAction {
    /// - Parameter defaults: What the new meeting takes over, as keys `default_…` of the context.
    static func arrange(_ defaults: FieldValues, domain: Value = false, in environment: Environment) throws -> Value {
        func view(_ name: String) throws -> Value {
            try environment.record(externalID: "crm." + name).map { .integer($0.id) } ?? false
        }
        return [
            "name": "Meetings", "type": "ir.actions.act_window", "res_model": "crm.meeting", "view_type": "form",
            "view_mode": "calendar,form,tree", "context": .dictionary(defaults), "domain": domain, "nodestroy": true,
            "view_id": false, "search_view_id": try view("view_crm_case_meetings_filter"),
            "views": [
                [try view("crm_case_calendar_view_meet"), "calendar"], [try view("crm_case_form_view_meet"), "form"],
                [try view("crm_case_tree_view_meet"), "tree"],
            ],
        ]
    }
}
