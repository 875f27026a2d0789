import Testing

@testable import PostgreSQL

@Suite struct PostgreSQLErrorTests {
    private static func error(_ sqlState: String) -> PostgreSQLError {
        .server(ServerMessage(sqlState: sqlState, message: "no"), statement: "SELECT 1")
    }

    @Test(arguments: [
        ("40001", true), ("40P01", true), ("55P03", true), ("23505", false), ("42P01", false), ("0A000", false),
    ])
    func `conflicts between transactions are retryable and mistakes are not`(_ sqlState: String, _ expected: Bool) {
        #expect(Self.error(sqlState).isRetryable == expected)
    }

    @Test func `a stale plan is retryable`() {
        var message = ServerMessage(sqlState: "0A000", message: "no")
        message.routine = "RevalidateCachedQuery"
        #expect(PostgreSQLError.server(message, statement: "").isRetryable)
    }

    @Test func `integrity errors are told apart`() {
        #expect(Self.error("23505").isUniqueViolation)
        #expect(Self.error("23503").isForeignKeyViolation)
        #expect(Self.error("23001").isForeignKeyViolation)
        #expect(Self.error("23502").isNotNullViolation)
        #expect(Self.error("23514").isIntegrityViolation)
        #expect(!Self.error("23514").isUniqueViolation)
        #expect(!Self.error("42P01").isIntegrityViolation)
    }

    @Test func `a lost connection is neither retryable nor a server's message`() {
        let lost = PostgreSQLError.connectionLost("gone", duringCommit: true)
        #expect(lost.isConnectionLoss)
        #expect(!lost.isRetryable)
        #expect(lost.serverMessage == nil)
    }

    @Test(arguments: [
        ("ERROR:  no\nLINE 1: x\n", "ERROR", "no\nLINE 1: x\n"),
        ("FEHLER:  nein\n", "FEHLER", "nein\n"),
        ("no prefix\n", "ERROR", "no prefix\n"),
    ])
    func `the full text has no severity`(_ report: String, _ severity: String, _ expected: String) {
        #expect(ServerMessage.withoutSeverity(report, severity: severity) == expected)
    }

    @Test func `descriptions are one sentence with what a reader needs`() {
        #expect(
            Self.error("42P01").description == "PostgreSQL refused a statement (42P01): no [SELECT 1]")
        #expect(
            PostgreSQLError.connection("FATAL:  no such database\n").description
                == "no connection to PostgreSQL: FATAL:  no such database")
        #expect(
            ClusterError.folderInUse("/data").description
                == "another Apus is running on the folder /data: stop it, or choose another data folder")
    }
}
