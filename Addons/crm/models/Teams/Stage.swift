internal import Domain
internal import ORM
internal import Values

/// A step on the way of a lead or an opportunity.
enum Stage {
    static let definition = ModelDefinition.introducing("crm.case.stage") { model in
        model.title = "Stage of case"
        model.order = "sequence"
        model.fields = [
            .char("name", "Stage Name", size: 64, required: true, translate: true),
            .many2many(
                "section_ids", "Sections", of: "crm.case.section",
                through: .init(table: "section_stage_rel", own: "stage_id", other: "section_id")),
            .computed(
                "section_id", "Sales Team", .many2one("crm.case.section", onDelete: .setNull),
                get: { try $0.map { try $0.many("section_ids").first.map { .integer($0.id) } ?? false } },
                set: { stages, team in try stages.write(["section_ids": [[6, 0, team.isTruthy ? [team] : []]]]) },
                search: { _, leaf in [["section_ids", .text(leaf.comparison.rawValue), leaf.value]] }),
            .integer(
                "sequence", "Sequence", default: 1, help: "Stages are gone through from the lowest number up."),
            .float(
                "probability", "Probability (%)", required: true, default: 0.0,
                help: "How many of a hundred that come this far end in an order."),
            .boolean(
                "on_change", "Change Probability Automatically",
                help: "A case that comes to this stage takes over its probability."),
            .text("requirements", "Requirements"),
            .selection(
                "type", "Type", ["lead": "Lead", "opportunity": "Opportunity"],
                default: .computed { environment in
                    environment.context["type"].isTruthy ? environment.context["type"] : false
                }),
        ]
    }

}

/// The stages that leads of one call go through, looked up once for each type and team.
final class StageCatalog {
    private struct Key: Hashable {
        let type: String
        let team: RecordID?
    }

    private let environment: Environment
    private var known: [Key: [Record]] = [:]

    init(environment: Environment) { self.environment = environment }

    /// The stages of a type by sequence, of a team if one is given; seen as the caller.
    func all(type: String, team: RecordID?) throws -> [Record] {
        let key = Key(type: type, team: team)
        if let stages = known[key] { return stages }
        var domain: [Value] = [["type", "=", .text(type)]]
        if let team { domain.append(["section_ids", "=", .integer(team)]) }
        let stages = Array(try environment.search("crm.case.stage", .list(domain), order: "sequence"))
        known[key] = stages
        return stages
    }
}
