internal import Crypto
internal import Foundation
internal import Synchronization
internal import Values

/// Slows down guessing: after a few failures in a row an address, or a user, waits longer for each further answer
/// (contract/README.md, difference 5).
///
/// The wait is handed to the transport, which answers later; no thread sleeps. Who guesses on over many connections
/// while several answers are held back is refused without a look at the password, whose check costs far more than the
/// guess. That is counted for one user at one address together, so that nobody keeps all others out.
///
/// Bounded: names are kept as digests, whatever their length, and the least telling ones are forgotten first.
final class LoginThrottle: Sendable {
    private struct Failures {
        var count = 0
        var last = 0.0
        /// Until when answers are held back, those that are yet to come.
        var held: [Double] = []
    }

    private typealias Key = SHA256.Digest

    private let failures = Mutex<[Key: Failures]>([:])
    /// Failures that cost nothing, per key.
    private static let free = 5
    /// The longest wait in seconds.
    private static let longest = 8.0
    /// So many answers may be held back for one user at one address.
    private static let patience = 4
    /// After this many quiet seconds failures are forgotten.
    private static let memory = 600.0
    private static let limit = 10_000

    /// How many keys are remembered; for tests.
    var count: Int { failures.withLock { $0.count } }

    /// Refuses a guess when too many answers to earlier ones are held back.
    ///
    /// - Throws: `ServiceError.tooManyGuesses`, held back until the first of those is out.
    func refuseHasty(address: String, user: String, delay: AnswerDelay) throws {
        let key = Self.key("both", address, user)
        let now = Timestamp.seconds
        let held = failures.withLock { $0[key]?.held.filter { $0 > now } ?? [] }
        guard held.count >= Self.patience, let first = held.min() else { return }
        delay.seconds = first - now
        throw ServiceError.tooManyGuesses
    }

    /// Notes a failed login and says how many seconds its answer shall wait.
    func failed(address: String, user: String) -> Double {
        let now = Timestamp.seconds
        let keys = (Self.key("address", address), Self.key("user", user), Self.key("both", address, user))
        return failures.withLock { failures in
            Self.makeRoom(in: &failures, now)
            let wait = max(Self.note(keys.0, now, &failures), Self.note(keys.1, now, &failures))
            if wait > 0 {
                let held = failures[keys.2]?.held.filter { $0 > now } ?? []
                failures[keys.2] = Failures(count: 1, last: now, held: held + [now + wait])
            }
            return wait
        }
    }

    /// A right password ends the row of failures of that user and address.
    func succeeded(address: String, user: String) {
        let keys = [Self.key("address", address), Self.key("user", user), Self.key("both", address, user)]
        failures.withLock { failures in
            for key in keys { failures[key] = nil }
        }
    }

    /// Forgets what is old, then those who failed a few times only, at last everything.
    private static func makeRoom(in failures: inout [Key: Failures], _ now: Double) {
        guard failures.count > limit else { return }
        failures = failures.filter { now - $0.value.last < memory }
        guard failures.count > limit else { return }
        failures = failures.filter { $0.value.count > free }
        if failures.count > limit { failures = [:] }
    }

    private static func note(_ key: Key, _ now: Double, _ failures: inout [Key: Failures]) -> Double {
        var entry = failures[key] ?? Failures()
        if now - entry.last > memory { entry.count = 0 }
        entry.count += 1
        entry.last = now
        failures[key] = entry
        guard entry.count > free else { return 0 }
        return min(longest, 0.25 * Double(1 << min(entry.count - free, 10)))
    }

    private static func key(_ parts: String...) -> Key {
        SHA256.hash(data: Data(parts.joined(separator: "\u{0}").utf8))
    }
}

/// How long the answer of one call shall be held back; set while the call runs, read when it is answered.
final class AnswerDelay {
    var seconds = 0.0
}
