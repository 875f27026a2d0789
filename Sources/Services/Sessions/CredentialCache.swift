internal import Crypto
internal import Foundation
internal import Synchronization
internal import Values

/// Remembers which passwords were found right, so that the slow hash is computed once and not for each call.
///
/// Keys are keyed digests: neither passwords nor anything that tells them lies in memory. Bounded; dropped whole when
/// users change.
final class CredentialCache: Sendable {
    private let key = SymmetricKey(size: .bits256)
    private let known = Mutex<Set<[UInt8]>>([])
    private static let limit = 10_000

    /// True when this password of this user was verified before.
    func contains(uid: RecordID, password: String) -> Bool {
        let digest = digest(uid, password)
        return known.withLock { $0.contains(digest) }
    }

    /// Remembers a verified password.
    func insert(uid: RecordID, password: String) {
        let digest = digest(uid, password)
        known.withLock { known in
            if known.count >= Self.limit { known = [] }
            known.insert(digest)
        }
    }

    /// Forgets everything: a user was changed or deleted.
    func removeAll() { known.withLock { $0 = [] } }

    private func digest(_ uid: RecordID, _ password: String) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Data("\(uid)\u{0}\(password)".utf8), using: key))
    }
}
