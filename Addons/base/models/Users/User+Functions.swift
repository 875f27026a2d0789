internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values

/// The fields of a user that are kept elsewhere.
extension User {
    // MARK: - Interface

    static func interfaces(_ users: Records) throws -> [RecordID: Value] {
        let group = try users.environment.record(externalID: extendedGroup)?.id ?? 0
        let members = try users.environment.rows(
            "SELECT \"uid\" FROM \"res_groups_users_rel\" WHERE \"gid\" = \(group) AND \"uid\" = ANY(\(users.ids))"
        ).integers(column: 0)
        let extended = Set(members)
        return users.map { extended.contains($0.id) ? "extended" : "simple" }
    }

    static func storeInterface(_ users: Records, _ value: Value) throws {
        guard value.isTruthy, let group = try users.environment.record(externalID: extendedGroup)?.id else { return }
        if value == "extended" {
            try users.environment.rows(
                """
                INSERT INTO "res_groups_users_rel" ("uid", "gid") SELECT "id", \(group)::int \
                FROM unnest(\(users.ids)::int[]) AS "new"("id") ON CONFLICT DO NOTHING
                """)
        } else {
            try users.environment.rows(
                "DELETE FROM \"res_groups_users_rel\" WHERE \"gid\" = \(group) AND \"uid\" = ANY(\(users.ids))")
        }
        try AccessRules.noteChange(in: users.environment)
    }

    // MARK: - E-mail

    static func emails(_ users: Records) throws -> [RecordID: Value] {
        try users.asSuperuser.map { try $0.one("address_id")?.text("email").map { .text($0) } ?? false }
    }

    /// Writes the mail address of the user's address, and makes one for a user who has none. With the superuser's
    /// rights: everybody may change his own.
    static func storeEmail(_ users: Records, _ value: Value) throws {
        let users = users.asSuperuser
        let addresses = try users.map { try $0.one("address_id")?.id }.compactMapValues(\.self)
        try users.environment.records("res.partner.address", Array(Set(addresses.values))).write(["email": value])
        let homeless = users.only { addresses[$0.id] == nil }
        if homeless.isEmpty || !value.isTruthy { return }
        let names = try homeless.map { try $0.text("name").map { Value.text($0) } ?? false }
        let created = try users.environment.records("res.partner.address")
            .create(homeless.ids.map { ["name": names[$0] ?? false, "email": value] })
        try users.environment.rows(
            """
            UPDATE "res_users" SET "address_id" = "new"."address" \
            FROM unnest(\(homeless.ids)::int[], \(created)::int[]) AS "new"("id", "address") \
            WHERE "res_users"."id" = "new"."id"
            """)
    }
}
