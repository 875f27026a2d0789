internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values

/// The external ids a load knows: those of the database, read addon by addon, and those it adds, written in batches.
final class ExternalIDBook {
    /// What an external id stands for.
    struct Entry {
        let model: ModelName
        let id: RecordID
    }

    private let environment: Environment
    private var entries: [String: [String: Entry]] = [:]
    private var added: [(module: String, name: String, model: ModelName, id: RecordID, isNoUpdate: Bool)] = []
    private var updated: [(module: String, name: String)] = []

    init(environment: Environment) { self.environment = environment }

    /// `module.name` for a name that may stand without its module.
    static func split(_ externalID: String, in module: String) -> (module: String, name: String) {
        let parts = externalID.split(separator: ".", maxSplits: 1)
        return parts.count == 2 ? (String(parts[0]), String(parts[1])) : (module, externalID)
    }

    /// The entry of an id; nil when it is not known.
    func entry(_ module: String, _ name: String) throws -> Entry? {
        if entries[module] == nil { try read(module) }
        return entries[module]?[name]
    }

    private func read(_ module: String) throws {
        try flush()
        let result = try environment.rows(
            "SELECT name, model, res_id FROM ir_model_data WHERE module = \(module)")
        var known: [String: Entry] = [:]
        for row in 0..<result.rowCount {
            if let name = result.text(row, 0), let model = result.text(row, 1), let id = result.integer(row, 2) {
                known[name] = Entry(model: model, id: id)
            }
        }
        entries[module] = known
    }

    /// Registers a new record.
    func add(_ module: String, _ name: String, model: ModelName, id: RecordID, isNoUpdate: Bool) throws {
        if entries[module] == nil { try read(module) }
        entries[module]?[name] = Entry(model: model, id: id)
        added.append((module, name, model, id, isNoUpdate))
    }

    /// Notes that a record was met again.
    func touch(_ module: String, _ name: String) { updated.append((module, name)) }

    /// Forgets what is known of an addon's ids: something else may have changed them.
    func forget() throws {
        try flush()
        entries = [:]
    }

    /// Writes what was added, one statement for all.
    func flush() throws {
        if !added.isEmpty {
            let rows = added
            added = []
            try environment.rows(
                """
                INSERT INTO ir_model_data (module, name, model, res_id, noupdate, date_init, date_update, \
                create_uid, create_date) \
                SELECT "new".*, now(), now(), \(environment.uid)::int, now() FROM unnest(\
                \(rows.map(\.module))::text[], \(rows.map(\.name))::text[], \(rows.map(\.model))::text[], \
                \(rows.map(\.id))::int[], \(rows.map { $0.isNoUpdate ? "t" : "f" })::bool[]) AS "new"
                """)
        }
        if !updated.isEmpty {
            let rows = updated
            updated = []
            try environment.rows(
                """
                UPDATE ir_model_data AS "d" SET date_update = now() FROM unnest(\(rows.map(\.module))::text[], \
                \(rows.map(\.name))::text[]) AS "met"(module, name) \
                WHERE "d".module = "met".module AND "d".name = "met".name
                """)
        }
    }
}
