import Synchronization

/// Connections to the databases of one server, lent to one thread at a time and kept open between loans.
///
/// Borrowing blocks, first come first served, until a connection is free or the patience is over; it is meant for
/// worker threads, never for an event loop. Connections that were idle for too long close at the next loan of any, and
/// when `closeIdle` is called.
public final class ConnectionPool: Sendable {
    private struct Guarded {
        var state: PoolState
        var connections: [Int: Connection] = [:]
        var signals: [Int: Signal] = [:]
        var granted: [Int: PoolState.Decision] = [:]
        var isClosed = false
    }

    private let guarded: Mutex<Guarded>
    private let statements = Atomic(0)
    private let settings: ConnectionSettings
    /// How many connections may be open at the same time.
    public let limit: Int
    private let waitSeconds: Double
    private let statementTimeout: Double?

    /// At most `limit` connections in all and `limitPerDatabase` to one database (nil: as many as in all). Who waits
    /// longer than `waitSeconds` gets an error. `statementTimeout` is `Connection`'s.
    public init(
        settings: ConnectionSettings, limit: Int, limitPerDatabase: Int? = nil, idleSeconds: Double = 60,
        waitSeconds: Double = 30, statementTimeout: Double? = nil
    ) {
        self.settings = settings
        self.limit = limit
        self.waitSeconds = waitSeconds
        self.statementTimeout = statementTimeout
        let state = PoolState(limit: limit, limitPerDatabase: limitPerDatabase ?? limit, idleSeconds: idleSeconds)
        guarded = Mutex(Guarded(state: state))
    }

    /// Lends a connection to `body`. It comes back to the pool if it is idle then; with a transaction still open, or
    /// broken, it is closed.
    @discardableResult
    public func withConnection<R>(to database: String, _ body: (Connection) throws -> R) throws -> R {
        let (slot, connection) = try borrow(database)
        let before = connection.statementCount
        defer {
            statements.add(connection.statementCount - before, ordering: .relaxed)
            giveBack(slot, reusable: connection.isIdle)
        }
        return try body(connection)
    }

    /// Closes the idle connections to a database and, as soon as they come back, those at work: before the database is
    /// dropped, renamed or copied.
    public func closeConnections(to database: String) {
        change { $0.state.retire(database) }
    }

    /// Closes the connections that have been idle for too long; for a timer.
    public func closeIdle() {
        change { $0.state.expire(now: Moment.now) }
    }

    /// Lends no more. Idle connections close at once, those at work when they come back; who waits gets an error.
    public func shutdown() {
        change { guarded in
            guarded.isClosed = true
            for signal in guarded.signals.values { signal.raise() }
            return guarded.state.shutDown()
        }
    }

    /// The number of open connections, lent and idle.
    public var openCount: Int { guarded.withLock { $0.state.openCount } }

    /// How many statements went out over all connections so far, BEGIN and COMMIT among them; those of loans that have
    /// ended.
    public var statementCount: Int { statements.load(ordering: .relaxed) }
}

// MARK: - Loans

extension ConnectionPool {
    private enum Loan {
        case granted(PoolState.Decision, Connection?)
        case queued(ticket: Int, Signal)
    }

    private func borrow(_ database: String) throws(PostgreSQLError) -> (Int, Connection) {
        closeIdle()
        let loan = try guarded.withLock { (guarded) throws(PostgreSQLError) -> Loan in
            if guarded.isClosed { throw .poolClosed }
            let decision = guarded.state.borrow(database)
            if decision != .wait { return .granted(decision, Self.take(decision, from: &guarded)) }
            let ticket = guarded.state.enqueue(database)
            let signal = Signal()
            guarded.signals[ticket] = signal
            return .queued(ticket: ticket, signal)
        }
        switch loan {
        case .granted(let decision, let connection):
            return try use(decision, connection, database)
        case .queued(let ticket, let signal):
            // Whether it was raised does not matter: a grant may come in between the end of the wait and the lock.
            _ = signal.wait(until: Moment.now + waitSeconds)
            return try collect(ticket, database)
        }
    }

    /// A queued borrower has been woken or is out of patience.
    private func collect(_ ticket: Int, _ database: String) throws(PostgreSQLError) -> (Int, Connection) {
        let (decision, connection) = try guarded.withLock {
            (guarded) throws(PostgreSQLError) -> (PoolState.Decision, Connection?) in
            guarded.signals[ticket] = nil
            if let decision = guarded.granted.removeValue(forKey: ticket) {
                return (decision, Self.take(decision, from: &guarded))
            }
            guarded.state.withdraw(ticket)
            if guarded.isClosed { throw .poolClosed }
            throw .poolExhausted(database: database, limit: limit, waitedSeconds: waitSeconds)
        }
        return try use(decision, connection, database)
    }

    /// The connection that a decision is about: the one to use, or the one to close.
    private static func take(_ decision: PoolState.Decision, from guarded: inout Guarded) -> Connection? {
        switch decision {
        case .use(let slot): guarded.connections[slot]
        case .open(_, let closing): closing.flatMap { guarded.connections.removeValue(forKey: $0) }
        case .wait: nil
        }
    }

    /// Carries a decision out, outside of the lock since it talks to the server.
    private func use(
        _ decision: PoolState.Decision, _ connection: Connection?, _ database: String
    ) throws(PostgreSQLError) -> (Int, Connection) {
        switch decision {
        case .use(let slot):
            if let connection, connection.isAlive() { return (slot, connection) }
            connection?.close()
            return (slot, try open(slot, database))
        case .open(let slot, _):
            connection?.close()
            return (slot, try open(slot, database))
        case .wait:
            preconditionFailure("a borrower that has to wait got a turn")
        }
    }

    private func open(_ slot: Int, _ database: String) throws(PostgreSQLError) -> Connection {
        do {
            let connection = try Connection(settings.database(database), statementTimeout: statementTimeout)
            guarded.withLock { $0.connections[slot] = connection }
            return connection
        } catch {
            giveBack(slot, reusable: false)
            throw error
        }
    }

    private func giveBack(_ slot: Int, reusable: Bool) {
        change { guarded in
            guarded.state.giveBack(slot, reusable: reusable, now: Moment.now) ? [] : [slot]
        }
    }

    /// Changes the state; closes the connections that `body` names, and wakes those who can go on.
    private func change(_ body: (inout Guarded) -> [Int]) {
        let leaving = guarded.withLock { guarded in
            let leaving = body(&guarded).compactMap { guarded.connections.removeValue(forKey: $0) }
            for grant in guarded.state.grants() {
                guarded.granted[grant.ticket] = grant.decision
                guarded.signals[grant.ticket]?.raise()
            }
            return leaving
        }
        for connection in leaving { connection.close() }
    }
}
