internal import MailGatewayAddon
internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values

/// A call that came in, or that somebody has to make (contract/crm.md §4).
enum PhoneCall {
    static let behaviour = Lead.behaviour

    static let definition = ModelDefinition.introducing("crm.phonecall") { model in
        model.title = "Phonecall"
        model.order = "id desc"
        model.fields = fields
        model.overrides.copy = CaseBehaviour.copy
        model.remote =
            behaviour.buttons(open: open, close: close, cancel: { try behaviour.cancel($0) }, reset: reset)
            + CaseStages.methods + MessageHistory.methods + [makeMeeting]
            + CaseOnChange.methods(
                taking: .init(
                    names: [
                        ("email_from", "email"), ("phone", "phone"), ("partner_phone", "phone"),
                        ("partner_mobile", "mobile"),
                    ],
                    emptied: ["partner_address_id", "email_from", "phone"]))
    }

    private static let fields: [Field] = [
        .char("name", "Call Summary", size: 64),
        .boolean("active", "Active", default: true),
        .selection(
            "state", "State",
            ["draft": "Draft", "open": "Todo", "cancel": "Cancelled", "done": "Done", "pending": "Pending"], size: 16,
            readonly: true, default: "open", help: "Changed by the buttons: a call to make is held, or it is not."),
        .selection("priority", "Priority", CaseField.priorities, default: "3"),
        .many2one("user_id", "Responsible", to: "res.users", default: CaseField.responsible),
        .many2one(
            "section_id", "Sales Team", to: "crm.case.section", index: .basic,
            help: "Whose calls these are."),
        .many2one(
            "categ_id", "Category", to: "crm.case.categ",
            domain: """
                ['|',('section_id','=',section_id),('section_id','=',False), \
                ('object_id.model', '=', 'crm.phonecall')]
                """),
        .many2one("canal_id", "Channel", to: "res.partner.canal", help: "The way by which the call came about."),
        .many2one("company_id", "Company", to: "res.company"),
        .many2one("partner_id", "Partner", to: "res.partner"),
        .many2one(
            "partner_address_id", "Partner Contact", to: "res.partner.address",
            domain: "[('partner_id','=',partner_id)]"),
        .related("partner_contact", "Contact", .char(128), through: "partner_address_id", "name"),
        .char("partner_phone", "Phone", size: 32), .char("partner_mobile", "Mobile", size: 32),
        .char("email_from", "Email", size: 128, help: "Where the partner writes from."),
        .many2one("opportunity_id", "Opportunity", to: "crm.lead"),
        .text("description", "Description"),
        .float("duration", "Duration", help: "How long it took, in minutes."),
        .datetime("date", "Date", default: .now),
        .datetime("create_date", "Creation Date", readonly: true),
        .datetime("date_open", "Opened", readonly: true), .datetime("date_closed", "Closed", readonly: true),
        .datetime("date_action_last", "Last Action", readonly: true),
        .datetime("date_action_next", "Next Action", readonly: true),
        .one2many(
            "message_ids", "Messages", of: "mailgate.message", inverse: "res_id",
            domain: [["model", "=", "crm.phonecall"]]),
    ]

    @Sendable private static func open(_ calls: Records) throws {
        try behaviour.open(calls)
        try calls.write(["date_open": .text(Timestamp.now())])
    }

    /// A call that is over took as long as it is since it began, unless somebody said how long.
    @Sendable private static func close(_ calls: Records) throws {
        try behaviour.close(calls)
        let environment = calls.environment
        let result = try environment.rows(
            """
            SELECT "id", greatest(round(extract(epoch FROM now() AT TIME ZONE 'UTC' - "date")::numeric / 60, 2), 0) \
            FROM "crm_phonecall" WHERE "id" = ANY(\(calls.ids)) AND coalesce("duration", 0) <= 0 \
            AND "date" IS NOT NULL
            """)
        try calls.write(
            each: zip(result.integers(column: 0), 0...).map { id, row in
                (id, ["duration": .float(result.float(row, 1) ?? 0)])
            })
    }

    @Sendable private static func reset(_ calls: Records) throws {
        try behaviour.reset(calls)
        try calls.write(["duration": 0.0])
    }

    /// Opens the calendar to arrange a meeting about the call.
    private static let makeMeeting = RemoteMethod.method("action_make_meeting", writes: false) { calls, _ in
        guard let call = calls.first else { return false }
        return try MeetingAction.arrange(
            [
                "default_phonecall_id": .integer(call.id), "default_partner_id": try call.value("partner_id"),
                "default_email": try call.value("email_from"), "default_name": try call.value("name"),
            ], domain: .text("[('user_id','=',\(calls.environment.uid))]"), in: calls.environment)
    }
}
