import CLibPQ
import Glibc
public import SQL

/// A message that another session, or this one, sent with `pg_notify`.
public struct Notification: Hashable, Sendable {
    /// What it is about, as `listen(to:)` spelled it.
    public let channel: String
    /// At most 8000 bytes; empty when the sender gave none.
    public let payload: String
    /// The sender is this very connection.
    public let isOwn: Bool
}

extension Connection {
    /// Asks for the notifications of a channel from now on. A pool's connection must hear no more, by `UNLISTEN *`, or
    /// be closed before it goes back.
    public func listen(to channel: String) throws(PostgreSQLError) {
        try execute(script: Self.listening(to: channel).rendered().text)
    }

    /// The statement of `listen(to:)`, to go out with others; in a transaction it counts from its commit.
    public static func listening(to channel: String) -> SQL { "LISTEN \(table: channel)" }

    /// The notifications that have come in; waits up to `seconds` for the first one, or until the waker is raised.
    /// Empty when there is none.
    public func notifications(
        waiting seconds: Double, until waker: Waker? = nil
    ) throws(PostgreSQLError) -> [Notification] {
        let handle = try openHandle()
        let deadline = Moment.now + seconds
        while true {
            guard PQconsumeInput(handle) == 1, PQstatus(handle) == CONNECTION_OK else { throw lost() }
            let arrived = received(on: handle)
            let remaining = deadline - Moment.now
            if !arrived.isEmpty || remaining <= 0 { return arrived }
            // A negative one is passed over.
            var sources = [PQsocket(handle), waker?.descriptor ?? -1].map {
                pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
            }
            poll(&sources, nfds_t(sources.count), Int32(min(remaining * 1000, 60_000).rounded(.up)))
            if sources[1].revents != 0 { return arrived }
        }
    }

    private func received(on handle: OpaquePointer) -> [Notification] {
        var list: [Notification] = []
        while let notification = PQnotifies(handle) {
            list.append(
                Notification(
                    channel: String(cString: notification.pointee.relname),
                    payload: String(cString: notification.pointee.extra),
                    isOwn: notification.pointee.be_pid == PQbackendPID(handle)))
            PQfreemem(notification)
        }
        return list
    }
}
