internal import Foundation
internal import ORM
internal import PostgreSQL
internal import Synchronization
internal import Values

/// What this process remembers of one database as long as it runs, whatever becomes of the database's addons: the
/// caches with those who tell them what is stale.
final class DatabaseMemory: Sendable {
    let ports: Ports
    let credentials = CredentialCache()
    /// The mark of this process's own notices.
    let sender = UUID().uuidString
    private let definitions: Definitions
    private let listener = Mutex<ChangeListener?>(nil)

    init(ports: Ports) {
        self.ports = ports
        definitions = Definitions(sources: ports.catalog.sources)
        ports.caches.register(credentials)
        ports.caches.register(definitions)
    }

    /// Changes whenever a registry built before is stale.
    var epoch: Int { definitions.epoch }

    /// False while changes of other processes may pass unheard.
    var hears: Bool { listener.withLock { $0?.hears ?? false } }

    /// PostgreSQL's process this one listens to.
    var backend: Int? { listener.withLock { $0?.backend } }

    /// Hears of changes by this listener from now on; what came before is forgotten.
    func hear(by new: ChangeListener) {
        listener.withLock { listener in
            listener?.end()
            listener = new
        }
        ports.caches.changedEverything()
    }

    /// Tells that there is somebody to listen for.
    func noteUse() { listener.withLock { $0?.noteUse() } }

    /// Calls that are under way hold on to this, and tell those that come after of what they change.
    func endHearing() { listener.withLock { $0?.end() } }

    /// Counts the changes of what a registry is made of.
    private final class Definitions: RecordCache {
        let sources: Set<ModelName>
        private let count = Atomic(0)

        init(sources: Set<ModelName>) { self.sources = sources }

        var epoch: Int { count.load(ordering: .acquiring) }

        func forget() { count.add(1, ordering: .acquiringAndReleasing) }
    }
}
