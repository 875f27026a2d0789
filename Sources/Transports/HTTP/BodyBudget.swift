internal import Synchronization

/// The memory that the bodies of requests may take, those of all connections together: anybody may send them, before
/// any password is looked at.
///
/// Small bodies cost nothing, so that ordinary calls go on while the budget is spent; the number of connections bounds
/// what they take.
final class BodyBudget: Sendable {
    private let left: Mutex<Int>

    /// A body of this size is small.
    static let smallSize = 64 << 10

    init(bytes: Int) { left = Mutex(bytes) }

    /// One connection's part.
    final class Share {
        private let budget: BodyBudget
        private var taken = 0

        init(of budget: BodyBudget) { self.budget = budget }

        /// Takes what a body that has grown to this size needs more; false when it is not there.
        func grow(to size: Int) -> Bool {
            let more = size - smallSize - taken
            guard more > 0 else { return true }
            let isThere = budget.left.withLock { left in
                guard left >= more else { return false }
                left -= more
                return true
            }
            if isThere { taken += more }
            return isThere
        }

        /// Gives everything back: the body is gone.
        func release() {
            let taken = taken
            budget.left.withLock { $0 += taken }
            self.taken = 0
        }
    }
}
