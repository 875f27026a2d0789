import SQL
import Testing

@testable import PostgreSQL

@Suite struct ConnectionTests {
    @Test func `values go in bound and come out by kind`() throws {
        let connection = try TestCluster.connection()
        let result = try connection.run(
            """
            SELECT \("it's \"Zoé\"")::text AS name, \(42)::int AS number, \(true)::bool AS flag,
                \(0.5)::float8 AS part, \(Binding.null)::text AS nothing, ''::text AS empty
            """)
        #expect(result.columnNames == ["name", "number", "flag", "part", "nothing", "empty"])
        #expect(result.rowCount == 1)
        #expect(result.text(0, 0) == "it's \"Zoé\"")
        #expect(result.integer(0, 1) == 42)
        #expect(result.boolean(0, 2) == true)
        #expect(result.float(0, 3) == 0.5)
        #expect(result.bytes(row: 0, column: 4) == nil)
        #expect(result.bytes(row: 0, column: 5)?.count == 0)
        #expect(result.integer(0, 0) == nil)
    }

    @Test(arguments: [
        ("9223372036854775807", Int.max), ("-9223372036854775808", Int.min), ("9223372036854775808", nil), ("-", nil),
        ("0", 0), ("1.5", nil),
    ])
    func `integers are read to their very ends`(_ text: String, _ expected: Int?) throws {
        #expect(try TestCluster.connection().run("SELECT \(text)::text").integer(0, 0) == expected)
    }

    @Test func `lists bind as one array and come back as a column`() throws {
        let connection = try TestCluster.connection()
        let ids = [3, 1, 2]
        #expect(try connection.run("SELECT unnest(\(ids)::int[])").integers(column: 0) == ids)
        let names = ["a,b", "\"", "\\", "", "NULL", "{}"]
        #expect(try connection.run("SELECT unnest(\(names)::text[])").texts(column: 0) == names)
    }

    @Test func `affected rows are counted`() throws {
        let connection = try TestCluster.connection()
        try connection.execute(script: "CREATE TEMP TABLE t (id int); INSERT INTO t VALUES (1), (2), (3)")
        #expect(try connection.run("UPDATE t SET id = id + 1 WHERE id < \(3)").affectedRows == 2)
        #expect(try connection.run("DELETE FROM t").affectedRows == 3)
    }

    @Test func `a statement is prepared once`() throws {
        let connection = try TestCluster.connection()
        for number in 1...3 { _ = try connection.run("SELECT \(number)::int + 1") }
        let count = try connection.run(
            "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'SELECT $1%+ 1'")
        #expect(count.integer(0, 0) == 1)
    }

    @Test func `the number of prepared statements is bounded`() throws {
        let connection = try Connection(TestCluster.settings, statementLimit: 5)
        for number in 1...20 {
            _ = try connection.run(SQL(trusted: "SELECT \(number)"))
            _ = try connection.run("SELECT 'often used'")
        }
        let names = try connection.run("SELECT statement FROM pg_prepared_statements").texts(column: 0)
        #expect(names.count <= 5)
        #expect(names.contains("SELECT 'often used'"))
    }

    @Test func `independent statements make one trip`() throws {
        let connection = try TestCluster.connection()
        let results = try connection.run(pipeline: [
            "SELECT \(1)::int", "SELECT \(2)::int", "SELECT \(3)::int", "SELECT 4",
        ])
        #expect(results.map { $0.integer(0, 0) } == [1, 2, 3, 4])
        #expect(try connection.run(pipeline: []).isEmpty)
        #expect(connection.isIdle)
    }

    @Test func `a large pipeline does not block itself`() throws {
        let connection = try TestCluster.connection()
        let text = String(repeating: "x", count: 100_000)
        let results = try connection.run(pipeline: Array(repeating: "SELECT \(text)::text", count: 100))
        #expect(results.count == 100)
        #expect(results.allSatisfy { $0.bytes(row: 0, column: 0)?.count == text.utf8.count })
    }

    @Test func `an error in a pipeline names its statement and leaves the connection usable`() throws {
        let connection = try TestCluster.connection()
        try connection.execute(script: "CREATE TEMP TABLE t (id int)")
        let statements: [SQL] = ["INSERT INTO t VALUES (1)", "SELECT 1 / \(0)::int", "SELECT 'never'"]
        let error = PostgreSQLError.thrown { _ = try connection.run(pipeline: statements) }
        guard case .server(let message, let statement) = error else {
            Issue.record("no server error: \(String(describing: error))")
            return
        }
        #expect(message.sqlState == "22012")
        #expect(statement == "SELECT 1 / $1::int")
        #expect(connection.isIdle)
        // What went before was one transaction with it.
        #expect(try connection.run("SELECT count(*) FROM t").integer(0, 0) == 0)
        // A statement that was not reached is prepared when its time comes.
        #expect(try connection.run("SELECT 'never'").text(0, 0) == "never")
    }

