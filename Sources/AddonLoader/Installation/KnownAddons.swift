internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values

/// What the database says of addons, read at once.
struct KnownAddons {
    /// The record of each addon, by name.
    let names: [String: RecordID]
    /// For each record the addons it depends on, with the line that says so.
    let dependencies: [RecordID: [String: RecordID]]
    /// Which addon has a certificate.
    let certificates: [String: String]

    init(in environment: Environment) throws {
        let modules = try environment.rows("SELECT id, name, certificate FROM ir_module_module")
        var names: [String: RecordID] = [:]
        var certificates: [String: String] = [:]
        for row in 0..<modules.rowCount {
            guard let id = modules.integer(row, 0), let name = modules.text(row, 1) else { continue }
            names[name] = id
            if let certificate = modules.text(row, 2) { certificates[certificate] = name }
        }
        let lines = try environment.rows("SELECT id, module_id, name FROM ir_module_module_dependency")
        var dependencies: [RecordID: [String: RecordID]] = [:]
        for row in 0..<lines.rowCount {
            guard let id = lines.integer(row, 0), let module = lines.integer(row, 1), let name = lines.text(row, 2)
            else { continue }
            dependencies[module, default: [:]][name] = id
        }
        (self.names, self.dependencies, self.certificates) = (names, dependencies, certificates)
    }
}
