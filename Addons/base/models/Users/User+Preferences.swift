internal import ORM
internal import Values

/// What users do with their own record, and what clients ask about the caller.
extension User {
    /// What everybody may change in his own record, besides the keys of his context.
    private static let preferences: Set<FieldName> = [
        "menu_tips", "view", "password", "signature", "action_id", "company_id", "user_email",
    ]

    private static func isPreference(_ field: FieldName) -> Bool {
        preferences.contains(field) || field.hasPrefix("context_")
    }

    /// Lets everybody change his own preferences, with the superuser's rights.
    static func write(
        _ users: Records, _ values: FieldValues, _ inherited: (Records, FieldValues) throws -> Void
    ) throws {
        let environment = users.environment
        if !environment.isSuperuser, users.ids.allSatisfy({ $0 == environment.uid }),
            values.keys.allSatisfy(isPreference)
        {
            try inherited(users.asSuperuser, try permitted(values, in: environment))
        } else {
            try inherited(users, values)
        }
        try AccessRules.noteChange(in: environment)
    }

    /// A company the caller may not work for is dropped without a word (contract/base-addon.md §2).
    private static func permitted(_ values: FieldValues, in environment: Environment) throws -> FieldValues {
        guard let company = values["company_id"]?.recordID else { return values }
        let allowed = try environment.superuser.record("res.users", environment.uid).many("company_ids").ids
        return allowed.contains(company) ? values : values.filter { $0.key != "company_id" }
    }

    // MARK: - Remote methods

    static let remote: [RemoteMethod] = [
        .modelMethod("context_get", writes: false, [.context], preferencesContext),
        .modelMethod("change_password", writes: true, ["old_passwd", "new_passwd", .context], changeOwnPassword),
        .modelMethod("action_get", writes: false, [.context]) { environment, _ in
            try environment.record(externalID: "base.action_res_users_my").map { .integer($0.id) } ?? false
        },
        .modelMethod("company_get", writes: false, ["uid2", .context]) { environment, arguments in
            let user = arguments["uid2"].recordID ?? environment.uid
            return try Company.current(of: user, in: environment).map { .integer($0) } ?? false
        },
        .modelMethod("get_current_company", writes: false, []) { environment, _ in
            guard let company = try Company.current(of: environment.uid, in: environment) else { return [] }
            let name = try environment.superuser.record("res.company", company).displayName()
            return [[.integer(company), .text(name)]]
        },
        .method("on_change_company_id", writes: false, ["ids", "company_id"]) { _, _ in
            // No values: the form keeps what was chosen.
            ["warning": ["title": "Company Switch Warning", "message": .text(companyWarning)]]
        },
    ]

    private static let companyWarning =
        "Please keep in mind that documents currently displayed may not be relevant after switching to another company. "
        + "If you have unsaved changes, please make sure to save and close all forms before switching to a different "
        + "company. (You can click on Cancel in the User Preferences now)"

    /// Every column `context_…` of the caller without that prefix: what clients send as context with each call.
    private static func preferencesContext(_ environment: Environment, _ arguments: Arguments) throws -> Value {
        let caller = try environment.superuser.record("res.users", environment.uid)
        let prefix = "context_"
        var context: [String: Value] = [:]
        for field in caller.model.fields where field.name.hasPrefix(prefix) {
            let value = try caller.value(field.name)
            context[String(field.name.dropFirst(prefix.count))] = value.isTruthy ? value : false
        }
        return .dictionary(context)
    }
}
