internal import Crypto
internal import Foundation
internal import ORM
internal import Synchronization
internal import Values

/// Remembers which passwords were found right, so that the slow hash is computed once and not for each call.
///
/// Keys are keyed digests: neither passwords nor anything that tells them lies in memory. Bounded; dropped whole when
/// users change.
final class CredentialCache: RecordCache {
    let sources: Set<ModelName> = ["res.users"]

    private let key = SymmetricKey(size: .bits256)
    private let state = Mutex(State())

    private struct State {
        var known: Set<[UInt8]> = []
        var epoch = 0
    }

    private static let limit = 10_000

    /// True when this password of this user was verified before.
    func contains(uid: RecordID, password: String) -> Bool {
        let digest = digest(uid, password)
        return state.withLock { $0.known.contains(digest) }
    }

    /// Changes with every `forget`. Asked before a password is verified.
    var epoch: Int { state.withLock { $0.epoch } }

    /// Remembers a password verified since `epoch`; one that may have been changed meanwhile is not.
    func insert(uid: RecordID, password: String, since epoch: Int) {
        let digest = digest(uid, password)
        state.withLock { state in
            guard state.epoch == epoch else { return }
            if state.known.count >= Self.limit { state.known = [] }
            state.known.insert(digest)
        }
    }

    /// Forgets everything: a user was changed or deleted.
    func forget() {
        state.withLock { state in
            state.known = []
            state.epoch += 1
        }
    }

    private func digest(_ uid: RecordID, _ password: String) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Data("\(uid)\u{0}\(password)".utf8), using: key))
    }
}
