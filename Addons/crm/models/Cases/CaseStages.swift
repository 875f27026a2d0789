internal import ORM
internal import Values

/// Going through the stages of a type, which the context names (contract/crm.md §2).
enum CaseStages {
    static let methods: [RemoteMethod] = [
        .method("stage_next", writes: true, ["ids", .context]) { cases, _ in try step(cases, backwards: false) },
        .method("stage_previous", writes: true, ["ids", .context]) { cases, _ in try step(cases, backwards: true) },
        .onChange("onchange_stage_id", ["ids", "stage_id", .context]) { environment, arguments in
            guard let id = arguments["stage_id"].recordID, id > 0 else { return OnChange() }
            return OnChange(try probability(of: environment.record("crm.case.stage", id)))
        },
    ]

    /// Writes the stage, and its probability where the stage says so.
    static func enter(_ stage: Record, _ cases: Records) throws {
        try cases.write(try probability(of: stage).merging(["stage_id": .integer(stage.id)]) { $1 })
    }

    /// The probability of a stage that hands it on.
    private static func probability(of stage: Record) throws -> FieldValues {
        try stage.flag("on_change") ? ["probability": .float(try stage.float("probability"))] : [:]
    }

    /// Moves each case one stage on or back among the stages of the context's `stage_type`; the id of the last new
    /// stage, or False when nothing moved.
    private static func step(_ cases: Records, backwards: Bool) throws -> Value {
        let type = cases.environment.context["stage_type"].text ?? ""
        let catalog = StageCatalog(environment: cases.environment)
        var moves: [RecordID: (stage: Record, ids: [RecordID])] = [:]
        var moved: Value = false
        for record in cases {
            let forwards = try catalog.all(type: type, team: record.one("section_id")?.id)
            let stages = backwards ? forwards.reversed() : forwards
            let present = try record.one("stage_id")
            let sequence = try present?.integer("sequence") ?? 0
            // Behind the present stage; one that is not among these begins anew.
            let start = stages.firstIndex { $0.id == present?.id }.map { $0 + 1 } ?? 0
            guard let next = try stages[start...].first(where: { try $0.integer("sequence") != sequence }) else {
                continue
            }
            moves[next.id, default: (next, [])].ids.append(record.id)
            moved = .integer(next.id)
        }
        for (_, move) in moves.sorted(by: { $0.key < $1.key }) { try enter(move.stage, cases.other(move.ids)) }
        return moved
    }
}
