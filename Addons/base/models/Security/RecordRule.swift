internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values

/// A domain that narrows what users may do with a model's records, for everybody or for groups (contract/orm.md §11).
enum RecordRule {
    static let definition = ModelDefinition.introducing("ir.rule") { model in
        model.order = "model_id desc"
        model.fields = [
            .char("name", "Name", size: 128, index: .basic),
            .many2one("model_id", "Object", to: "ir.model", required: true, index: .basic),
            .computed(
                "global", "Global", .boolean, get: concernsEverybody,
                store: .triggered([
                    .init(on: "ir.rule", fields: ["groups"]) { $0.ids },
                    .init(on: "res.groups", fields: ["rule_groups"], records: rules),
                ]), default: true, help: "Rules without a group are everybody's, and all of them must hold."),
            .many2many(
                "groups", "Groups", of: "res.groups",
                through: .init(table: "rule_group_rel", own: "rule_group_id", other: "group_id")),
            .text("domain_force", "Domain"),
            .computed("domain", "Domain", .text, get: domains),
            .boolean("perm_read", "Apply For Read", default: true),
            .boolean("perm_write", "Apply For Write", default: true),
            .boolean("perm_create", "Apply For Create", default: true),
            .boolean("perm_unlink", "Apply For Delete", default: true),
        ]
        model.constraints = [
            .sql(
                "no_access_rights",
                "CHECK (perm_read!=False or perm_write!=False or perm_create!=False or perm_unlink!=False)",
                message: "Rule must have at least one checked access right !"),
            .check("model_id", message: "Rules are not supported for osv_memory objects !") { rules in
                let models = rules.environment.registry.models
                return try rules.asSuperuser.allSatisfy { rule in
                    try models[rule.one("model_id")?.text("model") ?? ""]?.isTransient != true
                }
            },
        ]
        model.overrides = .changingRights()
    }

    private static func concernsEverybody(_ rules: Records) throws -> [RecordID: Value] {
        try rules.map { .boolean(try $0.many("groups").isEmpty) }
    }

    /// The rules of groups.
    private static func rules(of groups: Records) throws -> [RecordID] {
        try groups.environment.rows(
            "SELECT DISTINCT \"rule_group_id\" FROM \"rule_group_rel\" WHERE \"group_id\" = ANY(\(groups.ids))"
        ).integers(column: 0)
    }

    /// What each rule's text comes to for the caller; nothing where it is wrong.
    private static func domains(_ rules: Records) throws -> [RecordID: Value] {
        try rules.map { rule in
            guard let text = try rule.text("domain_force"), let expression = try? UserExpression(parsing: text) else {
                return false
            }
            do { return try expression.value(in: rules.environment).value } catch is ORMError { return false }
        }
    }
}
