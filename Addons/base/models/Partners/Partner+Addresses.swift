public import ORM
internal import PostgreSQL
internal import SQL
public import Values

extension Partner {
    /// The remote method `address_get`: which address to use for each wanted purpose.
    static func addresses(_ partners: Records, _ arguments: Arguments) throws -> Value {
        let wanted = arguments["adr_pref"].list?.compactMap(\.text) ?? ["default"]
        let chosen = try addresses(for: wanted, of: partners.ids, in: partners.environment)
        return .dictionary(chosen.mapValues { $0.map { .integer($0) } ?? false })
    }

    /// The address of a partner for a purpose such as `contact`: that of the type, else the default one, else the
    /// first; nil when it has none. Whether the caller may read it is not asked.
    public static func address(
        for purpose: String, of partner: RecordID, in environment: Environment
    ) throws -> RecordID? {
        try addresses(for: [purpose], of: [partner], in: environment)[purpose] ?? nil
    }

    /// For each purpose the partners' address of that type, else their `default` one, else their first, else nil.
    /// One statement for all partners.
    static func addresses(
        for purposes: [String], of partners: [RecordID], in environment: Environment
    ) throws -> [String: RecordID?] {
        let result = try environment.rows(
            """
            SELECT "type", "id" FROM "res_partner_address" WHERE "partner_id" = ANY(\(partners)) AND "active" \
            ORDER BY "type", "name", "id"
            """)
        let found = (0..<result.rowCount).compactMap { row in
            result.integer(row, 1).map { (type: result.text(row, 0), id: $0) }
        }
        return choose(purposes, among: found)
    }

    /// The choice itself, from addresses in their order.
    static func choose(
        _ purposes: [String], among addresses: [(type: String?, id: RecordID)]
    ) -> [String: RecordID?] {
        let fallback = addresses.first { $0.type == "default" } ?? addresses.first
        var chosen: [String: RecordID?] = [:]
        for purpose in purposes {
            // A purpose without an address is there too, with nothing.
            chosen.updateValue((addresses.first { $0.type == purpose } ?? fallback)?.id, forKey: purpose)
        }
        return chosen
    }
}
