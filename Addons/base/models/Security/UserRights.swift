internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values

/// What one user may do with which model, the groups he belongs to, and the record rules that bind him.
struct UserRights: Sendable {
    /// Models without a line are absent.
    private let modes: [ModelName: Set<AccessMode>]
    /// External ids of the user's groups.
    let groups: Set<String>
    let rules: UserRules

    func permits(_ mode: AccessMode, on model: ModelName) -> Bool { modes[model]?.contains(mode) ?? false }

    /// Reads a user's rights on all models, his groups and his rules, in one trip; rules may read more.
    ///
    /// - Parameter visibility: Tells whether this transaction sees all changes of rights.
    /// - Returns: The rights, and whether it does; if not it looks at an older state of the database, and what it found
    ///   is not for others.
    static func load(
        of user: RecordID, in environment: Environment, visibility: SQL
    ) throws -> (UserRights, isCurrent: Bool) {
        let own: SQL = "SELECT \"gid\" FROM \"res_groups_users_rel\" WHERE \"uid\" = \(user)"
        let results = try environment.transaction.pipeline([
            lines(ofGroups: own),
            """
            SELECT "module" || '.' || "name" FROM "ir_model_data" WHERE "model" = 'res.groups' \
            AND "res_id" IN (\(own))
            """,
            visibility,
            UserRules.statement(ofGroups: own),
        ])
        var modes: [ModelName: Set<AccessMode>] = [:]
        for row in 0..<results[0].rowCount {
            let permitted = AccessMode.allCases.enumerated().filter { results[0].boolean(row, $0.offset + 1) ?? false }
            modes[results[0].text(row, 0) ?? ""] = Set(permitted.map(\.element))
        }
        let groups = Set(results[1].texts(column: 0).compactMap(\.self))
        let rules = try UserRules(results[3], of: user, in: environment)
        return (UserRights(modes: modes, groups: groups, rules: rules), results[2].boolean(0, 0) ?? true)
    }

    /// A row a model: if any line is for one of the groups, those lines decide together, else the lines for everybody
    /// (contract/orm.md §11).
    private static func lines(ofGroups groups: SQL) -> SQL {
        let columns = AccessMode.allCases.map { mode -> SQL in
            let permission = SQL.quoted("perm_" + mode.rawValue)
            return """
                COALESCE(CASE WHEN bool_or("isOwn") THEN bool_or(\(permission)) FILTER (WHERE "isOwn") \
                ELSE bool_or(\(permission)) END, FALSE)
                """
        }
        return """
            SELECT "model", \(columns.joined(by: ", ")) FROM (\
            SELECT "m"."model", "a".*, "a"."group_id" IS NOT NULL AS "isOwn" FROM "ir_model_access" AS "a" \
            JOIN "ir_model" AS "m" ON "m"."id" = "a"."model_id" \
            WHERE "a"."group_id" IS NULL OR "a"."group_id" IN (\(groups))) AS "lines" GROUP BY "model"
            """
    }
}
