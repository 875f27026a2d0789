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
    }

    /// All addons the database knows, by name.
    public func addons(of name: String) throws -> [AddonState] {
        try asSuperuser(of: open(name)) { environment in
            try environment.search("ir.module.module").map { addon -> AddonState in
                AddonState(
                    name: try addon.text("name") ?? "", state: try addon.text("state") ?? "",
                    version: try addon.text("latest_version"))
            }
        }
    }

    /// Installs addons into a database, which is out of service meanwhile.
    public func install(_ names: [String], in database: String, progress: (Double) -> Void) throws {
        try change(database) { try provisioner.install(names, in: $0, progress: progress) }
    }

    /// Loads addons of a database anew.
    public func upgrade(_ names: [String], in database: String, progress: (Double) -> Void) throws {
        try change(database) { try provisioner.upgrade(names, in: $0, progress: progress) }
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

    private func change(_ name: String, _ body: (Transaction) throws -> Void) throws {
        guard try server.databaseExists(name) else {
            throw ServiceError.failed("there is no database \(name)")
        }
        try exclusively(name) { try changing(name, body) }
    }
}
