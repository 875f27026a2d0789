internal import PostgreSQL
public import SQL
internal import Synchronization
public import Values

/// Keeps what was worked out from rarely changed records, for one database, by key.
///
/// A change empties it when the changing transaction commits; that transaction itself keeps what it finds after the
/// change to itself. What a transaction found that does not see a change yet is never kept.
public final class CommittedCache<Key: Hashable & Sendable, Content: Sendable>: RecordCache {
    /// Changes remembered by their transaction; older ones every transaction under way has long seen.
    private static var changeLimit: Int { 32 }

    private struct State {
        var contents: [Key: Content] = [:]
        /// Transactions under way that have made changes.
        var changing: [ObjectIdentifier: Own] = [:]
        /// When another process's change was last heard of.
        var heard: ContinuousClock.Instant?
        /// Ids of the last committed transactions that made changes, as PostgreSQL numbers them.
        var changes: [String] = []
    }

    /// What a transaction with changes of its own found since the last of them.
    private struct Own {
        var number = ""
        var changes = 0
        var contents: [Key: Content] = [:]
    }

    /// What changes are told by to other processes.
    public let sources: Set<ModelName>
    private let topic: String
    private let limit: Int
    private let state = Mutex(State())

    /// - Parameters:
    ///   - topic: The name under which processes tell one another of changes; `noteChange` gives it out.
    ///   - limit: How many keys are kept; when there are more it starts anew.
    public init(_ topic: String, limit: Int) {
        self.topic = topic
        self.limit = limit
        sources = [topic]
    }

    /// The content for a key, remembered or loaded.
    ///
    /// - Parameter load: Gets a statement to run beside its own in one trip. Its one row tells whether the transaction
    ///   sees all changes; NULL means it does.
    public func content(
        for key: Key, in environment: Environment, load: (_ visibility: SQL) throws -> (Content, isCurrent: Bool)
    ) throws -> Content {
        let transaction = ObjectIdentifier(environment.transaction)
        let (known, isChanging, changes) = state.withLock { state in
            let own = state.changing[transaction]
            return (own.map { $0.contents[key] } ?? state.contents[key], own != nil, state.changes)
        }
        if let known { return known }
        let (content, isCurrent) = try load(
            """
            SELECT bool_and(pg_visible_in_snapshot("change", pg_current_snapshot())) \
            FROM unnest(\(changes)::text[]::xid8[]) AS "t"("change")
            """)
        state.withLock { state in
            if isChanging {
                state.changing[transaction]?.contents[key] = content
            } else if isCurrent, state.changes == changes,
                state.heard.map({ $0 < environment.transaction.start }) ?? true
            {
                if state.contents.count >= limit { state.contents = [:] }
                state.contents[key] = content
            }
        }
        return content
    }

    /// A transaction, of another process perhaps, has changed them. Which it was is not told, so that what is found by
    /// transactions that began before is not kept.
    public func forget() {
        let now = ContinuousClock.now
        state.withLock { state in
            state.contents = [:]
            state.heard = now
        }
    }

    /// The environment's transaction has changed records that contents are made of.
    public func noteChange(in environment: Environment) throws {
        environment.noteTouched(topic)
        let transaction = ObjectIdentifier(environment.transaction)
        let known = state.withLock { $0.changing[transaction]?.number }
        let number = try known ?? environment.rows("SELECT pg_current_xact_id()::text").text(0, 0) ?? ""
        state.withLock { state in
            let changes = state.changing[transaction]?.changes ?? 0
            state.changing[transaction] = Own(number: number, changes: changes + 1)
        }
        // The hook is dropped unrun when the transaction, or the savepoint around the change, is rolled back: the
        // mark goes with it, and with the mark what was found since.
        let mark = ChangeMark { [self] in release(transaction) }
        environment.transaction.afterCommit.append { [self] in
            withExtendedLifetime(mark) { commit(number) }
        }
    }

    private func release(_ transaction: ObjectIdentifier) {
        state.withLock { state in
            guard let own = state.changing[transaction] else { return }
            let rest = Own(number: own.number, changes: own.changes - 1)
            state.changing[transaction] = rest.changes > 0 ? rest : nil
        }
    }

    private func commit(_ number: String) {
        state.withLock { state in
            state.contents = [:]
            if state.changes.last != number {
                state.changes = state.changes.suffix(Self.changeLimit - 1) + [number]
            }
        }
    }
}

/// Does something when it is no longer held.
private final class ChangeMark {
    private let release: () -> Void

    init(release: @escaping () -> Void) { self.release = release }

    deinit { release() }
}

extension Overrides {
    /// Overrides of a model that something is remembered of: `note` is called after each change.
    public static func telling(_ note: @escaping @Sendable (Environment) throws -> Void) -> Overrides {
        var overrides = Overrides()
        overrides.create = { records, rows, inherited in
            let ids = try inherited(rows)
            try note(records.environment)
            return ids
        }
        overrides.write = { records, values, inherited in
            try inherited(records, values)
            try note(records.environment)
        }
        overrides.unlink = { records, inherited in
            try inherited(records)
            try note(records.environment)
        }
        return overrides
    }
}
