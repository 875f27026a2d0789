/// How much of other transactions' work a transaction sees.
public enum Isolation: Sendable {
    /// Each statement sees what was committed before it began.
    case readCommitted
    /// All statements see the state before the first; writing what another has changed meanwhile fails, and the
    /// transaction has to be run again.
    case repeatableRead

    var clause: String {
        switch self {
        case .readCommitted: "READ COMMITTED"
        case .repeatableRead: "REPEATABLE READ"
        }
    }
}
