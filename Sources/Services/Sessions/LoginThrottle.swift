internal import Synchronization
internal import Values

/// Slows down guessing: after a few failures in a row an address, or a user, waits longer for each further answer
/// (contract/README.md, difference 5).
///
/// The wait is handed to the transport, which answers later; no thread sleeps.
final class LoginThrottle: Sendable {
    private struct Failures {
        var count = 0
        var last = 0.0
    }

    private let failures = Mutex<[String: Failures]>([:])
    /// Failures that cost nothing, per key.
    private static let free = 5
    /// The longest wait in seconds.
    private static let longest = 8.0
    /// After this many quiet seconds failures are forgotten.
    private static let memory = 600.0
    private static let limit = 10_000

    /// Notes a failed login and says how many seconds its answer shall wait.
    func failed(address: String, user: String) -> Double {
        let now = Timestamp.seconds
        return failures.withLock { failures in
            if failures.count > Self.limit { failures = failures.filter { now - $0.value.last < Self.memory } }
            if failures.count > Self.limit { failures = [:] }
            return max(Self.note("a:" + address, now, &failures), Self.note("u:" + user, now, &failures))
        }
    }

    /// A right password ends the row of failures of that user and address.
    func succeeded(address: String, user: String) {
        failures.withLock {
            $0["a:" + address] = nil
            $0["u:" + user] = nil
        }
    }

    private static func note(_ key: String, _ now: Double, _ failures: inout [String: Failures]) -> Double {
        var entry = failures[key] ?? Failures()
        if now - entry.last > memory { entry.count = 0 }
        entry.count += 1
        entry.last = now
        failures[key] = entry
        guard entry.count > free else { return 0 }
        return min(longest, 0.25 * Double(1 << min(entry.count - free, 10)))
    }
}

/// How long the answer of one call shall be held back; set while the call runs, read when it is answered.
final class AnswerDelay {
    var seconds = 0.0
}