    @Test func `an error has PostgreSQL's fields and picture`() throws {
        let connection = try TestCluster.connection()
        let message = PostgreSQLError.thrown { _ = try connection.run("SELECT no_such FROM pg_class") }?.serverMessage
        #expect(message?.sqlState == "42703")
        #expect(message?.severity == "ERROR")
        #expect(message?.position == 8)
        #expect(message?.message == "column \"no_such\" does not exist")
        #expect(
            message?.fullText
                == "column \"no_such\" does not exist\nLINE 1: SELECT no_such FROM pg_class\n               ^\n")
    }

    @Test func `a broken constraint is named`() throws {
        let connection = try TestCluster.connection()
        try connection.execute(script: "CREATE TEMP TABLE t (id int CONSTRAINT one UNIQUE, name text NOT NULL)")
        _ = try connection.run("INSERT INTO t VALUES (1, 'a')")
        let unique = PostgreSQLError.thrown { _ = try connection.run("INSERT INTO t VALUES (\(1), 'b')") }
        #expect(unique?.isUniqueViolation == true)
        #expect(unique?.serverMessage?.constraint == "one")
        #expect(unique?.serverMessage?.table == "t")
        #expect(unique?.serverMessage?.detail == "Key (id)=(1) already exists.")
        let notNull = PostgreSQLError.thrown { _ = try connection.run("INSERT INTO t VALUES (\(2))") }
        #expect(notNull?.isNotNullViolation == true)
        #expect(notNull?.serverMessage?.column == "name")
    }

    @Test func `NUL bytes are refused before anything is sent`() throws {
        let connection = try TestCluster.connection()
        #expect(throws: PostgreSQLError.nulByte(statement: "SELECT $1::text")) {
            try connection.run("SELECT \("a\0b")::text")
        }
        #expect(throws: PostgreSQLError.nulByte(statement: "SELECT 1 AS \"a\0b\"")) {
            try connection.run("SELECT 1 AS \(column: "a\0b")")
        }
        #expect(throws: PostgreSQLError.nulByte(statement: "SELECT 1\0")) {
            try connection.execute(script: "SELECT 1\0")
        }
        #expect(throws: PostgreSQLError.nulByte(statement: "SELECT $1::text[]")) {
            try connection.run(pipeline: ["SELECT 1", "SELECT \(["\0"])::text[]"])
        }
        #expect(connection.isIdle)
    }

    @Test func `too many parameters are refused before anything is sent`() throws {
        let connection = try TestCluster.connection()
        let values = (0...65535).map { "\($0)" as SQL }
        let error = PostgreSQLError.thrown { _ = try connection.run("SELECT \(values.joined(by: ","))") }
        guard case .tooManyParameters(65536, _) = error else {
            Issue.record("not refused: \(String(describing: error).prefix(200))")
            return
        }
        #expect(connection.isIdle)
    }

    @Test func `COPY does not leave the connection hanging`() throws {
        let connection = try TestCluster.connection()
        try connection.execute(script: "CREATE TEMP TABLE t (id int)")
        for script in ["COPY t FROM STDIN", "COPY t TO STDOUT"] {
            #expect(throws: PostgreSQLError.copyUnsupported(statement: script)) {
                try connection.execute(script: script)
            }
        }
        #expect(connection.isIdle)
        #expect(throws: PostgreSQLError.self) { try connection.run("COPY t TO STDOUT") }
    }

    @Test func `a changed table makes the statement stale once`() throws {
        let connection = try TestCluster.connection()
        try connection.execute(script: "CREATE TEMP TABLE t (id int); INSERT INTO t VALUES (1)")
        _ = try connection.run("SELECT * FROM t")
        try connection.execute(script: "ALTER TABLE t ADD COLUMN name text")
        let error = PostgreSQLError.thrown { _ = try connection.run("SELECT * FROM t") }
        #expect(error?.isRetryable == true)
        #expect(try connection.run("SELECT * FROM t").columnNames == ["id", "name"])
    }

    @Test func `a terminated connection is lost and closed`() throws {
        let connection = try TestCluster.connection()
        let process = try #require(try connection.run("SELECT pg_backend_pid()").integer(0, 0))
        _ = try TestCluster.connection().run("SELECT pg_terminate_backend(\(process)::int, 5000)")
        let error = PostgreSQLError.thrown { _ = try connection.run("SELECT 1") }
        #expect(error?.isConnectionLoss == true)
        #expect(!connection.isIdle)
        let again = PostgreSQLError.thrown { _ = try connection.run(pipeline: ["SELECT 1", "SELECT 2"]) }
        #expect(again?.isConnectionLoss == true)
    }

    @Test func `a slow statement runs into the timeout`() throws {
        let connection = try Connection(TestCluster.settings, statementTimeout: 0.05)
        let error = PostgreSQLError.thrown { _ = try connection.run("SELECT pg_sleep(5)") }
        #expect(error?.serverMessage?.sqlState == "57014")
        #expect(connection.isIdle)
    }

    @Test func `a missing database is libpq's message`() throws {
        let settings = try TestCluster.settings.database("no such database")
        guard case .connection(let message) = PostgreSQLError.thrown(by: { _ = try Connection(settings) }) else {
            Issue.record("connected")
            return
        }
        #expect(message.hasSuffix("FATAL:  database \"no such database\" does not exist\n"))
    }

    @Test func `a database's name is never read as a connection string`() throws {
        let settings = try TestCluster.settings.database("dbname=postgres")
        #expect(throws: PostgreSQLError.self) { try Connection(settings) }
        let long = try TestCluster.settings.database(String(repeating: "x", count: 64))
        #expect(throws: PostgreSQLError.self) { try Connection(long) }
    }

    @Test(.timeLimit(.minutes(1)))
    func `who waits for notifications can be woken`() throws {
        let listener = try TestCluster.connection()
        let waker = try Waker()
        waker.raise()
        waker.raise()
        #expect(try listener.notifications(waiting: 3600, until: waker).isEmpty)
        #expect(try listener.notifications(waiting: 3600, until: waker).isEmpty)
        #expect(listener.isIdle)
    }

    @Test func `notifications of another session arrive`() throws {
        let channel = TestCluster.newName()
        let listener = try TestCluster.connection()
        try listener.listen(to: channel)
        #expect(try listener.notifications(waiting: 0).isEmpty)
        _ = try TestCluster.connection().run("SELECT pg_notify(\(channel), \("hello"))")
        #expect(
            try listener.notifications(waiting: 10)
                == [Notification(channel: channel, payload: "hello", isOwn: false)])
    }
}
