internal import Foundation
internal import Logging
internal import ORM
internal import PostgreSQL
internal import SQL
internal import Synchronization

/// Hears what other processes change in one database, on a connection and a thread of its own, and has the caches of
/// this process forget it.
///
/// When its connection is lost nobody knows what has changed meanwhile: everything is forgotten, and the listener is
/// deaf for good. The same happens when nobody has called for a while. Another one takes its place with the next call.
final class ChangeListener: Sendable {
    /// PostgreSQL's process that this one listens to.
    let backend: Int
    private let isOpen = Atomic(true)
    private let waker: Waker
    private let lastUse = Mutex(ContinuousClock.now)
    private let patience: Double
    private let caches: CacheBoard
    private let sender: String
    private let logger: Logger

    /// Listens when it returns.
    ///
    /// - Parameters:
    ///   - sender: The mark of this process's own notices, which it has acted upon itself.
    ///   - patience: For how many seconds it goes on without being used.
    init(
        to database: ConnectionSettings, caches: CacheBoard, sender: String, patience: Double, logger: Logger
    ) throws {
        self.caches = caches
        self.sender = sender
        self.patience = patience
        self.logger = logger
        waker = try Waker()
        let connection = try Connection(Self.watched(database))
        try connection.execute(script: Self.watching)
        try connection.listen(to: ChangeNotice.channel)
        // Named when it listens, and not before: senders wait for the answers of those who bear the name.
        try connection.execute(script: "SET application_name = '\(ChangeNotice.listenerName)'")
        backend = try connection.run("SELECT pg_backend_pid()").integer(0, 0) ?? 0
        let thread = Thread { [self] in listen(on: connection) }
        thread.name = "change-listener"
        thread.stackSize = 1 << 20
        thread.start()
    }

    /// Nothing is said on the connection for hours: its ends ask each other each minute whether they are still there,
    /// and give it up half a minute after the first question that is not answered.
    private static func watched(_ database: ConnectionSettings) -> ConnectionSettings {
        database.with("keepalives_idle", "60").with("keepalives_interval", "10").with("keepalives_count", "3")
            .with("tcp_user_timeout", "30000")
    }

    /// The same for PostgreSQL's end, which has no part in it on a Unix socket.
    private static let watching = """
        SET tcp_keepalives_idle = 60; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3
        """

    /// False once changes may pass unheard.
    var hears: Bool { isOpen.load(ordering: .acquiring) }

    /// Tells that there is somebody to listen for.
    func noteUse() { lastUse.withLock { $0 = .now } }

    private var isNeeded: Bool { ContinuousClock.now - lastUse.withLock { $0 } < .seconds(patience) }

    /// Hears no more; the connection is closed a moment later, by the thread that uses it.
    func end() {
        isOpen.store(false, ordering: .releasing)
        waker.raise()
    }

    private func listen(on connection: Connection) {
        do {
            while hears, isNeeded {
                for notification in try connection.notifications(waiting: min(60, patience), until: waker) {
                    guard let notice = ChangeNotice(notification.payload), notice.sender != sender else { continue }
                    if let models = notice.models { caches.changed(models) } else { caches.changedEverything() }
                    try notice.answer(on: connection)
                }
            }
        } catch {
            logger.debug("no longer hears of changes", metadata: ["reason": "\(error)"])
        }
        isOpen.store(false, ordering: .releasing)
        caches.changedEverything()
        connection.close()
    }
}
