internal import AddonLoader
internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values

/// The addons of a database.
extension DatabaseHost {
    /// An addon as a database knows it.
    public struct AddonState: Sendable {
        public let name: String
        public let state: String
        /// The installed version; nil for one that is not installed.
        public let version: String?
        /// The version on disk; nil for one that is not there.
        public let versionOnDisk: String?
        public let title: String

        /// Whether its records are in the database.
        public var isInstalled: Bool { InstalledAddons.present.contains(state) }
    }

    /// All addons the database knows, by name.
    public func addons(of name: String) throws -> [AddonState] {
        try asSuperuser(of: open(name)) { environment in
            let disk = environment.registry.ports.addons.addonsOnDisk()
            return try environment.search("ir.module.module", order: "name").map { addon -> AddonState in
                let name = try addon.text("name") ?? ""
                return AddonState(
                    name: name, state: try addon.text("state") ?? "", version: try addon.text("latest_version"),
                    versionOnDisk: disk[name]?.version, title: try addon.text("shortdesc") ?? "")
            }
        }
    }

    /// Installs addons into a database, which is out of service meanwhile.
    ///
    /// - Returns: What was installed, in order; those that were there already are not among them.
    @discardableResult
    public func install(_ names: [String], in database: String, progress: (Double) -> Void) throws -> [String] {
        try change(database) { try provisioner.install(names, in: $0, progress: progress) }
    }

    /// Loads addons of a database anew.
    ///
    /// - Returns: What was loaded, in order.
    @discardableResult
    public func upgrade(_ names: [String], in database: String, progress: (Double) -> Void) throws -> [String] {
        try change(database) { try provisioner.upgrade(names, in: $0, progress: progress) }
    }

    /// Removes addons from a database with the records they brought; tables and columns stay.
    ///
    /// - Parameter withDependants: Whether addons that depend on them go, too, instead of being in the way.
    /// - Returns: The removed addons.
    @discardableResult
    public func uninstall(_ names: [String], withDependants: Bool, in database: String) throws -> [String] {
        try change(database) { transaction in
            let all = withDependants ? try provisioner.dependants(of: names, in: transaction) : names
            try provisioner.uninstall(all, in: transaction)
            return all
        }
    }

    /// Takes over what lies on the addons path: how many addons the database knows better now, and how many are new.
    public func updateAddonList(in database: String) throws -> (updated: Int, added: Int) {
        guard try server.databaseExists(database) else { throw ServiceError.failed("there is no database \(database)") }
        let registry = try open(database).registry
        let change = try changing(database) { transaction in
            let environment = Environment(
                registry: registry, transaction: transaction, uid: Environment.superuserID)
            return try registry.ports.addons.updateList(in: environment)
        }
        return (change.updated, change.added)
    }

    /// Whether the database has the addon every database has; false for one that something else made.
    public func isComplete(_ name: String) throws -> Bool {
        try reading(name) { try provisioner.isComplete($0) }
    }

    /// Whether the database holds no table at all, as one whose filling was ended half-way.
    public func isEmpty(_ name: String) throws -> Bool {
        try reading(name) {
            try $0.rows("SELECT 1 FROM pg_class WHERE relnamespace = 'public'::regnamespace LIMIT 1").rowCount == 0
        }
    }

    private func change<Answer>(_ name: String, _ body: (Transaction) throws -> Answer) throws -> Answer {
        guard try server.databaseExists(name) else {
            throw ServiceError.failed("there is no database \(name)")
        }
        return try exclusively(name) { try changing(name, body) }
    }
}
