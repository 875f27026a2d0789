import Glibc

/// Wakes the thread that waits for notifications on a connection, for good: it waits no more from then on.
public final class Waker: Sendable {
    /// Can be read from once it has been raised.
    let descriptor: Int32
    private let other: Int32

    public init() throws(PostgreSQLError) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw .connection("no pipe: \(Failure.text())\n") }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        (descriptor, other) = (ends[0], ends[1])
    }

    deinit {
        close(descriptor)
        close(other)
    }

    /// Harmless when repeated.
    public func raise() {
        var byte: UInt8 = 1
        _ = write(other, &byte, 1)
    }
}
