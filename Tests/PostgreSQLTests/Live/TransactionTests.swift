import SQL
import Testing

@testable import PostgreSQL

@Suite struct TransactionTests {
    /// A connection with a table `t (id int unique)` that only it sees.
    private func connection() throws -> Connection {
        let connection = try TestCluster.connection()
        try connection.execute(script: "CREATE TEMP TABLE t (id int UNIQUE)")
        return connection
    }

    private func ids(_ connection: Connection) throws -> [Int] {
        try connection.run("SELECT id FROM t ORDER BY id").integers(column: 0)
    }

    @Test func `nothing is sent when nothing is run`() throws {
        let connection = try connection()
        let transaction = Transaction(on: connection, isolation: .repeatableRead)
        #expect(!connection.isInTransaction)
        try transaction.savepoint {}
        try transaction.commit()
        #expect(transaction.statements == 0)
        #expect(connection.isIdle)
    }

    @Test func `BEGIN travels with the first statement and is not counted`() throws {
        let connection = try connection()
        let transaction = Transaction(on: connection, isolation: .repeatableRead, readOnly: true)
        var recorded: [String] = []
        transaction.recorder = { recorded.append($0.text) }
        let modes = try transaction.pipeline(["SHOW transaction_isolation", "SHOW transaction_read_only"])
        #expect(modes.map { $0.text(0, 0) } == ["repeatable read", "on"])
        #expect(connection.isInTransaction)
        try transaction.rows("SELECT \(1)::int")
        #expect(transaction.statements == 3)
        #expect(recorded == ["SHOW transaction_isolation", "SHOW transaction_read_only", "SELECT $1::int"])
        try transaction.commit()
        #expect(connection.isIdle)
    }

    @Test func `commit keeps and rollback undoes`() throws {
        let connection = try connection()
        let kept = Transaction(on: connection, isolation: .readCommitted)
        try kept.rows("INSERT INTO t VALUES (1)")
        try kept.commit()
        let undone = Transaction(on: connection, isolation: .readCommitted)
        try undone.rows("INSERT INTO t VALUES (2)")
        undone.rollback()
        #expect(try ids(connection) == [1])
    }

    @Test func `an ended transaction takes no more`() throws {
        let transaction = Transaction(on: try connection(), isolation: .readCommitted)
        try transaction.rows("SELECT 1")
        try transaction.commit()
        #expect(throws: PostgreSQLError.transactionEnded) { try transaction.rows("SELECT 1") }
        #expect(throws: PostgreSQLError.transactionEnded) { try transaction.execute(script: "SELECT 1") }
        #expect(throws: PostgreSQLError.transactionEnded) { try transaction.commit() }
        transaction.rollback()
    }

    @Test func `COMMIT can be sent first and waited for later`() throws {
        let connection = try connection()
        let transaction = Transaction(on: connection, isolation: .readCommitted)
        let result = try transaction.rows("SELECT 7")
        try transaction.startCommit()
        #expect(result.integer(0, 0) == 7)
        #expect(!connection.isIdle)
        try transaction.finishCommit()
        #expect(connection.isIdle)
    }

    @Test func `a swallowed error cannot be committed`() throws {
        let connection = try connection()
        let transaction = Transaction(on: connection, isolation: .readCommitted)
        try transaction.rows("INSERT INTO t VALUES (1)")
        #expect(throws: PostgreSQLError.self) { try transaction.rows("INSERT INTO t VALUES (1)") }
        #expect(throws: PostgreSQLError.transactionAborted) { try transaction.commit() }
        #expect(connection.isIdle)
        #expect(try ids(connection).isEmpty)
    }

    @Test func `hooks run once after the commit and never after a rollback`() throws {
        let connection = try connection()
        var log: [String] = []
        let first = Transaction(on: connection, isolation: .readCommitted)
        first.afterCommit.append { log.append("first \(connection.isIdle)") }
        try first.rows("SELECT 1")
        #expect(log.isEmpty)
        try first.commit()
        let second = Transaction(on: connection, isolation: .readCommitted)
        second.afterCommit.append { log.append("second") }
        try second.rows("SELECT 1")
        second.rollback()
        #expect(log == ["first true"])
    }

    @Test func `a deferred constraint fails the commit`() throws {
        let connection = try connection()
        try connection.execute(script: "CREATE TEMP TABLE u (id int UNIQUE DEFERRABLE INITIALLY DEFERRED)")
        let transaction = Transaction(on: connection, isolation: .readCommitted)
        try transaction.rows("INSERT INTO u VALUES (1), (1)")
        var ran = false
        transaction.afterCommit.append { ran = true }
        #expect(PostgreSQLError.thrown { try transaction.commit() }?.isUniqueViolation == true)
        #expect(!ran)
        #expect(connection.isIdle)
    }

