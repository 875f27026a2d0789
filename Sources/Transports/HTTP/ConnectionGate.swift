internal import NIOCore
internal import Synchronization

/// Counts open connections and lets in no more than the limit.
final class ConnectionGate: Sendable {
    private let open = Mutex(0)
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    /// False when the limit is reached; otherwise the channel counts until it closes.
    func enter(_ channel: any Channel) -> Bool {
        let isWithin = open.withLock { open in
            guard open < limit else { return false }
            open += 1
            return true
        }
        if isWithin { channel.closeFuture.whenComplete { _ in self.open.withLock { $0 -= 1 } } }
        return isWithin
    }
}
