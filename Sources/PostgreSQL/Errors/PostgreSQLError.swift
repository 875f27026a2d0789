/// Why work on a database stopped.
///
/// Match by meaning (`isRetryable`, `isUniqueViolation` …) and not by SQLSTATE. Bound values are not part of an
/// error, unless PostgreSQL's own DETAIL quotes one.
public enum PostgreSQLError: Error, Equatable {
    /// No connection was made; libpq's message as it is, line ends included.
    case connection(String)
    /// A connection string that libpq cannot read; libpq's message.
    case invalidSettings(String)
    /// The connection broke. Broken during COMMIT, nobody knows whether the transaction took effect.
    case connectionLost(String, duringCommit: Bool)
    /// PostgreSQL refused a statement.
    case server(ServerMessage, statement: String)
    /// A text, or the statement itself, has a NUL byte; PostgreSQL's text cannot hold one. Nothing was sent.
    case nulByte(statement: String)
    /// More than 65535 parameters; lists belong into one array parameter. Nothing was sent.
    case tooManyParameters(Int, statement: String)
    /// COPY does not fit into this interface.
    case copyUnsupported(statement: String)
    /// An earlier error in the transaction was swallowed; it can only be rolled back.
    case transactionAborted
    /// The transaction was committed or rolled back before.
    case transactionEnded
    /// No connection became free in time.
    case poolExhausted(database: String, limit: Int, waitedSeconds: Double)
    /// The pool was shut down.
    case poolClosed
    /// A name that no database may have.
    case invalidName(String, reason: String)
    /// A client program of PostgreSQL is not installed.
    case programMissing(String)
    /// `pg_dump` or `pg_restore` failed; what it wrote to its error output.
    case programFailed(String, output: String)
    /// A file could not be read or written.
    case file(String, reason: String)
}

extension PostgreSQLError {
    /// What PostgreSQL said, when it was PostgreSQL that refused.
    public var serverMessage: ServerMessage? {
        if case .server(let message, _) = self { message } else { nil }
    }

    /// The same transaction may well succeed when it is run again from its beginning: serialization failures,
    /// deadlocks, locks not to be had, and plans that another session's change of a table made stale.
    public var isRetryable: Bool {
        guard let message = serverMessage else { return false }
        return ["40001", "40P01", "55P03"].contains(message.sqlState) || message.isStalePlan
    }

    /// A value that must be unique exists already.
    public var isUniqueViolation: Bool { serverMessage?.sqlState == "23505" }

    /// A reference to a record that is not there, or the removal of one that others point at.
    public var isForeignKeyViolation: Bool {
        serverMessage?.sqlState == "23503" || serverMessage?.sqlState == "23001"
    }

    /// A mandatory column without a value.
    public var isNotNullViolation: Bool { serverMessage?.sqlState == "23502" }

    /// Any broken constraint: unique, foreign key, not null, check, exclusion.
    public var isIntegrityViolation: Bool { serverMessage?.sqlState.hasPrefix("23") ?? false }

    /// There is no connection any more, or there never was one.
    public var isConnectionLoss: Bool {
        switch self {
        case .connection, .connectionLost: true
        default: false
        }
    }

    /// False for errors found before anything went to the server, so that its state is what it was.
    var wasSent: Bool {
        switch self {
        case .nulByte, .tooManyParameters, .transactionEnded: false
        default: true
        }
    }
}

extension PostgreSQLError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .connection(let message):
            "no connection to PostgreSQL: \(message.trimmedLines)"
        case .invalidSettings(let message):
            "the connection settings cannot be read: \(message.trimmedLines)"
        case .connectionLost(let message, let duringCommit):
            duringCommit
                ? "the connection to PostgreSQL broke during COMMIT, whose outcome is unknown: \(message.trimmedLines)"
                : "the connection to PostgreSQL broke: \(message.trimmedLines)"
        case .server(let message, let statement):
            "PostgreSQL refused a statement (\(message.sqlState)): \(message.fullText.trimmedLines) [\(statement)]"
        case .nulByte(let statement):
            "a text with a NUL byte cannot be stored in PostgreSQL [\(statement)]"
        case .tooManyParameters(let count, let statement):
            "\(count) parameters are more than the 65535 of one statement [\(statement.prefix(200))]"
        case .copyUnsupported(let statement):
            "COPY from or to the client is not supported [\(statement)]"
        case .transactionAborted:
            "an earlier error has aborted the transaction, which was rolled back"
        case .transactionEnded:
            "the transaction has been committed or rolled back before"
        case .poolExhausted(let database, let limit, let waited):
            "no connection to database \"\(database)\" became free within \(waited) s (at most \(limit) are open)"
        case .poolClosed:
            "the connection pool is shut down"
        case .invalidName(let name, let reason):
            "\"\(name)\" cannot be a database's name: \(reason)"
        case .programMissing(let program):
            "the program \(program) was not found: install the package postgresql-client"
        case .programFailed(let program, let output):
            "\(program) failed: \(output.trimmedLines)"
        case .file(let path, let reason):
            "\(path): \(reason)"
        }
    }
}

extension StringProtocol {
    /// The text without the spaces and line ends around it.
    var trimmedLines: String {
        var rest = self[...]
        while let last = rest.last, last.isWhitespace { rest = rest.dropLast() }
        return String(rest.drop(while: \.isWhitespace))
    }
}
