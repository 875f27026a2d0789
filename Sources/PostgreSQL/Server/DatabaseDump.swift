import Glibc

/// Databases as files of `pg_dump`'s custom format, written and read by PostgreSQL's own programs.
///
/// Restoring runs the SQL in the file with the rights of the settings' user: only for people who may do anything to the
/// server's databases.
public struct DatabaseDump: Sendable {
    private let settings: ConnectionSettings
    private let programFolders: [String]?

    /// The database in `settings` does not matter. `programFolders` are searched before those of the system.
    public init(_ settings: ConnectionSettings, programFolders: [String]? = nil) {
        self.settings = settings
        self.programFolders = programFolders
    }

    /// Writes a database to an open file, pipe or socket, which stays open.
    public func write(database: String, to descriptor: Int32) throws(PostgreSQLError) {
        let program = try program("pg_dump", for: database)
        // What lies in unlogged tables is not meant to last.
        try run(
            program, ["--format=c", "--no-owner", "--no-unlogged-table-data", argument(for: database)],
            output: descriptor)
    }

    /// Writes a database to a new file that only its owner may read. Nothing stays behind when it fails.
    public func write(database: String, into path: String) throws(PostgreSQLError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .file(path, reason: Failure.text()) }
        defer { close(descriptor) }
        do {
            try write(database: database, to: descriptor)
        } catch {
            unlink(path)
            throw error
        }
    }

    /// Reads a dump into a database that exists and is empty. Owners and access rights in the file are left out.
    /// The first error stops it, and leaves the database half filled: the caller drops it.
    public func restore(database: String, from path: String) throws(PostgreSQLError) {
        let program = try program("pg_restore", for: database)
        let list = try TemporaryFile()
        try run(program, ["--list", "--file=\(list.path)", path])
        try list.rewrite { line in !Self.isAlreadyThere(line) }
        try run(
            program,
            [
                "--no-owner", "--no-privileges", "--exit-on-error", "--use-list=\(list.path)",
                argument(for: database), path,
            ])
    }

    /// Entries of a dump's list that every new database has of itself: dumps of old servers make them again, which
    /// would be an error.
    static func isAlreadyThere(_ line: Substring) -> Bool {
        [
            " SCHEMA - public ", " COMMENT - SCHEMA public ", " PROCEDURAL LANGUAGE - plpgsql ",
            " COMMENT - LANGUAGE plpgsql ", " EXTENSION - plpgsql ", " COMMENT - EXTENSION plpgsql ",
        ].contains { "\(line) ".contains($0) }
    }

    /// The database as an argument. A bare name with `=` in it would be read as a connection string.
    private func argument(for database: String) -> String {
        var text = "--dbname=dbname='"
        for scalar in database.unicodeScalars {
            if scalar == "'" || scalar == "\\" { text += "\\" }
            text.unicodeScalars.append(scalar)
        }
        return text + "'"
    }

    /// The program of the server's version: an older one refuses to work, and a newer one's dumps do not go back.
    private func program(_ name: String, for database: String) throws(PostgreSQLError) -> String {
        let connection = try Connection(settings.database(database))
        defer { connection.close() }
        let major = connection.serverVersion / 10_000
        guard let path = ProgramFolder.client(name, major: major, in: programFolders) else {
            throw .programMissing(name)
        }
        return path
    }

    private func run(_ path: String, _ arguments: [String], output: Int32? = nil) throws(PostgreSQLError) {
        var program = ChildProgram(path, arguments)
        program.environment = ChildProgram.ownEnvironment.merging(settings.environment()) { _, ours in ours }
        let outcome = program.run(output: output)
        if outcome.exitCode != 0 {
            let name = path.split(separator: "/").last.map { String($0) } ?? path
            throw .programFailed(name, output: outcome.errors)
        }
    }
}
