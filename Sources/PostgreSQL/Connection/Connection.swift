import CLibPQ
import Glibc
public import SQL

/// A connection to one database: statements prepared and cached by their text, answers in text format.
///
/// Calls block. Statements outside a transaction commit one by one; use `Transaction` for the work of a call.
///
/// Sendable unchecked: libpq allows any thread to use a connection as long as only one does at a time. The pool is what
/// keeps that: it hands a connection to one borrower and gets it back before the next, with its lock between them.
public final class Connection: @unchecked Sendable {
    /// nil once the connection is closed.
    var handle: OpaquePointer?
    var statements: StatementCache
    var parameters = ParameterBuffer()
    /// How many statements were sent, preparations not counted; a script counts as one.
    var statementCount = 0

    /// Connects, at most 10 seconds long unless the settings say otherwise.
    ///
    /// A statement that takes longer than `statementTimeout` seconds fails; nil leaves the server's own setting.
    /// A connection keeps at most `statementLimit` prepared statements.
    public init(
        _ settings: ConnectionSettings, statementTimeout: Double? = nil, statementLimit: Int = 500
    ) throws(PostgreSQLError) {
        if let name = settings.databaseName { try DatabaseName.check(name) }
        statements = StatementCache(limit: statementLimit)
        let complete = Self.completed(settings, statementTimeout: statementTimeout)
        // The last argument: a database's name is a name, never another connection string.
        handle = try complete.withCArrays { keywords, values in PQconnectdbParams(keywords, values, 0) }
        guard PQstatus(handle) == CONNECTION_OK else {
            let message = Self.message(of: handle)
            close()
            throw .connection(message)
        }
        PQsetNoticeReceiver(handle, { _, notice in ServerNotice.log(notice) }, nil)
    }

    deinit { PQfinish(handle) }

    /// Closes the connection; PostgreSQL rolls back what is not committed. Harmless when repeated.
    public func close() {
        PQfinish(handle)
        handle = nil
    }

    private static func completed(_ settings: ConnectionSettings, statementTimeout: Double?) -> ConnectionSettings {
        // Options that are given hide libpq's variable PGOPTIONS, so it is read here.
        let given = settings["options"] ?? getenv("PGOPTIONS").map { String(cString: $0) }
        var options = given.map { [$0] } ?? []
        options.append("-c DateStyle=ISO -c client_min_messages=warning")
        if let statementTimeout { options.append("-c statement_timeout=\(Int(statementTimeout * 1000))") }
        return
            settings
            .with("client_encoding", "UTF8")
            .with("options", options.joined(separator: " "))
            .with("fallback_application_name", settings["fallback_application_name"] ?? "apus")
            .with("connect_timeout", settings["connect_timeout"] ?? "10")
    }

    static func message(of handle: OpaquePointer?) -> String {
        PQerrorMessage(handle).map { String(cString: $0) } ?? "the connection is closed\n"
    }
}

// MARK: - State

extension Connection {
    private var status: PGTransactionStatusType { handle.map { PQtransactionStatus($0) } ?? PQTRANS_UNKNOWN }

    /// The server's version as a number: 150020 for 15.20.
    public var serverVersion: Int { Int(handle.map { PQserverVersion($0) } ?? 0) }

    /// A transaction block is open, be it healthy or aborted.
    public var isInTransaction: Bool { status == PQTRANS_INTRANS || status == PQTRANS_INERROR }

    /// An error has aborted the open transaction: it can only be rolled back.
    public var isTransactionAborted: Bool { status == PQTRANS_INERROR }

    /// Connected, no transaction open and no statement under way.
    public var isIdle: Bool { status == PQTRANS_IDLE && PQstatus(handle) == CONNECTION_OK }

    /// Whether a connection that was idle for a while still has its server. Asks the socket, not the server.
    func isAlive() -> Bool {
        guard isIdle, let handle else { return false }
        var socket = pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0)
        // Unasked, a server hardly says more than good-bye, of which the end of the connection may be still to come.
        return poll(&socket, 1, 0) == 0
    }
}

// MARK: - Statements

extension Connection {
    /// Runs one statement. A statement that is new to this connection is prepared on the same trip.
    public func run(_ sql: SQL) throws(PostgreSQLError) -> Result {
        let rendered = sql.rendered()
        guard let name = statements.name(of: rendered.text) else {
            return try run(pipelineOf: [rendered])[0]
        }
        let handle = try openHandle()
        statementCount += 1
        parameters.removeAll()
        let range = try encode(rendered)
        let answer = parameters.withPointers(range) { values in
            PQexecPrepared(handle, name, Int32(range.count), values, nil, nil, 0)
        }
        return try result(answer, of: rendered.text)
    }

