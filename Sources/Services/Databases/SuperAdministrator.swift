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
        // One change at a time, so that the file and the memory agree.
        try hash.withLock { hash in
            guard store(new) else { throw ServiceError.failed("the password could not be stored in \(file)") }
            hash = new
        }
    }

    /// Written beside, brought to the disk and moved, so that a crash leaves the old or the new one whole; readable by
    /// the owner alone.
    private func store(_ hash: String) -> Bool {
        let temporary = file + ".new"
        unlink(temporary)
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return false }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try handle.write(contentsOf: Data((hash + "\n").utf8))
            try handle.synchronize()
        } catch {
            unlink(temporary)
            return false
        }
        guard rename(temporary, file) == 0 else { return false }
        // The move is on the disk when the folder is. It has taken place whatever this says.
        let folder = open((file as NSString).deletingLastPathComponent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if folder >= 0 {
            fsync(folder)
            close(folder)
        }
        return true
    }
}
