internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values

/// The wizard that creates users: its fields are those of a user.
enum UserWizard {
    static let definition = ModelDefinition.copying("res.config", as: "res.config.users") { model in
        model.order = "name"
        model.fields = [
            .char("name", "User Name", size: 64, required: true, index: .yes, help: "The name in lists and searches."),
            .char("login", "Login", size: 64, required: true, help: "What is typed to log in."),
            .computed(
                "password", "Password", .char(64), get: { _ in [:] }, set: storeHash,
                default: "", help: "Who has no password cannot log in."
            ).with {
                $0.invisible = true
                $0.isToldAsColumn = true
            },
            .computed(
                "new_password", "Change password", .char(64), get: User.emptyTexts, set: storeHash,
                help: "The new user's password."
            ).called("_get_password", writing: "_set_new_password"),
            .char("email", "E-mail", size: 64, help: "The address in the user's address and signature."),
            .text("signature", "Signature").with { $0.size = 64 },
            .many2one("address_id", "Address", to: "res.partner.address", default: false),
            .char("user_email", "Email", size: 240),
            .boolean("active", "Active", default: true),
            .many2one("action_id", "Home Action", to: "ir.actions.actions", help: "Opens at login, beside the menu."),
            .many2one("menu_id", "Menu Action", to: "ir.actions.actions", default: asForUsers("menu_id")),
            .boolean("menu_tips", "Menu Tips", default: true, help: "Shows what each window is for."),
            .many2many(
                "groups_id", "Groups", of: "res.groups",
                through: .init(table: "res_groups_users_rel", own: "uid", other: "gid"),
                default: asForUsers("groups_id")),
            .many2one("company_id", "Company", to: "res.company", required: true, default: .companyOfCaller).with {
                $0.context = ["user_preference": true]
            },
            .many2many(
                "company_ids", "Companies", of: "res.company",
                through: .init(table: "res_company_users_rel", own: "user_id", other: "cid"),
                default: asForUsers("company_ids")),
            .selection("context_lang", "Language", .translatableLanguages, required: true, default: "en_US"),
            .selection("context_tz", "Timezone", .timeZones, size: 64),
            .selection("view", "Interface", ["simple": "Simplified", "extended": "Extended"]),
            .datetime("date", "Last Connection", readonly: true),
        ]
        // A password waits here as the hash it is going to be, out of the engine's reach.
        model.tableSQL = ["ALTER TABLE \"res_config_users\" ADD COLUMN IF NOT EXISTS \"password\" varchar(64)"]
        model.remote = [
            .method("action_add", writes: true, ["ids", .context]) { wizards, _ in
                for wizard in wizards { try createUser(wizard) }
                return try again(in: wizards.environment)
            }
        ]
    }

    private static func asForUsers(_ field: FieldName) -> Default {
        .computed { try $0.records("res.users").defaultValues([field])[field] ?? false }
    }

    private static func storeHash(_ wizards: Records, _ value: Value) throws {
        guard value.isTruthy else { return }
        let hash = try Passwords.hash(value.plainText)
        try wizards.environment.rows(
            "UPDATE \"res_config_users\" SET \"password\" = \(hash) WHERE \"id\" = ANY(\(wizards.ids))")
    }

    /// What the wizard takes over into the user as it stands.
    private static let copied: [FieldName] = [
        "name", "login", "active", "action_id", "menu_id", "menu_tips", "company_id", "context_lang", "context_tz",
        "view",
    ]

    /// A user with an address of the company's partner, and a signature. With the caller's rights: he must be one who
    /// may create users.
    private static func createUser(_ wizard: Record) throws {
        let environment = wizard.environment
        let name = try wizard.text("name") ?? ""
        let email = try wizard.text("email") ?? wizard.text("user_email") ?? ""
        var values: FieldValues = [:]
        for field in copied { values[field] = try wizard.value(field) }
        for field in ["groups_id", "company_ids"] { values[field] = [[6, 0, try wizard.value(field)]] }
        let given = try wizard.text("signature") ?? ""
        values["signature"] = .text(given.isEmpty ? "--\n\(name) \(email)\n" : given)
        values["address_id"] = .integer(try wizard.one("address_id")?.id ?? createAddress(name, email, in: environment))
        let user = try environment.create("res.users", values)
        try environment.rows(
            """
            UPDATE "res_users" SET "password" = "w"."password" FROM "res_config_users" AS "w" \
            WHERE "w"."id" = \(wizard.id) AND "res_users"."id" = \(user.id)
            """)
        try environment.rows("UPDATE \"res_config_users\" SET \"password\" = NULL WHERE \"id\" = \(wizard.id)")
    }

    private static func createAddress(_ name: String, _ email: String, in environment: Environment) throws -> RecordID {
        let partner = try environment.superuser.record("res.users", environment.uid).one("company_id")?.one(
            "partner_id")
        return try environment.create(
            "res.partner.address",
            [
                "name": .text(name), "email": email.isEmpty ? false : .text(email),
                "partner_id": partner.map { .integer($0.id) } ?? false,
            ]
        ).id
    }

    /// An empty form for one more user.
    private static func again(in environment: Environment) throws -> Value {
        let view = try environment.record(externalID: "base.view_users_configuration_form")
        return [
            "type": "ir.actions.act_window", "res_model": "res.config.users", "view_type": "form", "view_mode": "form",
            "view_id": view.map { [.integer($0.id)] } ?? false, "target": "new",
            "context": .dictionary(environment.context.values.filter { $0.key == "active_action_todo" }),
        ]
    }
}
