internal import ORM
internal import Values

/// A sales team; teams form a tree. 5.0 calls it a section of cases (contract/crm-case-5.md §7.4).
enum Section {
    static let definition = ModelDefinition.introducing("crm.case.section") { model in
        model.title = "Sales Teams"
        model.order = "complete_name"
        model.fields = [
            .char("name", "Sales Team", size: 64, required: true, translate: true),
            .computed(
                "complete_name", "Full name", .char(256), get: completeNames,
                store: .triggered([
                    .init(on: "crm.case.section", fields: ["name", "parent_id"]) { try withDescendants($0) }
                ])),
            .char("code", "Code", size: 8),
            .boolean("active", "Active", default: true, help: "Hides the team without removing it."),
            .boolean("allow_unlink", "Allow Delete", default: true, help: "Cases that are no drafts may be deleted."),
            .boolean(
                "change_responsible", "Change Responsible",
                help: "Cases that come up from below get this team's responsible."),
            .integer("sequence", "Sequence"),
            .many2one("user_id", "Responsible User", to: "res.users"),
            .many2many(
                "member_ids", "Team Members", of: "res.users",
                through: .init(table: "sale_member_rel", own: "section_id", other: "member_id")),
            .char("reply_to", "Reply-To", size: 64, help: "Where partners answer to."),
            .many2one("parent_id", "Parent Team", to: "crm.case.section"),
            .one2many("child_ids", "Child Teams", of: "crm.case.section", inverse: "parent_id"),
            .many2one("resource_calendar_id", "Working Time", to: "resource.calendar"),
            .text("note", "Description"),
            .float("working_hours", "Working Hours", digits: Digits(16, 2)),
            .many2many(
                "stage_ids", "Stages", of: "crm.case.stage",
                through: .init(table: "section_stage_rel", own: "section_id", other: "stage_id")),
        ]
        model.constraints = [
            .sql("code_uniq", "unique (code)", message: "The code of the sales team must be unique !"),
            .acyclic("parent_id", message: "Error ! You cannot create recursive Sales team."),
        ]
        model.overrides.displayNames = { teams, _ in try teams.map { try path(of: $0) } }
    }

    private static func completeNames(_ teams: Records) throws -> [RecordID: Value] {
        try teams.map { .text(try path(of: $0)) }
    }

    /// `Parent / Child`; names come with one read a level. A loop, which no check has refused yet, ends the path.
    private static func path(of team: Record, within seen: Set<RecordID> = []) throws -> String {
        let name = try team.text("name") ?? ""
        guard !seen.contains(team.id), let parent = try team.one("parent_id") else { return name }
        return try path(of: parent, within: seen.union([team.id])) + " / " + name
    }

    private static func withDescendants(_ teams: Records) throws -> [RecordID] {
        let all = teams.environment.adding(["active_test": false])
        return try all.search("crm.case.section", [["id", "child_of", .list(teams.ids.map { .integer($0) })]]).ids
    }
}