    /// Runs statements of trusted text, several separated by semicolons: schema changes. They are one transaction
    /// unless they say otherwise or are part of one.
    public func execute(script: String) throws(PostgreSQLError) {
        _ = try runUnprepared(script)
    }

    /// Runs text without preparing it; the last statement's result.
    func runUnprepared(_ script: String) throws(PostgreSQLError) -> Result {
        try start(script)
        return try finish(script)
    }

    /// Sends text and does not wait for its answer, which `finish` reads.
    func start(_ text: String) throws(PostgreSQLError) {
        guard !text.utf8.contains(0) else { throw .nulByte(statement: text) }
        let handle = try openHandle()
        statementCount += 1
        guard PQsendQuery(handle, text) == 1 else { throw lost() }
    }

    /// Reads the answer to what `start` sent.
    func finish(_ text: String) throws(PostgreSQLError) -> Result {
        let handle = try openHandle()
        var last: OpaquePointer?
        var refused = false
        while let answer = PQgetResult(handle) {
            switch PQresultStatus(answer) {
            case PGRES_COPY_IN:
                refused = true
                _ = PQputCopyEnd(handle, "not supported")
                PQclear(answer)
            case PGRES_COPY_OUT:
                refused = true
                var row: UnsafeMutablePointer<CChar>?
                while PQgetCopyData(handle, &row, 0) > 0 { PQfreemem(row) }
                PQclear(answer)
            case PGRES_FATAL_ERROR where last.map { PQresultStatus($0) == PGRES_FATAL_ERROR } ?? false:
                // The first error is the cause, the later one is that of a broken connection.
                PQclear(answer)
            default:
                PQclear(last)
                last = answer
            }
            if PQstatus(handle) == CONNECTION_BAD { break }
        }
        if refused {
            PQclear(last)
            throw .copyUnsupported(statement: text)
        }
        return try result(last, of: text)
    }
}

// MARK: - Errors

extension Connection {
    func openHandle() throws(PostgreSQLError) -> OpaquePointer {
        guard let handle else { throw .connectionLost("the connection is closed", duringCommit: false) }
        return handle
    }

    /// Adds a statement's parameters to the buffer, or refuses what PostgreSQL cannot take.
    func encode(_ statement: SQL.Rendered) throws(PostgreSQLError) -> Range<Int> {
        guard statement.bindings.count <= 65535 else {
            throw .tooManyParameters(statement.bindings.count, statement: statement.text)
        }
        guard let range = parameters.append(statement.bindings) else { throw .nulByte(statement: statement.text) }
        return range
    }

    /// The answer as a result, or the error that it is. Takes over the answer's memory.
    func result(_ answer: OpaquePointer?, of text: String) throws(PostgreSQLError) -> Result {
        guard let answer else { throw lost() }
        switch PQresultStatus(answer) {
        case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY:
            return Result(answer)
        case _ where Self.isCopy(answer):
            PQclear(answer)
            close()
            throw .copyUnsupported(statement: text)
        default:
            throw failure(answer, of: text)
        }
    }

    static func isCopy(_ answer: OpaquePointer) -> Bool {
        [PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH].contains(PQresultStatus(answer))
    }

    /// The error of a failed answer, whose memory it takes over.
    func failure(_ answer: OpaquePointer, of text: String) -> PostgreSQLError {
        defer { PQclear(answer) }
        let message = ServerMessage(of: answer)
        // Class 57P: the server is going away or has crashed, and takes the connection with it.
        if PQstatus(handle) == CONNECTION_BAD || ["57P01", "57P02", "57P03"].contains(message.sqlState) {
            close()
            return .connectionLost(message.fullText, duringCommit: false)
        }
        // A statement that the server does not know any more (somebody ran DISCARD) is prepared anew next time, too.
        if message.isStalePlan || message.sqlState == "26000" { statements.forget(text) }
        return .server(message, statement: text)
    }

    /// Gives the connection up after libpq could not go on with it.
    func lost() -> PostgreSQLError {
        let message = Self.message(of: handle)
        close()
        return .connectionLost(message, duringCommit: false)
    }
}
