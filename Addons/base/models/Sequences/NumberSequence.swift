public import ORM
public import Values

internal import PostgreSQL
internal import SQL

/// Numbers that are given out one after the other: of orders, of invoices (contract/views.md §10).
public enum NumberSequence {
    static let definition = ModelDefinition.introducing("ir.sequence") { model in
        model.order = "name"
        model.fields = [
            .char("name", "Name", size: 64, required: true),
            .selection("code", "Code", .computed(types), size: 64, required: true),
            .boolean("active", "Active", default: true),
            .char("prefix", "Prefix", size: 64, help: "Stands before the number; %(year)s and the like are filled in."),
            .char("suffix", "Suffix", size: 64, help: "Stands after the number; %(year)s and the like are filled in."),
            .integer("number_next", "Next Number", required: true, default: 1, help: "The number given out next."),
            .integer("number_increment", "Increment Number", required: true, default: 1, help: "The step to the next."),
            .integer(
                "padding", "Number padding", required: true, default: 0,
                help: "Numbers with fewer digits get zeros in front."),
            .many2one("company_id", "Company", to: "res.company", default: .company(of: "ir.sequence")),
        ]
        model.remote = [
            .modelMethod("get", writes: true, ["code"]) { environment, arguments in
                try next(code: arguments["code"].plainText, in: environment).map { .text($0) } ?? false
            },
            .modelMethod(
                "get_id", writes: true, ["sequence_id", .optional("test", "id"), .context], nextByKey),
        ]
    }

    private static func types(_ environment: Environment) throws -> [Selection.Option] {
        try environment.options("SELECT \"code\", \"name\" FROM \"ir_sequence_type\" ORDER BY \"name\"")
    }

    // MARK: - Numbers

    /// The next number of the caller's sequence with a code; nil when there is none.
    ///
    /// The sequence's row stays locked until the call ends; who asks meanwhile waits, and is run again.
    public static func next(code: String, in environment: Environment) throws -> String? {
        try next(where: "\"code\" = \(code)", in: environment)
    }

    /// The next number of one sequence; nil when it is inactive, gone, or of a company that is not the caller's.
    public static func next(id: RecordID, in environment: Environment) throws -> String? {
        try next(where: "\"id\" = \(id)", in: environment)
    }

    private static func nextByKey(_ environment: Environment, _ arguments: Arguments) throws -> Value {
        let key = arguments["sequence_id"]
        let found: String?
        switch arguments["test"].plainText {
        // 5.0 scripts give the whole condition.
        case "id", "id=%s", "id=%d":
            guard let id = key.recordID else { throw ORMError.badValue("get_id takes a number, not \(key.pythonText)") }
            found = try next(id: id, in: environment)
        case "code", "code=%s":
            found = try next(code: key.plainText, in: environment)
        default:
            throw ORMError.badValue("a sequence is found by 'id' or by 'code'")
        }
        return found.map { .text($0) } ?? false
    }

    /// A sequence of one of the caller's companies comes before one of no company.
    private static func next(where condition: SQL, in environment: Environment) throws -> String? {
        let result = try environment.rows(
            """
            UPDATE "ir_sequence" SET "number_next" = "number_next" + "number_increment" WHERE "id" = (\
            SELECT "id" FROM "ir_sequence" WHERE \(condition) AND "active" AND ("company_id" IS NULL \
            OR "company_id" IN (SELECT "cid" FROM "res_company_users_rel" WHERE "user_id" = \(environment.uid) \
            UNION SELECT "company_id" FROM "res_users" WHERE "id" = \(environment.uid))) \
            ORDER BY "company_id", "id" LIMIT 1 FOR UPDATE) \
            RETURNING "prefix", "number_next" - "number_increment", "padding", "suffix"
            """)
        guard result.rowCount > 0, let number = result.integer(0, 1) else { return nil }
        return try SequenceText.now().text(
            prefix: result.text(0, 0) ?? "", number: number, padding: result.integer(0, 2) ?? 0,
            suffix: result.text(0, 3) ?? "")
    }
}
