internal import Crypto
internal import CryptoExtras
internal import Foundation
internal import ORM

/// How passwords are kept: as salted scrypt hashes, never as they are.
///
/// The column `password` of OpenERP holds 64 characters, and a hash must fit an adopted database. So a hash is `$s1$`
/// and 60 characters of Base64: 15 bytes of salt and 30 bytes of key, which make no padding. `1` stands for the costs
/// below; other costs get another number.
public enum Passwords {
    private static let mark = "$s1$"
    private static let saltSize = 15
    private static let keySize = 30
    /// 16 MiB and some 50 ms a password.
    private static let rounds = 16_384
    private static let blockSize = 8
    private static let parallelism = 1
    /// Longer ones only cost time.
    private static let lengthLimit = 1_024

    /// What a stored text says of a password.
    public enum Verdict: Equatable, Sendable {
        case wrong
        case right
        /// The password is right, but stored in the clear, as OpenERP did: it should be replaced by its hash.
        case rightInClear
    }

    /// The hash of a password, with a new salt: 64 characters.
    ///
    /// - Throws: `UserError` for an empty or oversized one.
    public static func hash(_ password: String) throws -> String {
        guard !password.isEmpty, password.utf8.count <= lengthLimit else {
            throw UserError("Warning!", "A password has between 1 and \(lengthLimit) characters.")
        }
        var generator = SystemRandomNumberGenerator()
        let salt = (0..<saltSize).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        return mark + Data(salt + (try key(of: password, salt: salt))).base64EncodedString()
    }

    /// Compares a password with what is stored, in a time that tells nothing of how much of it was right.
    ///
    /// Nothing is right where nothing is stored, and an empty password never is.
    public static func verify(_ password: String, against stored: String?) throws -> Verdict {
        guard !password.isEmpty, password.utf8.count <= lengthLimit, let stored, !stored.isEmpty else { return .wrong }
        guard let hash = parts(of: stored) else {
            return isEqual(Array(password.utf8), Array(stored.utf8)) ? .rightInClear : .wrong
        }
        return isEqual(try key(of: password, salt: hash.salt), hash.key) ? .right : .wrong
    }

    /// Spends the time of a verification where there is nothing to verify, so that an unknown login answers no sooner
    /// than a wrong password.
    static func spendTime(on password: String) throws {
        guard password.utf8.count <= lengthLimit else { return }
        _ = try key(of: password, salt: [UInt8](repeating: 0, count: saltSize))
    }

    // MARK: - Parts

    /// Salt and key of a stored hash; nil for anything else, which is a password in the clear.
    private static func parts(of stored: String) -> (salt: [UInt8], key: [UInt8])? {
        guard stored.hasPrefix(mark), let data = Data(base64Encoded: String(stored.dropFirst(mark.count))),
            data.count == saltSize + keySize
        else { return nil }
        return (Array(data.prefix(saltSize)), Array(data.suffix(keySize)))
    }

    private static func key(of password: String, salt: [UInt8]) throws -> [UInt8] {
        try KDF.Scrypt.deriveKey(
            from: Array(password.utf8), salt: salt, outputByteCount: keySize, rounds: rounds, blockSize: blockSize,
            parallelism: parallelism
        ).withUnsafeBytes { Array($0) }
    }

    private static func isEqual(_ first: [UInt8], _ second: [UInt8]) -> Bool {
        guard first.count == second.count else { return false }
        var difference: UInt8 = 0
        for (one, other) in zip(first, second) { difference |= one ^ other }
        return difference == 0
    }
}
