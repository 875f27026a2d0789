internal import SQL
internal import Values

extension Model {
    /// `"res_partner"."name"`
    func column(_ name: FieldName) -> SQL { "\(table: table).\(column: name)" }

    /// `SELECT "res_partner"."id" FROM "res_partner" WHERE …`
    func selectIDs(where condition: SQL) -> SQL {
        "SELECT \(column("id")) FROM \(table: table) WHERE \(condition)"
    }
}
