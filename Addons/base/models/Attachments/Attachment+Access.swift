internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values

/// Who may do something with a record may do the same with its attachments, and nobody else (contract/views.md §10).
extension Attachment {
    static func accessOverrides() -> Overrides {
        var overrides = Overrides()
        overrides.create = { attachments, rows, inherited in
            for row in rows { try check(.create, ownedBy: row["res_model"], in: attachments.environment) }
            return try inherited(rows)
        }
        overrides.write = { attachments, values, inherited in
            try check(.write, attachments)
            try check(.write, ownedBy: values["res_model"], in: attachments.environment)
            try inherited(attachments, values)
        }
        overrides.unlink = { attachments, inherited in
            try check(.unlink, attachments)
            try inherited(attachments)
        }
        overrides.read = { attachments, fields, inherited in
            try check(.read, attachments)
            return try inherited(attachments, fields)
        }
        overrides.search = { attachments, request, inherited in
            try readable(inherited(request), in: attachments.environment)
        }
        return overrides
    }

    private static func check(_ mode: AccessMode, _ attachments: Records) throws {
        if attachments.environment.isSuperuser || attachments.isEmpty { return }
        let owners = try attachments.environment.rows(
            """
            SELECT DISTINCT "res_model" FROM "ir_attachment" \
            WHERE "id" = ANY(\(attachments.ids)) AND "res_model" <> '' AND "res_id" <> 0
            """
        ).texts(column: 0)
        for owner in owners { try check(mode, ownedBy: owner.map { .text($0) }, in: attachments.environment) }
    }

    /// Attachments of nothing, and of models that are gone, are bound by their own rights alone.
    private static func check(_ mode: AccessMode, ownedBy owner: Value?, in environment: Environment) throws {
        guard let name = owner?.text, let model = environment.registry.models[name] else { return }
        try environment.check(mode, on: model)
    }

    /// Leaves out attachments of models the caller may not read.
    private static func readable(_ ids: [RecordID], in environment: Environment) throws -> [RecordID] {
        if environment.isSuperuser || ids.isEmpty { return ids }
        let owners = try environment.rows(
            "SELECT \"id\", \"res_model\" FROM \"ir_attachment\" WHERE \"id\" = ANY(\(ids)) AND \"res_model\" <> ''")
        var permitted: [ModelName: Bool] = [:]
        var hidden: Set<RecordID> = []
        for row in 0..<owners.rowCount {
            guard let id = owners.integer(row, 0), let name = owners.text(row, 1),
                let model = environment.registry.models[name]
            else { continue }
            let isReadable = try permitted[name] ?? environment.permits(.read, on: model)
            permitted[name] = isReadable
            if !isReadable { hidden.insert(id) }
        }
        return ids.filter { !hidden.contains($0) }
    }
}
