internal import MailGatewayAddon
internal import ORM
internal import Values

/// What the buttons of a lead do besides what every case does.
extension Lead {
    /// A draft is marked as opened now, and gets the first stage of its type if it has none.
    @Sendable static func open(_ leads: Records) throws {
        let drafts = try leads.only { try $0.text("state") == "draft" }
        var starts: [RecordID: [RecordID]] = [:]
        let stages = StageCatalog(environment: leads.environment)
        for lead in drafts where try lead.one("stage_id") == nil {
            let candidates = try stages.all(type: lead.text("type") ?? "lead", team: lead.one("section_id")?.id)
            guard let first = try candidates.first(where: { try $0.integer("sequence") > 0 }) else { continue }
            starts[first.id, default: []].append(lead.id)
        }
        let ids = drafts.ids
        try behaviour.open(leads)
        try leads.other(ids).write(["date_open": .text(Timestamp.now())])
        for (stage, ids) in starts.sorted(by: { $0.key < $1.key }) {
            try leads.other(ids).write(["stage_id": .integer(stage)])
        }
    }

    /// An opportunity is won: it comes to the first stage that is certain.
    @Sendable static func close(_ leads: Records) throws {
        try behaviour.close(leads)
        try settle(leads, probability: 100)
    }

    /// An opportunity comes to the first stage without hope; leads are closed by it, too.
    static let lose = RemoteMethod.method("case_mark_lost", writes: true) { leads, _ in
        try behaviour.close(leads)
        try settle(leads, probability: 0)
        return true
    }

    /// Brings opportunities to the first stage with a probability; leads keep theirs.
    private static func settle(_ leads: Records, probability: Double) throws {
        var ends: [RecordID: (stage: Record, ids: [RecordID])] = [:]
        let stages = StageCatalog(environment: leads.environment)
        for lead in leads.refreshed where try lead.text("type") == "opportunity" {
            let candidates = try stages.all(type: "opportunity", team: lead.one("section_id")?.id)
            guard let stage = try candidates.first(where: { try $0.float("probability") == probability }) else {
                continue
            }
            ends[stage.id, default: (stage, [])].ids.append(lead.id)
        }
        for (_, end) in ends.sorted(by: { $0.key < $1.key }) {
            try CaseStages.enter(end.stage, leads.other(end.ids))
        }
    }

    @Sendable static func cancel(_ leads: Records) throws {
        try behaviour.cancel(leads)
        try leads.write(["probability": 0.0])
    }

    @Sendable static func reset(_ leads: Records) throws {
        try behaviour.reset(leads)
        try leads.write(["stage_id": false, "probability": 0.0])
    }

    /// A written stage is told in the history, even when it is the same; not when the lead is being closed.
    static func noteStage(of leads: Records, _ values: FieldValues) throws {
        guard values["date_closed"] == nil, let id = values["stage_id"]?.recordID, id > 0 else { return }
        let name = try leads.environment.record("crm.case.stage", id).text("name")
        try MessageHistory.add("Stage", to: leads, details: name ?? "")
    }
}
