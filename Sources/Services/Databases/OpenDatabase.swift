internal import ORM
internal import Synchronization

/// A database the server works on: its registry, swapped whole when addons change, and what is remembered of users.
final class OpenDatabase: Sendable {
    let name: String
    let credentials = CredentialCache()
    private let current: Mutex<Registry>

    init(name: String, registry: Registry) {
        self.name = name
        current = Mutex(registry)
    }

    /// The registry for a new call; calls under way keep the one they began with.
    var registry: Registry { current.withLock { $0 } }

    func swap(registry: Registry) { current.withLock { $0 = registry } }
}
