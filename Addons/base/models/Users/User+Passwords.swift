internal import Domain
internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values

extension User {
    /// Stars where there is a password, nothing where there is none (contract/README.md, difference 5).
    static func maskedPasswords(_ users: Records) throws -> [RecordID: Value] {
        let result = try users.environment.rows(
            "SELECT \"id\" FROM \"res_users\" WHERE \"id\" = ANY(\(users.ids)) AND \"password\" <> ''")
        let stars = result.integers(column: 0).map { ($0, Value.text("********")) }
        return Dictionary(stars, uniquingKeysWith: { first, _ in first })
    }

    /// No search by password finds anybody: it would tell the stored hash letter by letter.
    static func findNothing(_ environment: Environment, _ leaf: Leaf) throws -> Value { [["id", "in", []]] }

    static func emptyTexts(_ users: Records) throws -> [RecordID: Value] { users.map { _ in "" } }

    /// Stores the hash of a password, each user's with a salt of its own; no password is stored as none.
    static func storePassword(_ users: Records, _ value: Value) throws {
        let password = value.isTruthy ? value.plainText : ""
        let hashes = try users.ids.map { _ in password.isEmpty ? nil : try Passwords.hash(password) }
        try users.environment.rows(
            """
            UPDATE "res_users" SET "password" = "new"."hash" \
            FROM unnest(\(users.ids)::int[], \(Binding.column(hashes))::text[]) AS "new"("id", "hash") \
            WHERE "res_users"."id" = "new"."id"
            """)
        users.environment.noteTouched("res.users")
        try AccessRules.noteChange(in: users.environment)
    }

    /// The field `new_password`: for others only, and no value changes nothing.
    static func changePassword(_ users: Records, _ value: Value) throws {
        guard value.isTruthy else { return }
        if users.ids.contains(users.environment.uid) {
            throw UserError(
                "Operation Canceled",
                "Please use the change password wizard (in User Preferences or User menu) to change your own password.")
        }
        try storePassword(users, value)
    }

    /// The remote method `change_password`: the caller's own, who must know the old one.
    static func changeOwnPassword(_ environment: Environment, _ arguments: Arguments) throws -> Value {
        let old = arguments["old_passwd"].text ?? ""
        guard try Authentication.verify(uid: environment.uid, password: old, in: environment) else {
            throw AccessDenied()
        }
        guard let new = arguments["new_passwd"].text, !new.isEmpty else {
            throw UserError("Warning!", "Setting empty passwords is not allowed for security reasons!")
        }
        try storePassword(environment.superuser.records("res.users", [environment.uid]), .text(new))
        return true
    }
}
