internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values

/// A group of users that rights, menus and actions are given to.
enum Group {
    static let definition = ModelDefinition.introducing("res.groups") { model in
        model.title = "Access Groups"
        model.order = "name"
        model.fields = [
            .char("name", "Group Name", size: 64, required: true),
            .one2many("model_access", "Access Controls", of: "ir.model.access", inverse: "group_id"),
            .many2many(
                "menu_access", "Access Menu", of: "ir.ui.menu",
                through: .init(table: "ir_ui_menu_group_rel", own: "gid", other: "menu_id")),
            .many2many(
                "users", "Users", of: "res.users",
                through: .init(table: "res_groups_users_rel", own: "gid", other: "uid")),
            .many2many(
                "rule_groups", "Rules", of: "ir.rule",
                through: .init(table: "rule_group_rel", own: "group_id", other: "rule_group_id")),
            .text("comment", "Comment").with { $0.size = 250 },
        ]
        model.constraints = [
            .sql("name_uniq", "unique (name)", message: "The name of the group must be unique !")
        ]
        model.overrides.create = create
        model.overrides.write = { groups, values, inherited in
            try checkName(in: values)
            try inherited(groups, values)
            try AccessRules.noteChange(in: groups.environment)
        }
        model.overrides.unlink = unlink
        model.overrides.copy = { group, values, inherited in
            let name = try group.text("name") ?? ""
            return try inherited(["name": .text(name + " (copy)")].merging(values) { $1 })
        }
        model.remote = [
            .modelMethod("get_extended_interface_group", writes: false, []) { environment, _ in
                try environment.record(externalID: User.extendedGroup).map { .integer($0.id) } ?? false
            }
        ]
    }

    /// A minus before a group's name takes it away in data files, so no name begins with one.
    private static func checkName(in values: FieldValues) throws {
        if values["name"]?.text?.hasPrefix("-") == true {
            throw UserError("Error", "The name of the group can not start with \"-\"")
        }
    }

    /// The administrator belongs to every new group, unless the context says `noadmin`.
    private static func create(
        _ groups: Records, _ rows: [FieldValues], _ inherited: ([FieldValues]) throws -> [RecordID]
    ) throws -> [RecordID] {
        for row in rows { try checkName(in: row) }
        let ids = try inherited(rows)
        if !groups.environment.context["noadmin"].isTruthy {
            try groups.environment.rows(
                """
                INSERT INTO "res_groups_users_rel" ("gid", "uid") SELECT "id", \(Environment.superuserID)::int \
                FROM unnest(\(ids)::int[]) AS "new"("id") ON CONFLICT DO NOTHING
                """)
        }
        try AccessRules.noteChange(in: groups.environment)
        return ids
    }

    private static func unlink(_ groups: Records, _ inherited: (Records) throws -> Void) throws {
        let members = try groups.environment.rows(
            """
            SELECT DISTINCT "u"."name" FROM "res_groups_users_rel" AS "r" JOIN "res_users" AS "u" ON "u"."id" = "r"."uid" \
            WHERE "r"."gid" = ANY(\(groups.ids)) ORDER BY 1
            """
        ).texts(column: 0).compactMap(\.self)
        guard members.isEmpty else {
            throw UserError(
                "Warning !",
                "Group(s) cannot be deleted, because some user(s) still belong to them: "
                    + members.joined(separator: ", ") + " !")
        }
        try inherited(groups)
        try AccessRules.noteChange(in: groups.environment)
    }
}
