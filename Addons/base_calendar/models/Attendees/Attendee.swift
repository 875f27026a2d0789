internal import BaseAddon
internal import ORM
internal import Values

/// Somebody who is invited to an event, and what he answered.
enum Attendee {
    static let definition = ModelDefinition.introducing("calendar.attendee") { model in
        model.title = "Attendee information"
        model.nameField = "cutype"
        model.fields = fields
        model.overrides.copy = { _, _, _ in throw UserError("Warning!", "Can not Duplicate") }
        model.remote = [
            answer("do_tentative", "tentative"), answer("do_decline", "declined"),
            .method("do_accept", writes: true) { attendees, _ in
                try accept(attendees)
                return true
            },
            .onChange("onchange_user_id", ["ids", "user_id", .optional("extra"), .context]) { environment, arguments in
                guard let id = arguments["user_id"].integer else { return OnChange(["email": ""]) }
                return OnChange(["email": try environment.record("res.users", id).value("user_email")])
            },
        ]
    }

    private static func answer(_ name: String, _ state: String) -> RemoteMethod {
        .method(name, writes: true) { attendees, _ in
            try attendees.write(["state": .text(state)])
            return true
        }
    }

    /// Whoever accepts gets the event into a calendar of his own, as a copy whose organizer is the inviting user.
    private static func accept(_ attendees: Records) throws {
        for attendee in attendees {
            guard let event = try event(of: attendee) else { continue }
            let inviting = try event.value("user_id")
            _ = try event.copy(["user_id": attendee.value("user_id"), "organizer_id": inviting])
        }
        try attendees.write(["state": "accepted"])
    }

    /// The event an invitation is for; nil when it names none, one that is gone, or what is no event.
    static func event(of attendee: Record) throws -> Record? {
        guard let reference = try attendee.text("ref").flatMap({ RecordReference($0) }), reference.id > 0,
            attendee.environment.registry.isCalendar(reference.model)
        else { return nil }
        let event = try attendee.environment.records(reference.model, [reference.id])
        return try event.exist() ? event.first : nil
    }

    private static let fields: [Field] = [
        .selection(
            "cutype", "Invite Type",
            [
                "individual": "Individual", "group": "Group", "resource": "Resource", "room": "Room", "unknown": "",
            ], default: "individual", help: "Whether a person, a group, a thing or a room is invited."),
        .char("member", "Member", size: 124, help: "The group through which he is invited."),
        .selection(
            "role", "Role",
            [
                "req-participant": "Participation required", "chair": "Chair Person",
                "opt-participant": "Optional Participation", "non-participant": "For information Purpose",
            ], default: "req-participant", help: "What is expected of him."),
        .selection(
            "state", "State",
            [
                "tentative": "Tentative", "needs-action": "Needs Action", "accepted": "Accepted",
                "declined": "Declined", "delegated": "Delegated",
            ], readonly: true, default: "needs-action", help: "What he answered."),
        .boolean("rsvp", "Required Reply?", default: true, help: "An answer is expected."),
        .char("dir", "URI Reference", size: 124, help: "Where more is to be found about him."),
        .computedTogether("delegated_to", "Delegated To", .char(124), by: names, store: .always),
        .computedTogether("delegated_from", "Delegated From", .char(124), by: names, store: .always),
        .many2many(
            "parent_ids", "Delegrated From", of: "calendar.attendee",
            through: .init(table: "calendar_attendee_parent_rel", own: "attendee_id", other: "parent_id")),
        .many2many(
            "child_ids", "Delegrated To", of: "calendar.attendee",
            through: .init(table: "calendar_attendee_child_rel", own: "attendee_id", other: "child_id")),
        .computedTogether("sent_by", "Sent By", .char(124), by: names, store: .always),
        .computedTogether(
            "sent_by_uid", "Sent By User", .many2one("res.users", onDelete: .setNull), by: eventData),
        .computedTogether("cn", "Common name", .char(124), by: names, store: .always),
        .computedTogether(
            "language", "Language", .selection(.languagesOrNone, size: nil), by: names, store: .always),
        .many2one("user_id", "User", to: "res.users"),
        .many2one("partner_address_id", "Contact", to: "res.partner.address"),
        .related(
            "partner_id", "Partner", .many2one("res.partner", onDelete: .setNull), through: "partner_address_id",
            "partner_id"),
        .char("email", "Email", size: 124, help: "Where the invitation goes to."),
        .computedTogether("event_date", "Event Date", .datetime, by: eventData),
        .computedTogether("event_end_date", "Event End Date", .datetime, by: eventData),
        .reference("ref", "Event Ref", .requestLinks, size: 128),
        .selection("availability", "Free/Busy", ["free": "Free", "busy": "Busy"], readonly: true),
    ]

    /// What the attendee himself tells: names by user, contact or address, and delegations.
    private static let names = ComputationGroup("attendee") { attendees, _ in
        try attendees.map { attendee in
            let user = try attendee.one("user_id")
            let contact = try attendee.one("partner_address_id")
            let name = try user?.text("name") ?? contact?.text("name") ?? attendee.text("email")
            let inviting = try event(of: attendee)?.one("user_id")
            func list(_ field: FieldName) throws -> Value {
                let names = try attendee.many(field).compactMap { try $0.text("email") }
                return names.isEmpty ? false : .text(names.joined(separator: ", ").cut(to: 124))
            }
            return [
                "cn": name.map { .text($0.cut(to: 124)) } ?? false,
                "sent_by": try inviting?.value("user_email") ?? false,
                "delegated_to": try list("child_ids"), "delegated_from": try list("parent_ids"),
                "language": try user?.value("context_lang") ?? false,
            ]
        }
    }

    /// What the event tells.
    private static let eventData = ComputationGroup("event") { attendees, _ in
        try attendees.map { attendee in
            guard let event = try event(of: attendee) else { return [:] }
            return [
                "event_date": try event.value("date"), "event_end_date": try event.value("date_deadline"),
                "sent_by_uid": try event.value("user_id"),
            ]
        }
    }
}
