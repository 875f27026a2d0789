internal import ORM
internal import Values

/// Going through the stages (contract/crm.md §2).
extension Lead {
    static let stageMethods: [RemoteMethod] = [
        .method("case_mark_lost", writes: true) { leads, _ in
            try lose(leads)
            return true
        },
        .method("stage_next", writes: true, ["ids", .context]) { leads, _ in try step(leads, backwards: false) },
        .method("stage_previous", writes: true, ["ids", .context]) { leads, _ in try step(leads, backwards: true) },
        .onChange("onchange_stage_id", ["ids", "stage_id", .context]) { environment, arguments in
            guard let id = arguments["stage_id"].recordID, id > 0 else { return OnChange() }
            let stage = try environment.record("crm.case.stage", id)
            return try stage.flag("on_change")
                ? OnChange(["probability": .float(try stage.float("probability"))]) : OnChange()
        },
    ]

    /// Moves each lead one stage on or back among the stages of the context's `stage_type`; the id of the last new
    /// stage, or False when nothing moved.
    private static func step(_ leads: Records, backwards: Bool) throws -> Value {
        let type = leads.environment.context["stage_type"].text ?? ""
        let catalog = StageCatalog(environment: leads.environment)
        var moves: [RecordID: (stage: Record, ids: [RecordID])] = [:]
        var moved: Value = false
        for lead in leads {
            let forwards = try catalog.all(type: type, team: lead.one("section_id")?.id)
            let stages = backwards ? forwards.reversed() : forwards
            let present = try lead.one("stage_id")
            let sequence = try present?.integer("sequence") ?? 0
            // Behind the present stage; one that is not among these begins anew.
            let start = stages.firstIndex { $0.id == present?.id }.map { $0 + 1 } ?? 0
            guard let next = try stages[start...].first(where: { try $0.integer("sequence") != sequence }) else {
                continue
            }
            moves[next.id, default: (next, [])].ids.append(lead.id)
            moved = .integer(next.id)
        }
        for (_, move) in moves.sorted(by: { $0.key < $1.key }) { try enter(move.stage, leads.other(move.ids)) }
        return moved
    }
}
