internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values

extension StoredValue {
    /// A row that may be answered.
    private struct Row {
        let id: RecordID
        let name: Value
        let text: String
        let isObject: Bool
        let meta: String?
    }

    /// The remote method `get`: triples of id, name and value; the first of the models that has any decides.
    static func get(_ environment: Environment, _ arguments: Arguments) throws -> Value {
        let wantsMeta = arguments["meta"].isTruthy
        var seen: Set<Value> = []
        let rows = try rows(for: arguments, in: environment).filter { seen.insert($0.name).inserted }
        let objects = try objects(of: rows.filter(\.isObject), in: environment)
        var answer: [Value] = []
        var hidesMenu = false
        for row in rows {
            var value: Value
            if row.isObject {
                guard let object = objects[row.id] else { continue }
                guard case .shown(let content) = object else {
                    hidesMenu = hidesMenu || row.name == "Menuitem"
                    continue
                }
                value = content
            } else {
                value = PickledText.decode(row.text) ?? .text(row.text)
            }
            if value == .null { value = false }
            let meta = row.meta.flatMap { PickledText.decode($0) } ?? false
            answer.append(.list([.integer(row.id), row.name, value] + (wantsMeta ? [meta] : [])))
        }
        if answer.isEmpty, hidesMenu {
            throw UserError("Error !", "You do not have the permission to perform this operation !!!")
        }
        return .list(answer)
    }

    // MARK: - Rows

    private static func rows(for arguments: Arguments, in environment: Environment) throws -> [Row] {
        let owners = try ValueOwner.all(in: arguments["models"])
        let lastPlace = arguments["res_id_req"].isTruthy ? 0 : owners.count
        let result = try environment.rows(
            """
            SELECT "o"."place", "v"."id", "v"."name", "v"."value", "v"."object", "v"."meta" \
            FROM unnest(\(owners.map(\.model))::text[], \(owners.map { $0.id ?? 0 })::int[]) \
            WITH ORDINALITY AS "o"("model", "res_id", "place") JOIN "ir_values" AS "v" ON "v"."model" = "o"."model" \
            AND (COALESCE("v"."res_id", 0) = "o"."res_id" \
            OR ("o"."place" = \(lastPlace)::bigint AND COALESCE("v"."res_id", 0) = 0)) \
            WHERE "v"."key" = \(arguments["key"].plainText) AND \(slot(arguments)) \
            AND \(isFor(environment.uid)) ORDER BY "o"."place", "v"."id"
            """)
        let first = result.rowCount > 0 ? result.integer(0, 0) : nil
        return (0..<result.rowCount).filter { result.integer($0, 0) == first }.map { row in
            Row(
                id: result.integer(row, 1) ?? 0, name: result.text(row, 2).map { .text($0) } ?? false,
                text: result.text(row, 3) ?? "", isObject: result.boolean(row, 4) ?? false, meta: result.text(row, 5))
        }
    }

    /// The condition that leaves a user the rows of his own and of everybody, in his company.
    private static func isFor(_ user: RecordID) -> SQL {
        """
        ("v"."user_id" IS NULL OR "v"."user_id" = \(user)) AND ("v"."company_id" IS NULL \
        OR "v"."company_id" = (SELECT "company_id" FROM "res_users" WHERE "id" = \(user)))
        """
    }

    /// The actions bound to all records of a model in several slots of `key2`, by slot, as the caller may have them: of
    /// each name the first.
    static func bound(
        to model: ModelName, slots: [String], in environment: Environment
    ) throws -> [String: [[String: Value]]] {
        let result = try environment.rows(
            """
            SELECT "v"."key2", "v"."id", "v"."name", "v"."value" FROM "ir_values" AS "v" WHERE "v"."key" = 'action' \
            AND "v"."object" AND "v"."model" = \(model) AND COALESCE("v"."res_id", 0) = 0 \
            AND "v"."key2" = ANY(\(slots)) AND \(isFor(environment.uid)) ORDER BY "v"."id"
            """)
        var seen: [String: Set<Value>] = [:]
        let rows = (0..<result.rowCount).map { row in
            let content = Row(
                id: result.integer(row, 1) ?? 0, name: result.text(row, 2).map { .text($0) } ?? false,
                text: result.text(row, 3) ?? "", isObject: true, meta: nil)
            return (slot: result.text(row, 0) ?? "", row: content)
        }.filter { seen[$0.slot, default: []].insert($0.row.name).inserted }
        let objects = try objects(of: rows.map(\.row), in: environment)
        return Dictionary(grouping: rows, by: \.slot).mapValues { rows in
            rows.compactMap { entry in
                guard case .shown(let content) = objects[entry.row.id] else { return nil }
                return content.dictionary
            }
        }
    }

    /// The condition on `key2`: what was asked for; without it the rows that have none, or all if the client says so.
    private static func slot(_ arguments: Arguments) -> SQL {
        if arguments["key2"].isTruthy { return "\"v\".\"key2\" = \(arguments["key2"].plainText)" }
        return arguments["meta"].isTruthy || !arguments["key2_req"].isTruthy ? "TRUE" : "\"v\".\"key2\" IS NULL"
    }

    // MARK: - Objects

    private enum Object {
        case shown(Value)
        /// It is there, but for groups the caller is not in.
        case hidden
    }

    /// Big content, and what costs much to make, stays out of an answer that a client asks for with every window.
    private static let omittedFields: Set<FieldName> = [
        "report_sxw_content", "report_rml_content", "report_sxw", "report_rml", "report_sxw_content_data",
        "report_rml_content_data", "search_view",
    ]

    /// The records that rows point to, as the caller reads them; absent are those that are gone or not for him.
    /// Each model is read once.
    private static func objects(of rows: [Row], in environment: Environment) throws -> [RecordID: Object] {
        let targets = rows.compactMap { row in ActionReference(row.text).map { (row: row.id, target: $0) } }
        if targets.isEmpty { return [:] }
        var objects: [RecordID: Object] = [:]
        let groups = try Set(
            environment.rows("SELECT \"gid\" FROM \"res_groups_users_rel\" WHERE \"uid\" = \(environment.uid)")
                .integers(column: 0))
        for (name, entries) in Dictionary(grouping: targets, by: \.target.model) {
            guard let model = environment.registry.models[name],
                try environment.permits(.read, on: model)
            else { continue }
            let fields = model.fieldNames.filter { !omittedFields.contains($0) }
            let found = try environment.records(name, Array(Set(entries.map(\.target.id)))).read(fields).dictionaries()
            let byID = Dictionary(found.map { ($0["id"]?.integer ?? 0, $0) }, uniquingKeysWith: { first, _ in first })
            for entry in entries {
                guard let content = byID[entry.target.id] else { continue }
                let permitted = Set((content["groups_id"]?.list ?? []).compactMap(\.integer))
                let isHidden = !permitted.isEmpty && permitted.isDisjoint(with: groups)
                objects[entry.row] = isHidden ? .hidden : .shown(.dictionary(content))
            }
        }
        return objects
    }
}
