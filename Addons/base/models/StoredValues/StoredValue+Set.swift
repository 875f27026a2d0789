internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values

extension StoredValue {
    /// The remote method `set`: stores a value for some models or records and answers the new rows' ids.
    static func set(_ environment: Environment, _ arguments: Arguments) throws -> Value {
        let owners = try ValueOwner.all(in: arguments["models"])
        let values = try shared(arguments, in: environment)
        if arguments["replace"].isTruthy { try replace(values, of: owners, in: environment) }
        let rows = owners.map { owner -> FieldValues in
            values.merging([
                "model": .text(owner.model), "res_id": owner.id.map { .integer($0) } ?? false,
            ]) { $1 }
        }
        return .list(try environment.records("ir.values").create(rows).map { .integer($0) })
    }

    /// What all rows of the call have in common.
    private static func shared(_ arguments: Arguments, in environment: Environment) throws -> FieldValues {
        let isObject = arguments["isobject"].isTruthy
        let value = arguments["value"]
        let company: Value =
            switch arguments["company"] {
            case .boolean(true): try Company.current(of: environment.uid, in: environment).map { .integer($0) } ?? false
            case let other: other.recordID.map { .integer($0) } ?? false
            }
        return [
            "name": arguments["name"], "key": arguments["key"], "key2": orNone(arguments["key2"]),
            "value": .text(isObject ? value.plainText : PickledText.encode(value)), "object": .boolean(isObject),
            "meta": arguments["meta"].isTruthy ? .text(PickledText.encode(arguments["meta"])) : false,
            "user_id": arguments["preserve_user"].isTruthy ? .integer(environment.uid) : false,
            "company_id": company,
        ]
    }

    private static func orNone(_ value: Value) -> Value { value.isTruthy ? value : false }

    /// Deletes what the new rows take the place of: of the same name for defaults, of the same value for actions.
    ///
    /// Who replaces his own choices needs no right to delete; those of everybody are another matter.
    private static func replace(_ values: FieldValues, of owners: [ValueOwner], in environment: Environment) throws {
        let isNamed = values["key"] == "default" || values["key"] == "meta"
        let same: FieldName = isNamed ? "name" : "value"
        let conditions = ["key", "key2", "user_id", "company_id", same].map { field -> SQL in
            equal("v", field, Binding(orNone(values[field] ?? false)))
        }
        let found = try environment.rows(
            """
            SELECT DISTINCT "v"."id" FROM "ir_values" AS "v" \
            JOIN unnest(\(owners.map(\.model))::text[], \(owners.map { $0.id ?? 0 })::int[]) AS "o"("model", "res_id") \
            ON "v"."model" = "o"."model" AND COALESCE("v"."res_id", 0) = "o"."res_id" \
            WHERE \(conditions.joined(by: " AND "))
            """
        ).integers(column: 0)
        let rows = try environment.records("ir.values", found)
        try (values["user_id"]?.isTruthy == true ? rows.asSuperuser : rows).unlink()
    }

    /// No value is stored as NULL.
    private static func equal(_ table: String, _ field: FieldName, _ value: Binding) -> SQL {
        let column: SQL = "\(table: table).\(column: field)"
        return value == .boolean(false) ? "\(column) IS NULL" : "\(column) = \(value)"
    }
}
