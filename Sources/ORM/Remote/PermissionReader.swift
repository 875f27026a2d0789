internal import PostgreSQL
internal import SQL
internal import Values

/// `perm_read`: who created and changed records, and when, with their external ids (contract/orm.md §6).
struct PermissionReader {
    let records: Records
    let details: Bool

    func read() throws -> Value {
        let (model, environment) = (records.model, records.environment)
        try environment.check(.read, on: model)
        try records.checkRules(.read)
        let columns: [FieldName] = model.logsAccess ? ["create_uid", "write_uid", "create_date", "write_date"] : []
        let list = (["id"] + columns).map { SQL.quoted($0) }.joined(by: ", ")
        let result = try environment.rows(
            "SELECT \(list) FROM \(table: model.table) WHERE \"id\" = ANY(\(records.ids)) ORDER BY \"id\"")
        let xmlIDs = try environment.registry.ports.externalIDs.names(of: records)
        let names = details && model.logsAccess ? try userNames(in: result) : [:]

        var rows: [Value] = []
        for row in 0..<result.rowCount {
            guard let id = result.integer(row, 0) else { continue }
            var entry: [String: Value] = ["id": .integer(id)]
            for (place, column) in columns.enumerated() {
                if column.hasSuffix("_uid") {
                    entry[column] = user(result.integer(row, place + 1), names)
                } else {
                    entry[column] = result.text(row, place + 1).map { .text($0) } ?? false
                }
            }
            // One row for each external id, as in the original.
            let known = xmlIDs[id] ?? []
            for name in known.isEmpty ? [Value.boolean(false)] : known.map({ .text($0) }) {
                entry["xmlid"] = name
                rows.append(.dictionary(entry))
            }
        }
        return .list(rows)
    }

    private func user(_ id: RecordID?, _ names: [RecordID: String]) -> Value {
        guard let id else { return false }
        guard details else { return .integer(id) }
        return names[id].map { [.integer(id), .text($0)] } ?? false
    }

    private func userNames(in result: Result) throws -> [RecordID: String] {
        let environment = records.environment.superuser
        let users = try environment.registry.model("res.users")
        let ids = Set((0..<result.rowCount).flatMap { row in [1, 2].compactMap { result.integer(row, $0) } })
        return try DisplayNames(environment: environment).names(of: [users.name: (users, ids)])[users.name] ?? [:]
    }
}
