internal import ORM
internal import Values

/// The dialog that invites users, contacts or anybody with a mail address to an event.
enum InviteAttendees {
    private static let kinds: [(key: String, label: String)] = [
        ("internal", "Internal User"), ("external", "External Email"), ("partner", "Partner Contacts"),
    ]

    static let definition = ModelDefinition.introducing("base_calendar.invite.attendee", transient: true) { model in
        model.title = "Invite Attendees"
        model.fields = [
            .selection(
                "type", "Type", .fixed(kinds.map { Selection.Option($0.key, $0.label) }), required: true,
                default: "internal", help: "Who is invited."),
            .many2many(
                "user_ids", "Users", of: "res.users",
                through: .init(table: "invite_user_rel", own: "invite_id", other: "user_id")),
            .many2one("partner_id", "Partner", to: "res.partner"),
            .char("email", "Email", size: 124, help: "Whom to invite who is neither a user nor a contact."),
            .many2many(
                "contact_ids", "Contacts", of: "res.partner.address",
                through: .init(table: "invite_contact_rel", own: "invite_id", other: "contact_id")),
            .boolean("send_mail", "Send mail?", default: true, help: "Tell them by mail."),
        ]
        model.remote = [
            .method("do_invite", writes: true) { dialogs, _ in
                for dialog in dialogs { try invite(dialog) }
                return ["type": "ir.actions.act_window_close"]
            },
            .onChange("onchange_partner_id", ["ids", "partner_id", .context]) { environment, arguments in
                guard let partner = arguments["partner_id"].integer else { return OnChange(["contact_ids": []]) }
                let contacts = try environment.search("res.partner.address", [["partner_id", "=", .integer(partner)]])
                return OnChange(["contact_ids": .list(contacts.ids.map { .integer($0) })])
            },
        ]
    }

    /// Adds attendees to the record the context names by `model` and `active_id`, in its field `attendee_field`.
    private static func invite(_ dialog: Record) throws {
        let environment = dialog.environment
        guard let field = environment.context["attendee_field"].text,
            let event = try environment.openedEvent(model: "model")
        else { return }
        let reference = Value.text("\(event.model.name),\(event.id)")
        let rows = try guests(of: dialog).map { $0.merging(["ref": reference]) { $1 } }
        let attendees = try environment.records("calendar.attendee").create(rows)
        try event.write([field: .list(attendees.map { [4, .integer($0)] })])
    }

    private static func guests(of dialog: Record) throws -> [FieldValues] {
        let kind = try dialog.text("type") ?? "internal"
        let rows: [FieldValues] =
            switch kind {
            case "internal":
                try Array(dialog.many("user_ids")).map { user in
                    ["user_id": .integer(user.id), "email": try user.value("user_email")]
                }
            case "partner":
                try Array(dialog.many("contact_ids")).map { contact in
                    ["partner_address_id": .integer(contact.id), "email": try contact.value("email")]
                }
            default: [["email": try dialog.value("email")]]
            }
        if try dialog.flag("send_mail"), rows.contains(where: { $0["email"]?.isTruthy != true }) {
            let label = kinds.first { $0.key == kind }?.label ?? kind
            throw UserError("Error!", "\(label) must have an email  Address to send mail")
        }
        return rows
    }
}
