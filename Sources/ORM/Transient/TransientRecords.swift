internal import PostgreSQL
internal import SQL
internal import Values

/// Records of a transient model as their owner sees them: who made a record may use it, and the superuser
/// (contract/orm.md §13).
struct TransientRecords {
    let records: Records

    private var model: Model { records.model }
    private var environment: Environment { records.environment }

    /// When a record was used last; by this column the sweep finds those nobody needs.
    static let useColumn = "apus_used"

    /// A use is noted when the one before is older, so that most reads write nothing.
    private static let precision = "5 minutes"

    /// Notes that the records are used; one statement.
    ///
    /// - Returns: Those that are there.
    /// - Throws: `UserError` when one of them is somebody else's.
    @discardableResult
    func use(_ mode: AccessMode) throws -> Set<RecordID> {
        let result = try environment.rows(
            """
            WITH "used" AS (UPDATE \(table: model.table) SET \(column: Self.useColumn) = now() \
            WHERE "id" = ANY(\(records.ids)) \
            AND \(column: Self.useColumn) < now()::timestamp - interval '\(trusted: Self.precision)') \
            SELECT "id", "create_uid" FROM \(table: model.table) WHERE "id" = ANY(\(records.ids))
            """)
        var found: Set<RecordID> = []
        for row in 0..<result.rowCount {
            guard let id = result.integer(row, 0) else { continue }
            guard environment.isSuperuser || result.integer(row, 1) == environment.uid else {
                throw UserError(
                    "AccessError",
                    "\(mode.title) access is only allowed on your own records for osv_memory objects except for the "
                        + "super-user")
            }
            found.insert(id)
        }
        return found
    }

    /// The same, when all must be there.
    ///
    /// - Throws: `ORMError.missingKey` with the id of one that was swept away.
    func useAll(_ mode: AccessMode) throws {
        let found = try use(mode)
        if let lost = records.ids.first(where: { !found.contains($0) }) { throw ORMError.missingKey("\(lost)") }
    }

    /// The fields as clients read them, in the order of the ids; of a record that is gone its id alone.
    func read(_ fields: [FieldName]) throws -> [Value] {
        let wanted = fields.isEmpty ? model.fields.map(\.name) : fields
        var rows: [RecordID: [String: Value]] = [:]
        for row in try records.read(wanted).dictionaries() {
            if let id = row["id"]?.integer { rows[id] = row }
        }
        return records.ids.map { .dictionary(rows[$0] ?? ["id": .integer($0)]) }
    }

    /// What `perm_read` tells: the caller, and now.
    func permissions(details: Bool) throws -> Value {
        var caller: Value = .integer(environment.uid)
        if details, let users = environment.registry.models["res.users"] {
            let names = try Records(of: users, [environment.uid], in: environment.superuser).displayNames()
            caller = [.integer(environment.uid), .text(names[environment.uid] ?? "")]
        }
        return .list(
            records.ids.map { id in
                [
                    "id": .integer(id), "create_uid": caller, "create_date": .text(Timestamp.now()),
                    "write_uid": false, "write_date": false, "xmlid": false,
                ]
            })
    }
}

extension AccessMode {
    /// As the faults of transient models begin: `Read`.
    fileprivate var title: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
}
