internal import MailGatewayAddon
internal import ORM
internal import Values

/// What every kind of case does, written once; the few points where OpenERP 5.0's cases and 6.0's leads differ are
/// switches (contract/crm.md §2, contract/crm-case-5.md §2, §7).
struct CaseBehaviour: Sendable {
    /// Who is responsible for a case that goes up to the parent team.
    enum Escalation: Sendable {
        /// The parent's responsible, but only if that team says so; otherwise nobody changes.
        case whenTeamSays
        /// The parent's responsible, or nobody.
        case always
    }

    let escalation: Escalation
    /// Title and text of the refusal to go above the top.
    let topRefusal: UserError
    /// Whether changes are told to the partner's events, as far as their kinds are in use.
    let writesPartnerEvents: Bool

    /// A copy has no history, and nothing has happened to it yet (contract/crm.md §2).
    static let copy: Overrides.Copy = { original, values, inherited in
        let emptied: FieldValues = ["message_ids": [], "date_closed": false, "date_open": false]
        let own = emptied.filter { original.model.field($0.key) != nil }
        return try inherited(values.merging(own) { given, _ in given })
    }

    // MARK: - States

    func open(_ cases: Records) throws {
        try note("Open", event: "open", on: cases)
        try cases.write(["state": "open", "active": true])
        try cases.only { try $0.one("user_id") == nil }.write(["user_id": .integer(cases.environment.uid)])
    }

    func close(_ cases: Records) throws {
        try note("Close", event: "done", on: cases)
        try cases.write(["state": "done", "date_closed": .text(Timestamp.now())])
    }

    func cancel(_ cases: Records) throws {
        try note("Cancel", event: "cancel", on: cases)
        try cases.write(["state": "cancel", "active": true])
    }

    func pending(_ cases: Records) throws {
        // The kind of event is called draft here, too; scripts of 5.0 may look for it.
        try note("Pending", event: "draft", on: cases)
        try cases.write(["state": "pending", "active": true])
    }

    func reset(_ cases: Records) throws {
        try note("Draft", event: "draft", on: cases)
        try cases.write(["state": "draft", "active": true])
    }

    // MARK: - Escalation

    /// Hands the cases to the team above theirs.
    ///
    /// - Throws: `UserError` when one is at the top already; then none is changed.
    func escalate(_ cases: Records) throws {
        var groups: [RecordID: (team: Record, ids: [RecordID])] = [:]
        for record in cases {
            guard let parent = try record.one("section_id")?.one("parent_id") else { throw topRefusal }
            groups[parent.id, default: (parent, [])].ids.append(record.id)
        }
        for (id, group) in groups.sorted(by: { $0.key < $1.key }) {
            var values: FieldValues = ["active": true, "section_id": .integer(id)]
            let user = try group.team.value("user_id")
            switch escalation {
            case .always: values["user_id"] = user.isTruthy ? user : false
            case .whenTeamSays:
                if user.isTruthy, try group.team.flag("change_responsible") { values["user_id"] = user }
            }
            try cases.other(group.ids).write(values)
        }
        try note("Escalate", event: nil, on: cases.refreshed)
    }

    // MARK: - History

    private func note(_ keyword: String, event: String?, on cases: Records) throws {
        if writesPartnerEvents, let event { try PartnerEvents.add(event, for: cases) }
        try MessageHistory.add(keyword, to: cases)
    }

    /// The state buttons as clients call them: ids and anything after them, which is ignored.
    func buttons(
        open: @escaping @Sendable (Records) throws -> Void, close: @escaping @Sendable (Records) throws -> Void,
        cancel: @escaping @Sendable (Records) throws -> Void, reset: @escaping @Sendable (Records) throws -> Void
    ) -> [RemoteMethod] {
        let behaviour = self
        let actions: [(String, @Sendable (Records) throws -> Void)] = [
            ("case_open", open), ("case_close", close), ("case_cancel", cancel), ("case_reset", reset),
            ("case_pending", { try behaviour.pending($0) }), ("case_escalate", { try behaviour.escalate($0) }),
        ]
        return actions.map { name, action in
            .method(name, writes: true) { cases, _ in
                try action(cases)
                return true
            }
        }
    }
}
