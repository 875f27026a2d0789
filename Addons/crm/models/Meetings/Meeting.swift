internal import MailGatewayAddon
internal import ORM
internal import Values

/// A meeting: an event of the calendar that is looked after like a case (contract/crm.md §4).
enum Meeting {
    static let behaviour = Lead.behaviour

    static let definition = ModelDefinition.copying(
        allOf: ["mailgate.thread", "calendar.event"], as: "crm.meeting"
    ) { model in
        model.title = "Meeting"
        model.order = "id desc"
        model.fields = fields
        model.overrides.copy = CaseBehaviour.copy
        model.remote =
            behaviour.buttons(
                open: open, close: { try behaviour.close($0) }, cancel: { try behaviour.cancel($0) },
                reset: { try behaviour.reset($0) })
            + CaseStages.methods + MessageHistory.methods
            + CaseOnChange.methods(
                taking: .init(names: [("email_from", "email")], emptied: ["partner_address_id", "email_from"]))
    }

    private static let closed: Value = ["done": [["readonly", true]]]

    private static let fields: [Field] = [
        .char("name", "Summary", size: 124, required: true).with { $0.states = closed },
        .selection(
            "state", "State",
            ["open": "Confirmed", "draft": "Unconfirmed", "cancel": "Cancelled", "done": "Done"], size: 16,
            readonly: true, default: "draft", help: "Changed by the buttons."),
        .many2one("partner_id", "Partner", to: "res.partner").with { $0.states = closed },
        .many2one(
            "partner_address_id", "Partner Contact", to: "res.partner.address",
            domain: "[('partner_id','=',partner_id)]"
        ).with { $0.states = closed },
        .many2one(
            "section_id", "Sales Team", to: "crm.case.section", index: .yes,
            help: "Whose meetings these are."
        ).with { $0.states = closed },
        .char("email_from", "Email", size: 128, help: "Where the partner writes from.").with { $0.states = closed },
        .many2one(
            "categ_id", "Meeting Type", to: "crm.case.categ", domain: "[('object_id.model', '=', 'crm.meeting')]"),
        .many2one("phonecall_id", "Phonecall", to: "crm.phonecall"),
        .many2one(
            "opportunity_id", "Opportunity", to: "crm.lead", domain: "[('type', '=', 'opportunity')]"),
        .many2many(
            "attendee_ids", "Attendees", of: "calendar.attendee",
            through: .init(table: "meeting_attendee_rel", own: "event_id", other: "attendee_id")
        ).with { $0.states = closed },
        .datetime("create_date", "Creation Date", readonly: true),
        .datetime("write_date", "Write Date", readonly: true),
        .datetime("date_closed", "Closed", readonly: true),
        .datetime("date_action_last", "Last Action", readonly: true),
        .datetime("date_action_next", "Next Action", readonly: true),
        .one2many(
            "message_ids", "Messages", of: "mailgate.message", inverse: "res_id",
            domain: [["model", "=", "crm.meeting"]]),
    ]

    @Sendable private static func open(_ meetings: Records) throws {
        try behaviour.open(meetings)
        for meeting in meetings {
            try meeting.log("The meeting '\(meeting.text("name") ?? "")' has been confirmed.")
        }
    }
}
