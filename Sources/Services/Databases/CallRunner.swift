internal import Logging
internal import ORM
internal import PostgreSQL
internal import Synchronization
internal import Values

#if canImport(Glibc)
    internal import Glibc
#endif

/// Runs a call in one transaction: committed when it succeeds, rolled back on any error, run again whole when
/// PostgreSQL could not serialise it (contract/wire.md §8).
struct CallRunner {
    let pool: ConnectionPool
    let database: OpenDatabase
    let logger: Logger
    /// Whether names that no field has are refused.
    var isStrict = false
    /// A login takes what is committed meanwhile; other calls see one state of the database throughout.
    var isolation = Isolation.repeatableRead

    /// Five times again, then the error surfaces.
    private static let retries = 5

    /// - Parameters:
    ///   - writes: False lets the answer be handed on while COMMIT is under way, and be computed again when the
    ///     connection was lost during COMMIT.
    ///   - answer: Gets the result while the connection is still held: encode here.
    func run(
        uid: RecordID, writes: Bool, _ body: (Environment) throws -> MethodResult, answer: (MethodResult) -> Void
    ) throws {
        var attempt = 0
        while true {
            do {
                try once(uid: uid, writes: writes, body, answer: answer)
                return
            } catch let error as PostgreSQLError where attempt < Self.retries && Self.mayRetry(error, writes: writes) {
                attempt += 1
                logger.info(
                    "call is run again", metadata: ["attempt": "\(attempt)", "reason": "\(error.shortReason)"])
                let longest = 10_000 << attempt
                usleep(UInt32.random(in: 0...UInt32(longest)))
            }
        }
    }

    private func once(
        uid: RecordID, writes: Bool, _ body: (Environment) throws -> MethodResult, answer: (MethodResult) -> Void
    ) throws {
        try pool.withConnection(to: database.name) { connection in
            let transaction = Transaction(on: connection, isolation: isolation)
            let environment = Environment(
                registry: database.registry, transaction: transaction, uid: uid, isStrict: isStrict)
            let result: MethodResult
            let notice: ChangeNotice?
            do {
                result = try body(environment)
                notice = try announce(environment)
                if writes || notice != nil { try transaction.commit() } else { try transaction.startCommit() }
            } catch {
                transaction.rollback()
                if (error as? PostgreSQLError)?.isConnectionLoss == true {
                    // One lost during COMMIT may have changed them after all.
                    database.memory.ports.caches.changed(environment.touchedModels)
                }
                throw error
            }
            notice?.awaitAnswers(on: connection, besides: database.memory.backend, logger: logger)
            answer(result)
            // The answer to a reading call is true whether or not its COMMIT comes through.
            if !writes, notice == nil { try? transaction.finishCommit() }
        }
    }

    /// Tells other processes what they must forget; mostly nothing.
    private func announce(_ environment: Environment) throws -> ChangeNotice? {
        let watched = database.memory.ports.caches.watched(among: environment.touchedModels)
        if watched.isEmpty { return nil }
        let notice = ChangeNotice(of: watched, from: database.memory.sender)
        try notice.announce(in: environment.transaction)
        return notice
    }

    private static func mayRetry(_ error: PostgreSQLError, writes: Bool) -> Bool {
        if case .connectionLost(_, let duringCommit) = error { return !(writes && duringCommit) }
        return error.isRetryable
    }
}

extension PostgreSQLError {
    /// The reason without statement or values, for the log.
    var shortReason: String {
        if case .server(let message, _) = self { return "\(message.sqlState) \(message.message)" }
        return "connection lost"
    }
}
