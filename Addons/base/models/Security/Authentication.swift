public import ORM
public import Values

internal import PostgreSQL
internal import SQL

/// Who may enter a database: logins and passwords, for the services in front of the engine.
public enum Authentication {
    /// The user a login and password belong to; nil when they do not fit, and for inactive users. The moment is kept
    /// as the user's last connection, unless another login is just writing that. Takes the time of a password hash,
    /// whatever the answer.
    ///
    /// The environment is the superuser's, in a transaction that may write.
    public static func login(_ environment: Environment, login: String, password: String) throws -> RecordID? {
        let result = try environment.rows(
            "SELECT \"id\", \"password\" FROM \"res_users\" WHERE \"login\" = \(login) AND \"active\"")
        guard let id = result.integers(column: 0).first else {
            try Passwords.spendTime(on: password)
            return nil
        }
        let verdict = try Passwords.verify(password, against: result.text(0, 1))
        if verdict == .wrong { return nil }
        // A row that another login holds is left alone: when it was used last is known well enough then.
        let replacement: SQL =
            verdict == .rightInClear ? ", \"password\" = \(try Passwords.hash(password))" : .empty
        try environment.rows(
            """
            UPDATE "res_users" SET "date" = now()\(replacement) WHERE "id" IN (\
            SELECT "id" FROM "res_users" WHERE "id" = \(id) FOR UPDATE SKIP LOCKED)
            """)
        return id
    }

    /// Whether a password is the user's; never for inactive users. A password that was stored in the clear is replaced
    /// by its hash, so the transaction must be one that may write.
    public static func verify(uid: RecordID, password: String, in environment: Environment) throws -> Bool {
        let verdict = try verdict(on: password, of: uid, in: environment)
        if verdict == .rightInClear {
            try environment.rows(
                """
                UPDATE "res_users" SET "password" = \(try Passwords.hash(password)) WHERE "id" IN (\
                SELECT "id" FROM "res_users" WHERE "id" = \(uid) FOR UPDATE SKIP LOCKED)
                """)
        }
        return verdict != .wrong
    }

    private static func verdict(
        on password: String, of uid: RecordID, in environment: Environment
    ) throws -> Passwords.Verdict {
        let result = try environment.rows(
            "SELECT \"password\" FROM \"res_users\" WHERE \"id\" = \(uid) AND \"active\"")
        guard result.rowCount > 0 else {
            try Passwords.spendTime(on: password)
            return .wrong
        }
        return try Passwords.verify(password, against: result.text(0, 0))
    }
}