    @Test func `a connection lost during COMMIT is told so`() throws {
        let connection = try connection()
        let transaction = Transaction(on: connection, isolation: .readCommitted)
        let process = try #require(try transaction.rows("SELECT pg_backend_pid()").integer(0, 0))
        _ = try TestCluster.connection().run("SELECT pg_terminate_backend(\(process)::int, 5000)")
        guard case .connectionLost(_, duringCommit: true) = PostgreSQLError.thrown(by: { try transaction.commit() })
        else {
            Issue.record("not told")
            return
        }
    }

    @Test func `two transactions that write one row conflict`() throws {
        try TestCluster.withDatabase { name in
            let settings = try TestCluster.settings.database(name)
            let connections = [try Connection(settings), try Connection(settings)]
            try connections[0].execute(script: "CREATE TABLE c (n int); INSERT INTO c VALUES (0)")
            let first = Transaction(on: connections[0], isolation: .repeatableRead)
            let second = Transaction(on: connections[1], isolation: .repeatableRead)
            try second.rows("SELECT n FROM c")
            try first.rows("UPDATE c SET n = 1")
            try first.commit()
            let error = PostgreSQLError.thrown { try second.rows("UPDATE c SET n = 2") }
            #expect(error?.isRetryable == true)
            second.rollback()
        }
    }

    // MARK: - Savepoints

    private struct Stop: Error {}

    @Test func `an error undoes the savepoint alone`() throws {
        let connection = try connection()
        let transaction = Transaction(on: connection, isolation: .readCommitted)
        var log: [String] = []
        transaction.afterCommit.append { log.append("outer") }
        try transaction.rows("INSERT INTO t VALUES (1)")
        let error = PostgreSQLError.thrown {
            try transaction.savepoint {
                transaction.afterCommit.append { log.append("inner") }
                try transaction.rows("INSERT INTO t VALUES (2)")
                try transaction.rows("INSERT INTO t VALUES (1)")
            }
        }
        #expect(error?.isUniqueViolation == true)
        try transaction.rows("INSERT INTO t VALUES (3)")
        try transaction.commit()
        #expect(try ids(connection) == [1, 3])
        #expect(log == ["outer"])
    }

    @Test func `a savepoint may be the first thing in a transaction`() throws {
        let connection = try connection()
        let transaction = Transaction(on: connection, isolation: .readCommitted)
        #expect(throws: Stop.self) {
            try transaction.savepoint {
                try transaction.rows("INSERT INTO t VALUES (1)")
                throw Stop()
            }
        }
        #expect(throws: Stop.self) { try transaction.savepoint { throw Stop() } }
        try transaction.savepoint { try transaction.rows("INSERT INTO t VALUES (2)") }
        #expect(transaction.statements == 2)
        try transaction.commit()
        #expect(try ids(connection) == [2])
    }

    @Test func `savepoints nest`() throws {
        let connection = try connection()
        let transaction = Transaction(on: connection, isolation: .readCommitted)
        try transaction.savepoint {
            try transaction.rows("INSERT INTO t VALUES (1)")
            #expect(throws: Stop.self) {
                try transaction.savepoint {
                    try transaction.rows("INSERT INTO t VALUES (2)")
                    try transaction.savepoint { try transaction.rows("INSERT INTO t VALUES (3)") }
                    throw Stop()
                }
            }
            try transaction.savepoint { try transaction.rows("INSERT INTO t VALUES (4)") }
        }
        try transaction.savepoint { try transaction.rows("INSERT INTO t VALUES (5)") }
        try transaction.commit()
        #expect(try ids(connection) == [1, 4, 5])
    }

    @Test func `an error swallowed inside a savepoint undoes it`() throws {
        let connection = try connection()
        let transaction = Transaction(on: connection, isolation: .readCommitted)
        #expect(throws: PostgreSQLError.transactionAborted) {
            try transaction.savepoint {
                try transaction.rows("INSERT INTO t VALUES (1)")
                #expect(throws: PostgreSQLError.self) { try transaction.rows("INSERT INTO t VALUES (1)") }
            }
        }
        try transaction.rows("INSERT INTO t VALUES (2)")
        try transaction.commit()
        #expect(try ids(connection) == [2])
    }

    @Test func `a refused parameter leaves the savepoint unsent`() throws {
        let connection = try connection()
        let transaction = Transaction(on: connection, isolation: .readCommitted)
        #expect(throws: PostgreSQLError.self) {
            try transaction.savepoint { try transaction.rows("SELECT \("\0")") }
        }
        #expect(connection.isIdle)
        try transaction.rows("INSERT INTO t VALUES (1)")
        try transaction.commit()
        #expect(try ids(connection) == [1])
    }
}
