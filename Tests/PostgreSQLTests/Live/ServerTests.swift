import Glibc
import SQL
import Testing

@testable import PostgreSQL

@Suite struct ServerTests {
    private func names(of database: String) throws -> [String?] {
        let connection = try Connection(TestCluster.settings.database(database))
        return try connection.run("SELECT name FROM t ORDER BY id").texts(column: 0)
    }

    private func fill(_ database: String) throws {
        let connection = try Connection(TestCluster.settings.database(database))
        try connection.execute(
            script: "CREATE TABLE t (id serial PRIMARY KEY, name text); INSERT INTO t (name) VALUES ('a'), ('Zoé')")
    }

    @Test func `a new database is empty, in UTF-8 and listed`() throws {
        let server = Server(try TestCluster.settings)
        try TestCluster.withDatabase { name in
            #expect(try server.databaseExists(name))
            #expect(try server.databaseList().contains(name))
            #expect(try !server.databaseList().contains("postgres"))
            let connection = try Connection(TestCluster.settings.database(name))
            #expect(try connection.run("SHOW server_encoding").text(0, 0) == "UTF8")
        }
    }

    @Test func `connections that are kept for superusers are not promised`() throws {
        let connection = try TestCluster.connection()
        let all = try #require(try connection.run("SHOW max_connections").text(0, 0).flatMap { Int($0) })
        let kept = try #require(
            try connection.run("SHOW superuser_reserved_connections").text(0, 0).flatMap { Int($0) })
        #expect(kept > 0)
        #expect(try Server(TestCluster.settings).connectionLimit() == all - kept)
    }

    @Test func `an existing name is PostgreSQL's error`() throws {
        try TestCluster.withDatabase { name in
            let error = PostgreSQLError.thrown { try Server(TestCluster.settings).createDatabase(name) }
            #expect(error?.serverMessage?.sqlState == "42P04")
            #expect(error?.serverMessage?.fullText == "database \"\(name)\" already exists\n")
        }
    }

    @Test(arguments: ["x\"; DROP TABLE t; --", "a b=c", "O'Hara\\"])
    func `odd names are names`(_ suffix: String) throws {
        let server = Server(try TestCluster.settings)
        let name = TestCluster.newName() + suffix
        try server.createDatabase(name)
        #expect(try server.databaseList().contains(name))
        try server.dropDatabase(name)
        #expect(try !server.databaseExists(name))
    }

    @Test func `a copy has what its template has`() throws {
        let server = Server(try TestCluster.settings)
        try TestCluster.withDatabase { name in
            try fill(name)
            let copy = TestCluster.newName()
            try server.createDatabase(copy, template: name)
            defer { try? server.dropDatabase(copy) }
            #expect(try names(of: copy) == ["a", "Zoé"])
        }
    }

    @Test func `dropping ends the sessions`() throws {
        let server = Server(try TestCluster.settings)
        let name = TestCluster.newName()
        try server.createDatabase(name)
        let connection = try Connection(TestCluster.settings.database(name))
        try server.dropDatabase(name)
        #expect(PostgreSQLError.thrown { _ = try connection.run("SELECT 1") }?.isConnectionLoss == true)
        #expect(PostgreSQLError.thrown { try server.dropDatabase(name) }?.serverMessage?.sqlState == "3D000")
    }

    @Test func `renaming ends the sessions and keeps the content`() throws {
        let server = Server(try TestCluster.settings)
        let name = TestCluster.newName()
        try server.createDatabase(name)
        try fill(name)
        let connection = try Connection(TestCluster.settings.database(name))
        let newName = TestCluster.newName()
        try server.renameDatabase(name, to: newName)
        defer { try? server.dropDatabase(newName) }
        #expect(PostgreSQLError.thrown { _ = try connection.run("SELECT 1") }?.isConnectionLoss == true)
        #expect(try names(of: newName) == ["a", "Zoé"])
        #expect(try !server.databaseExists(name))
    }

    @Test func `PostgreSQL's own databases are refused`() throws {
        let server = Server(try TestCluster.settings)
        #expect(throws: PostgreSQLError.self) { try server.dropDatabase("postgres") }
        #expect(throws: PostgreSQLError.self) { try server.renameDatabase("template1", to: "x") }
        #expect(throws: PostgreSQLError.self) { try server.createDatabase("template0") }
    }

    @Test func `a dump restores`() throws {
        let folder = try TestCluster.temporaryFolder()
        defer { try? Folder(folder).removeAll() }
        let dump = DatabaseDump(try TestCluster.settings)
        let server = Server(try TestCluster.settings)
        let name = TestCluster.newName() + " o'dd=name"
        try server.createDatabase(name)
        defer { try? server.dropDatabase(name) }
        try fill(name)
        try dump.write(database: name, into: folder + "/dump")
        try TestCluster.withDatabase { copy in
            try dump.restore(database: copy, from: folder + "/dump")
            #expect(try names(of: copy) == ["a", "Zoé"])
            // Into a database that has it all, the first error stops it.
            let error = PostgreSQLError.thrown { try dump.restore(database: copy, from: folder + "/dump") }
            guard case .programFailed("pg_restore", let output) = error else {
                Issue.record("restored twice")
                return
            }
            #expect(output.contains("already exists"))
        }
    }

    @Test func `a failed dump leaves no file and says why`() throws {
        let folder = try TestCluster.temporaryFolder()
        defer { try? Folder(folder).removeAll() }
        let dump = DatabaseDump(try TestCluster.settings)
        let error = PostgreSQLError.thrown { try dump.write(database: "no such", into: folder + "/dump") }
        #expect(error?.isConnectionLoss == true)
        #expect(Folder(folder).entries == [])
        try TextFile.write("no dump", to: folder + "/file")
        let restored = PostgreSQLError.thrown { try dump.restore(database: "postgres", from: folder + "/file") }
        guard case .programFailed("pg_restore", let output) = restored else {
            Issue.record("not refused")
            return
        }
        #expect(output.contains("archive"))
    }
}
