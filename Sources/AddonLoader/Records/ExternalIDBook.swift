internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values

/// The external ids a load knows: those of the database, read addon by addon, those it adds, written in batches, and
/// which of them its files name.
final class ExternalIDBook {
    /// What an external id stands for.
    struct Entry {
        let model: ModelName
        let id: RecordID
    }

    /// `module.name`, taken apart.
    private struct Name: Hashable {
        let module: String
        let name: String
    }

    private let environment: Environment
    private var entries: [String: [String: Entry]] = [:]
    /// The records of an addon that are still there, by model; asked for all of them at once.
    private var living: [String: [ModelName: Set<RecordID>]] = [:]
    private var added: [(name: Name, model: ModelName, id: RecordID, isNoUpdate: Bool)] = []
    private var updated: [Name] = []
    private var removed: [Name] = []
    private var met: Set<Name> = []

    init(environment: Environment) { self.environment = environment }

    /// No external id has a longer name; what is longer is cut wherever it occurs (contract/addons.md §7).
    static let nameLimit = 128

    /// `module.name` for a name that may stand without its module.
    static func split(_ externalID: String, in module: String) -> (module: String, name: String) {
        let parts = externalID.split(separator: ".", maxSplits: 1)
        let (module, name) = parts.count == 2 ? (String(parts[0]), String(parts[1])) : (module, externalID)
        return (module, name.cut(to: nameLimit))
    }

    /// The entry of an id; nil when it is not known.
    func entry(_ module: String, _ name: String) throws -> Entry? {
        if entries[module] == nil { try read(module) }
        return entries[module]?[name]
    }

    /// Whether the record behind an entry is there; a user may have deleted its row by other ways than the engine's.
    func isLiving(_ entry: Entry, of module: String) throws -> Bool {
        if living[module]?[entry.model] == nil {
            let ids = entries[module]?.values.lazy.filter { $0.model == entry.model }.map(\.id) ?? []
            let table = try environment.registry.model(entry.model).table
            let found = try environment.rows("SELECT id FROM \(table: table) WHERE id = ANY(\(ids.sorted()))")
            living[module, default: [:]][entry.model] = Set(found.integers(column: 0))
        }
        return living[module]?[entry.model]?.contains(entry.id) == true
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
        living[module]?[model]?.insert(id)
        added.append((Name(module: module, name: name), model, id, isNoUpdate))
        meet(module, name)
    }

    /// Notes that a record was written again.
    func touch(_ module: String, _ name: String) { updated.append(Name(module: module, name: name)) }

    /// Notes that a file names the id, whatever becomes of its record.
    func meet(_ module: String, _ name: String) { met.insert(Name(module: module, name: name)) }

    /// Whether some file of this load names the id.
    func isMet(_ module: String, _ name: String) -> Bool { met.contains(Name(module: module, name: name)) }

    /// Drops an id whose record is gone.
    func remove(_ module: String, _ name: String) throws {
        // What was added is a row by then.
        if !added.isEmpty { try flush() }
        entries[module]?[name] = nil
        removed.append(Name(module: module, name: name))
    }

    /// Forgets what is known of the ids in the database: something else may have changed them.
    func forget() throws {
        try flush()
        entries = [:]
        living = [:]
    }

    /// Writes what was removed and added, one statement for all of each kind.
    func flush() throws {
        if !removed.isEmpty {
            let rows = removed
            removed = []
            try environment.rows(
                """
                DELETE FROM ir_model_data AS "d" USING unnest(\(rows.map(\.module))::text[], \
                \(rows.map(\.name))::text[]) AS "gone"(module, name) \
                WHERE "d".module = "gone".module AND "d".name = "gone".name
                """)
        }
        if !added.isEmpty {
            let rows = added
            added = []
            try environment.rows(
                """
                INSERT INTO ir_model_data (module, name, model, res_id, noupdate, date_init, date_update, \
                create_uid, create_date) \
                SELECT "new".*, now(), now(), \(environment.uid)::int, now() FROM unnest(\
                \(rows.map(\.name.module))::text[], \(rows.map(\.name.name))::text[], \(rows.map(\.model))::text[], \
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
