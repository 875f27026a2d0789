internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values

/// Somebody who may log in, with groups and preferences.
enum User {
    /// Membership of this group is what the field `view` shows.
    static let extendedGroup = "base.group_extended"

    static let definition = ModelDefinition.introducing("res.users") { model in
        model.order = "name"
        model.fields = [
            .char(
                "name", "User Name", size: 64, required: true, index: .yes, help: "The name in lists and searches."),
            .char("login", "Login", size: 64, required: true, help: "What is typed to log in."),
            .computed(
                "password", "Password", .char(64), get: maskedPasswords, set: storePassword, search: findNothing,
                default: "", help: "Who has no password cannot log in."
            ).with {
                $0.invisible = true
                $0.isToldAsColumn = true
            },
            .computed(
                "new_password", "Change password", .char(64), get: emptyTexts, set: changePassword,
                help: "Fill in to give the user another password; he must log in again then."
            ).called("_get_password"),
            .char("email", "E-mail", size: 64, help: "Where a new user's welcome goes."),
            .text("signature", "Signature").with { $0.size = 64 },
            .many2one("address_id", "Address", to: "res.partner.address", default: false),
            .computed("user_email", "Email", .char(240), get: emails, set: storeEmail).called(
                "_email_get", writing: "_email_set"),
            .boolean("active", "Active", default: true),
            .many2one("action_id", "Home Action", to: "ir.actions.actions", help: "Opens at login, beside the menu."),
            .many2one(
                "menu_id", "Menu Action", to: "ir.actions.actions", default: externalID("base.action_menu_admin"),
                help: "Opens at login in the place of the usual menu."),
            .boolean("menu_tips", "Menu Tips", default: true, help: "Shows what each window is for."),
            .many2many(
                "groups_id", "Groups", of: "res.groups",
                through: .init(table: "res_groups_users_rel", own: "uid", other: "gid"),
                default: .computed(initialGroups)),
            .many2one(
                "company_id", "Company", to: "res.company", required: true, default: .companyOfCaller,
                help: "The company the user works for at the moment."
            ).with { $0.context = ["user_preference": true] },
            .many2many(
                "company_ids", "Companies", of: "res.company",
                through: .init(table: "res_company_users_rel", own: "user_id", other: "cid"),
                default: .computed { environment in
                    try Company.current(of: environment.uid, in: environment).map { [.integer($0)] } ?? []
                }),
            .selection(
                "context_lang", "Language", .translatableLanguages, required: true, default: "en_US",
                help: "The language of menus, labels and messages."),
            .selection(
                "context_tz", "Timezone", .timeZones, size: 64, help: "The zone the user's times are shown in."),
            .computed(
                "view", "Interface", .selection(["simple": "Simplified", "extended": "Extended"], size: nil),
                get: interfaces, set: storeInterface, help: "The extended interface shows more fields and menus."
            ).called("_get_interface_type", writing: "_set_interface_type"),
            .datetime("date", "Last Connection", readonly: true),
        ]
        model.constraints = [
            .sql("login_key", "UNIQUE (login)", message: "You can not have two users with the same login !"),
            .check(
                fields: ["company_id", "company_ids"],
                message: "The chosen company is not in the allowed companies for this user"
            ) { users in
                try users.asSuperuser.allSatisfy { user in
                    let allowed = try user.many("company_ids").ids
                    return try allowed.isEmpty || user.one("company_id").map { allowed.contains($0.id) } ?? true
                }
            },
        ]
        // The password has its column, but as far as the engine goes it is computed: nothing can then read, search,
        // sort by, group by or copy the hash.
        model.tableSQL = ["ALTER TABLE \"res_users\" ADD COLUMN IF NOT EXISTS \"password\" varchar(64)"]
        model.overrides.create = { users, rows, inherited in
            let ids = try inherited(rows)
            try AccessRules.noteChange(in: users.environment)
            return ids
        }
        model.overrides.write = write
        model.overrides.unlink = unlink
        model.overrides.copy = { user, values, inherited in
            let name = try user.text("name") ?? ""
            let login = try user.text("login") ?? ""
            let own: FieldValues = [
                "name": .text(name + " (copy)"), "login": .text(login + " (copy)"), "address_id": false,
            ]
            return try inherited(own.merging(values) { $1 })
        }
        model.overrides.nameSearch = { users, query, inherited in
            if query.text.isEmpty { return try inherited(query) }
            return try users.named(query, first: [query.leaf("login", "=")], else: [query.leaf("name")])
        }
        model.remote = remote
    }

    // MARK: - Defaults

    private static func externalID(_ id: String) -> Default {
        .computed { try $0.record(externalID: id).map { .integer($0.id) } ?? false }
    }

    private static func initialGroups(_ environment: Environment) throws -> Value {
        let groups = try ["base.group_user", "base.group_partner_manager"].compactMap { id -> Value? in
            try environment.record(externalID: id).map { .integer($0.id) }
        }
        return .list(groups)
    }

    // MARK: - Deleting

    private static func unlink(_ users: Records, _ inherited: (Records) throws -> Void) throws {
        if users.ids.contains(Environment.superuserID) {
            throw UserError(
                "Can not remove root user!",
                "You can not remove the admin user as it is used internally for resources created by OpenERP "
                    + "(updates, module installation, ...)")
        }
        try inherited(users)
        try AccessRules.noteChange(in: users.environment)
    }
}
