public import SQL

/// A unit of work on a connection: all of it takes effect at `commit`, or nothing.
///
/// `BEGIN` and `SAVEPOINT` cost no trip of their own: they travel with the first statement after them, and are never
/// sent when there is none. Whoever makes a transaction ends it, with `commit` or `rollback`; after that it answers
/// every statement with `transactionEnded`.
public final class Transaction {
    private enum State {
        /// Nothing has been sent yet.
        case unbegun
        case begun
        /// COMMIT is on its way; false when there was nothing to commit.
        case committing(sent: Bool)
        case ended
    }

    /// The connection at work; for what a transaction cannot do itself.
    public let connection: Connection
    /// How many statements were run: what a statement budget counts. A script counts as one; BEGIN, COMMIT and
    /// savepoints do not count, since they travel with others.
    public private(set) var statements = 0
    /// Is told each statement before it is sent; for tests and logs.
    public var recorder: ((SQL.Rendered) -> Void)?
    /// Run in order, once, after the transaction is committed; forgotten when it, or the savepoint that they were
    /// added in, is rolled back.
    public var afterCommit: [() -> Void] = []
    /// When it was made. It sees everything that was committed before.
    public let start = ContinuousClock.now

    private var state = State.unbegun
    /// What goes before the next statement: BEGIN, SAVEPOINT, RELEASE.
    private var pending: [SQL]
    /// How often `pending` was sent: tells whether a savepoint has been.
    private var flushes = 0
    private var depth = 0

    /// Sends nothing yet. The connection must be idle, and is this transaction's until it ends.
    public init(on connection: Connection, isolation: Isolation, readOnly: Bool = false) {
        self.connection = connection
        pending = [SQL(trusted: "BEGIN ISOLATION LEVEL \(isolation.clause)\(readOnly ? " READ ONLY" : "")")]
    }
}

// MARK: - Statements

extension Transaction {
    /// Runs one statement.
    @discardableResult
    public func rows(_ sql: SQL) throws(PostgreSQLError) -> Result {
        if pending.isEmpty, case .begun = state {
            note(sql)
            return try connection.run(sql)
        }
        return try pipeline([sql])[0]
    }

    /// Runs independent statements on one trip; see `Connection.run(pipeline:)`.
    @discardableResult
    public func pipeline(_ statements: [SQL]) throws(PostgreSQLError) -> [Result] {
        try requireOpen()
        guard !statements.isEmpty else { return [] }
        for statement in statements { note(statement) }
        return try flushing { (first) throws(PostgreSQLError) in
            Array(try connection.run(pipeline: first + statements).dropFirst(first.count))
        }
    }

    /// Runs statements of trusted text; see `Connection.execute(script:)`. The script must not end the transaction.
    public func execute(script: String) throws(PostgreSQLError) {
        try requireOpen()
        note(SQL(trusted: script))
        if !pending.isEmpty {
            try flushing { (first) throws(PostgreSQLError) in _ = try connection.run(pipeline: first) }
        }
        try connection.execute(script: script)
    }

    private func note(_ statement: SQL) {
        statements += 1
        recorder?(statement.rendered())
    }

    private func requireOpen() throws(PostgreSQLError) {
        switch state {
        case .unbegun, .begun: return
        case .committing, .ended: throw .transactionEnded
        }
    }

    /// Sends what is pending with what `body` sends. It stays pending when nothing went out.
    private func flushing<R>(_ body: ([SQL]) throws(PostgreSQLError) -> R) throws(PostgreSQLError) -> R {
        do {
            let result = try body(pending)
            sent()
            return result
        } catch {
            if error.wasSent { sent() }
            throw error
        }
    }

    private func sent() {
        if !pending.isEmpty { flushes += 1 }
        pending = []
        state = .begun
    }
}

// MARK: - End

