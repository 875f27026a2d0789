import SQL

/// A PostgreSQL server as a place where databases are made and dropped.
///
/// Each call connects to the database `postgres` (`template1` where there is none) and closes that connection again.
public struct Server: Sendable {
    private let settings: ConnectionSettings

    /// The database in `settings` does not matter.
    public init(_ settings: ConnectionSettings) { self.settings = settings }

    /// The databases that belong to the user of the settings, in alphabetical order, without PostgreSQL's own and
    /// without templates.
    public func databaseList() throws(PostgreSQLError) -> [String] {
        let connection = try maintenanceConnection()
        defer { connection.close() }
        let names = try connection.run(
            """
            SELECT datname FROM pg_database
            WHERE datdba = (SELECT oid FROM pg_roles WHERE rolname = current_user)
            AND NOT datistemplate AND datallowconn
            """
        ).texts(column: 0).compactMap(\.self)
        return names.filter { !DatabaseName.reserved.contains($0) }.sorted()
    }

    /// How many connections ordinary users may have open at the same time.
    public func connectionLimit() throws(PostgreSQLError) -> Int {
        let connection = try maintenanceConnection()
        defer { connection.close() }
        return try connection.run(
            """
            SELECT current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
            """
        ).integer(0, 0) ?? 0
    }

    /// Whether there is a database of this name, whoever owns it.
    public func databaseExists(_ name: String) throws(PostgreSQLError) -> Bool {
        try DatabaseName.check(name)
        let connection = try maintenanceConnection()
        defer { connection.close() }
        return try connection.run("SELECT 1 FROM pg_database WHERE datname = \(name) AND datallowconn").rowCount > 0
    }

    /// Makes a database: an empty one in UTF-8, or a copy of `template`, which nobody may be connected to meanwhile.
    /// An existing name is PostgreSQL's error.
    public func createDatabase(_ name: String, template: String? = nil) throws(PostgreSQLError) {
        try DatabaseName.checkOwn(name)
        if let template { try DatabaseName.check(template) }
        let connection = try maintenanceConnection()
        defer { connection.close() }
        var statement: SQL = "CREATE DATABASE \(table: name) TEMPLATE \(table: template ?? "template0")"
        if template == nil {
            statement += " ENCODING 'UTF8'"
        } else if connection.serverVersion >= 150_000 {
            // Faster than copying files for databases of the usual size, and without two checkpoints.
            statement += " STRATEGY wal_log"
        }
        try connection.execute(script: statement.rendered().text)
    }

    /// Drops a database and ends the sessions that are connected to it. A missing one is PostgreSQL's error.
    public func dropDatabase(_ name: String) throws(PostgreSQLError) {
        try DatabaseName.checkOwn(name)
        let connection = try maintenanceConnection()
        defer { connection.close() }
        var statement: SQL = "DROP DATABASE \(table: name)"
        if connection.serverVersion >= 130_000 {
            statement += " WITH (FORCE)"
        } else {
            try endSessions(of: name, on: connection)
        }
        try connection.execute(script: statement.rendered().text)
    }

    /// Renames a database and ends the sessions that are connected to it.
    public func renameDatabase(_ name: String, to newName: String) throws(PostgreSQLError) {
        try DatabaseName.checkOwn(name)
        try DatabaseName.checkOwn(newName)
        let connection = try maintenanceConnection()
        defer { connection.close() }
        try endSessions(of: name, on: connection)
        let statement: SQL = "ALTER DATABASE \(table: name) RENAME TO \(table: newName)"
        try connection.execute(script: statement.rendered().text)
    }

    /// Ends the sessions of a database whose application name is this.
    public func endSessions(named application: String, of name: String) throws(PostgreSQLError) {
        let connection = try maintenanceConnection()
        defer { connection.close() }
        try endSessions(of: name, where: "application_name = \(application)", on: connection)
    }

    /// PostgreSQL itself waits some seconds for the sessions to be gone.
    private func endSessions(
        of name: String, where condition: SQL = "true", on connection: Connection
    ) throws(PostgreSQLError) {
        _ = try connection.run(
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = \(name) AND pid <> pg_backend_pid() AND \(condition)
            """)
    }

    private func maintenanceConnection() throws(PostgreSQLError) -> Connection {
        do {
            return try Connection(settings.database("postgres"))
        } catch {
            guard let connection = try? Connection(settings.database("template1")) else { throw error }
            return connection
        }
    }
}
