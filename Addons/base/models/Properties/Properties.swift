public import ORM
public import Values

internal import PostgreSQL
internal import SQL

/// The values of property fields, as `ir.property` keeps them.
///
/// Rows count that are of the company asked for (the context's `force_company`, or the caller's) or of none; one of the
/// company goes before one of none, a record's own before the default.
public struct Properties: PropertyStore {
    public init() {}

    public func values(of fields: [Field], for records: Records) throws -> [FieldName: [RecordID: Value]] {
        let stored = try stored(fields: fields, on: records.model, ids: records.ids, in: records.environment)
        var values: [FieldName: [RecordID: Value]] = [:]
        for field in fields {
            let found = stored[field.name] ?? Stored()
            values[field.name] = records.map { $0.id }.mapValues {
                found.own[$0] ?? found.fallback ?? field.kind.emptyValue
            }
        }
        return values
    }

    public func defaults(of fields: [Field], on model: Model, in environment: Environment) throws -> FieldValues {
        try stored(fields: fields, on: model, ids: [], in: environment).compactMapValues(\.fallback)
    }

    // MARK: - Reading

    /// What is kept for one field.
    struct Stored {
        var own: [RecordID: Value] = [:]
        var fallback: Value?
    }

    func stored(
        fields: [Field], on model: Model, ids: [RecordID], in environment: Environment
    ) throws -> [FieldName: Stored] {
        let texts = Dictionary(ids.map { ("\(model.name),\($0)", $0) }, uniquingKeysWith: { first, _ in first })
        let cases = PropertyKind.allCases.map { kind -> SQL in "WHEN \(kind.rawValue) THEN \(kind.text)" }
        let result = try environment.rows(
            """
            SELECT "f"."name", "p"."res_id", CASE "p"."type" \(cases.joined(by: " ")) END \
            FROM "ir_property" AS "p" JOIN "ir_model_fields" AS "f" ON "f"."id" = "p"."fields_id" \
            WHERE "f"."model" = \(model.name) AND "f"."name" = ANY(\(fields.map(\.name))) \
            AND ("p"."company_id" IS NULL OR "p"."company_id" = \(try Self.companyAsked(in: environment))) \
            AND (COALESCE("p"."res_id", '') = '' OR "p"."res_id" = ANY(\(texts.keys.sorted()))) \
            ORDER BY "p"."company_id" NULLS FIRST, "p"."id"
            """)
        let byName = Dictionary(fields.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        var stored: [FieldName: Stored] = [:]
        for row in 0..<result.rowCount {
            guard let name = result.text(row, 0), let field = byName[name], let kind = PropertyKind(of: field.kind)
            else {
                continue
            }
            let value = kind.value(of: result.text(row, 2))
            if let owner = result.text(row, 1), !owner.isEmpty {
                // A row without a value says that the record has none, whatever the default is.
                if let id = texts[owner] { stored[name, default: Stored()].own[id] = value ?? field.kind.emptyValue }
            } else {
                stored[name, default: Stored()].fallback = value
            }
        }
        try dropDangling(&stored, of: fields, in: environment)
        return stored
    }

    /// Records that are gone are no value any more. One statement for each model that fields lead to.
    private func dropDangling(
        _ stored: inout [FieldName: Stored], of fields: [Field], in environment: Environment
    ) throws {
        for (target, fields) in Dictionary(grouping: fields.filter { $0.kind.target != nil }, by: { $0.kind.target }) {
            let found = fields.compactMap { stored[$0.name] }
            let ids = Set(
                found.flatMap { Array($0.own.values) + ($0.fallback.map { [$0] } ?? []) }.compactMap(\.integer))
            guard let target, !ids.isEmpty else { continue }
            let table = try environment.registry.model(target).table
            let existing = Set(
                try environment.rows("SELECT \"id\" FROM \(table: table) WHERE \"id\" = ANY(\(ids.sorted()))")
                    .integers(column: 0))
            for field in fields {
                guard var values = stored[field.name] else { continue }
                values.own = values.own.mapValues { $0.integer.map(existing.contains) == false ? false : $0 }
                if let id = values.fallback?.integer, !existing.contains(id) { values.fallback = nil }
                stored[field.name] = values
            }
        }
    }

    /// - Throws: `RecordRuleDenied` for a company that is neither the caller's to choose nor his to see.
    private static func companyAsked(in environment: Environment) throws -> SQL {
        let asked = environment.context["force_company"]
        guard asked.isTruthy, let company = asked.recordID else { return ownCompany(of: environment) }
        guard
            try environment.isSuperuser || Company.allowed(for: environment.uid, in: environment).contains(company)
                || !environment.search("res.company", [["id", "=", .integer(company)]]).isEmpty
        else { throw RecordRuleDenied(.read, title: try environment.registry.model("res.company").title) }
        return "\(company)"
    }

    private static func ownCompany(of environment: Environment) -> SQL {
        "(SELECT \"company_id\" FROM \"res_users\" WHERE \"id\" = \(environment.uid))"
    }

    // MARK: - Writing

    public func store(
        _ values: [RecordID: String?], of field: Field, on model: Model, in environment: Environment
    ) throws {
        guard let kind = PropertyKind(of: field.kind), !values.isEmpty else { return }
        // The company of the caller, whatever company is read (contract/orm.md §10).
        let own = environment.adding(["force_company": false])
        let fallback = try defaults(of: [field], on: model, in: own)[field.name]
        let ids = values.keys.sorted()
        let cells = ids.map { Self.cell(values[$0] ?? nil, kind, field) }
        let kept = zip(ids, cells).filter { Self.differs($0.1, from: fallback, kind) }
        let owner = { (id: RecordID) in "\(model.name),\(id)" }
        let fieldID: SQL = """
            (SELECT "id" FROM "ir_model_fields" WHERE "model" = \(model.name) AND "name" = \(field.name))
            """
        let company = Self.ownCompany(of: environment)
        var statements: [SQL] = [
            """
            DELETE FROM "ir_property" WHERE "fields_id" = \(fieldID) AND "res_id" = ANY(\(ids.map(owner))) \
            AND "company_id" IS NOT DISTINCT FROM \(company)
            """
        ]
        if !kept.isEmpty {
            statements.append(
                """
                INSERT INTO "ir_property" ("name", "type", "fields_id", "company_id", "res_id", \
                \(column: kind.column), "create_uid", "create_date") \
                SELECT \(field.name)::text, \(kind.rawValue)::text, \(fieldID), \(company), "new"."owner", \
                \(kind.stored("\"new\".\"value\"")), \(environment.uid)::int, now() \
                FROM unnest(\(kept.map { owner($0.0) })::text[], \(Binding.column(kept.map(\.1)))::text[]) \
                AS "new"("owner", "value")
                """)
        }
        try environment.transaction.pipeline(statements)
    }

    /// The text of a column's cell as it is kept: a flag as a number, a record as `model,id`.
    private static func cell(_ text: String?, _ kind: PropertyKind, _ field: Field) -> String? {
        switch kind {
        case .boolean: text.map { $0 == "t" ? "1" : "0" }
        case .many2one: text.map { "\(field.kind.target ?? ""),\($0)" }
        default: text
        }
    }

    /// Nothing, zero and False are the same, as in Python.
    private static func differs(_ cell: String?, from fallback: Value?, _ kind: PropertyKind) -> Bool {
        let text = kind == .many2one ? cell?.split(separator: ",").last.map(String.init) : cell
        let value = kind.value(of: text)
        if value?.number == 0 || value?.isAbsent != false { return fallback?.isTruthy == true }
        return value != fallback
    }
}
