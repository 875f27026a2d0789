internal import Foundation
internal import Synchronization

/// Who may create and drop databases: one password, its hash kept in a file only the server can read.
public final class SuperAdministrator: Sendable {
    /// What every new installation starts with, as with the original.
    public static let defaultPassword = "admin"

    private let file: String
    private let authentication: Authentication
    private let hash: Mutex<String>

    /// Reads the file; without one the password is `initial`.
    ///
    /// - Throws: When the file is there but cannot be read.
    public init(file: String, initial: String, authentication: Authentication) throws {
        self.file = file
        self.authentication = authentication
        if FileManager.default.fileExists(atPath: file) {
            let text = try String(contentsOfFile: file, encoding: .utf8)
            hash = Mutex(text.trimmingCharacters(in: .whitespacesAndNewlines))
        } else {
            hash = Mutex(try authentication.hash(initial))
        }
    }

    func accepts(_ password: String) -> Bool {
        let hash = hash.withLock { $0 }
        return !password.isEmpty && authentication.matches(password, hash)
    }

    var hasDefaultPassword: Bool { accepts(Self.defaultPassword) }

    /// Changes the password for good.
    ///
    /// - Throws: When the file cannot be written; then the old one stays.
    func change(to password: String) throws {
        let new = try authentication.hash(password)
        // Written beside and moved, so that a crash leaves the old or the new one; readable by the owner alone.
        let temporary = file + ".new"
        let isWritten = FileManager.default.createFile(
            atPath: temporary, contents: Data((new + "\n").utf8), attributes: [.posixPermissions: 0o600])
        guard isWritten, rename(temporary, file) == 0 else {
            throw ServiceError.failed("the password could not be stored in \(file)")
        }
        hash.withLock { $0 = new }
    }
}
