internal import ORM
internal import PostgreSQL
internal import SQL
internal import Synchronization
internal import Values

/// Keeps the rights of users who called lately, for one database.
///
/// A change of rights empties it when the changing transaction commits; that transaction itself reads past it. What a
/// transaction found that does not see a change yet is never kept.
final class RightsCache: Sendable {
    private static let userLimit = 10_000
    /// Changes remembered by their transaction; older ones every transaction under way has long seen.
    private static let changeLimit = 32

    private struct State {
        var users: [RecordID: UserRights] = [:]
        /// Transactions under way that have changed rights.
        var changing: Set<ObjectIdentifier> = []
        /// Ids of the last committed transactions that changed rights, as PostgreSQL numbers them.
        var changes: [String] = []
    }

    private let state = Mutex(State())

    /// A user's rights, remembered or read.
    func rights(of user: RecordID, in environment: Environment) throws -> UserRights {
        let transaction = ObjectIdentifier(environment.transaction)
        let (known, isChanging, changes) = state.withLock { state in
            (state.users[user], state.changing.contains(transaction), state.changes)
        }
        if let known, !isChanging { return known }
        let (rights, isCurrent) = try UserRights.load(of: user, in: environment, seeing: changes)
        if isCurrent, !isChanging {
            state.withLock { state in
                guard state.changes == changes else { return }
                if state.users.count >= Self.userLimit { state.users = [:] }
                state.users[user] = rights
            }
        }
        return rights
    }

    /// The environment's transaction has changed rights, memberships or users.
    func noteChange(in environment: Environment) throws {
        let transaction = ObjectIdentifier(environment.transaction)
        let isNew = state.withLock { $0.changing.insert(transaction).inserted }
        if !isNew { return }
        let number = try environment.rows("SELECT pg_current_xact_id()::text").text(0, 0) ?? ""
        // The hook is dropped unrun when the transaction, or the savepoint around the change, is rolled back: the
        // mark goes with it.
        let mark = ChangeMark { [self] in _ = state.withLock { $0.changing.remove(transaction) } }
        environment.transaction.afterCommit.append { [self] in
            withExtendedLifetime(mark) { commit(number) }
        }
    }

    private func commit(_ number: String) {
        state.withLock { state in
            state.users = [:]
            state.changes = state.changes.suffix(Self.changeLimit - 1) + [number]
        }
    }
}

/// Does something when it is no longer held.
private final class ChangeMark {
    private let release: () -> Void

    init(release: @escaping () -> Void) { self.release = release }

    deinit { release() }
}