extension Transaction {
    /// Makes all changes lasting. Nothing is sent when no statement was run.
    ///
    /// A loss of the connection is reported as `.connectionLost(duringCommit: true)`. After any error the transaction
    /// is over; except for that one it was rolled back.
    public func commit() throws(PostgreSQLError) {
        try startCommit()
        try finishCommit()
    }

    /// Sends COMMIT without waiting: a call that has only read can encode its answer meanwhile. `finishCommit` follows.
    public func startCommit() throws(PostgreSQLError) {
        try requireOpen()
        guard case .begun = state else {
            state = .committing(sent: false)
            return
        }
        // COMMIT would answer this with a ROLLBACK and no error.
        guard !connection.isTransactionAborted else {
            rollback()
            throw .transactionAborted
        }
        do {
            try connection.start("COMMIT")
            state = .committing(sent: true)
        } catch {
            throw failedCommit(error)
        }
    }

    /// Waits for the answer to COMMIT and runs the hooks of `afterCommit`.
    public func finishCommit() throws(PostgreSQLError) {
        guard case .committing(let wasSent) = state else { throw .transactionEnded }
        if wasSent {
            do throws(PostgreSQLError) {
                let tag = try connection.finish("COMMIT").commandTag
                if tag == "ROLLBACK" { throw .transactionAborted }
            } catch {
                throw failedCommit(error)
            }
        }
        let hooks = afterCommit
        end()
        for hook in hooks { hook() }
    }

    private func failedCommit(_ error: PostgreSQLError) -> PostgreSQLError {
        end()
        guard case .connectionLost(let message, _) = error else { return error }
        return .connectionLost(message, duringCommit: true)
    }

    /// Undoes everything. Never fails: a connection on which it cannot be done is closed, which undoes it too.
    public func rollback() {
        switch state {
        case .unbegun, .ended: break
        case .begun: run("ROLLBACK")
        case .committing(let sent):
            if sent, (try? connection.finish("COMMIT")) == nil { connection.close() }
        }
        end()
    }

    private func run(_ text: String) {
        if (try? connection.runUnprepared(text)) == nil { connection.close() }
    }

    private func end() {
        state = .ended
        pending = []
        afterCommit = []
    }
}

// MARK: - Savepoints

extension Transaction {
    /// Runs `body` so that its statements can be undone alone: an error that it throws undoes them, and passes on.
    /// May be nested.
    @discardableResult
    public func savepoint<R>(_ body: () throws -> R) throws -> R {
        try requireOpen()
        depth += 1
        defer { depth -= 1 }
        let place = Place(name: "apus_\(depth)", pending: pending.count, flushes: flushes, hooks: afterCommit.count)
        pending.append(SQL(trusted: "SAVEPOINT \(place.name)"))
        do {
            let result = try body()
            // An error that `body` has swallowed.
            if connection.isTransactionAborted { throw PostgreSQLError.transactionAborted }
            release(place)
            return result
        } catch {
            undo(to: place)
            throw error
        }
    }

    /// Where a savepoint stands.
    private struct Place {
        let name: String
        let pending: Int
        let flushes: Int
        let hooks: Int
    }

    private func release(_ place: Place) {
        guard case .begun = state, flushes != place.flushes else { return unwind(to: place) }
        pending.append(SQL(trusted: "RELEASE SAVEPOINT \(place.name)"))
    }

    /// Nothing was sent since the savepoint, so that it need not be sent either.
    private func unwind(to place: Place) {
        if flushes == place.flushes && pending.count > place.pending {
            pending.removeLast(pending.count - place.pending)
        }
    }

    private func undo(to place: Place) {
        afterCommit.removeLast(max(0, afterCommit.count - place.hooks))
        guard case .begun = state, flushes != place.flushes else { return unwind(to: place) }
        // All that is pending came after the savepoint.
        pending = []
        // When this fails the connection is lost or the transaction stays aborted, and the next statement tells.
        _ = try? connection.runUnprepared("ROLLBACK TO SAVEPOINT \(place.name); RELEASE SAVEPOINT \(place.name)")
    }
}
