import Glibc

/// The data folder of a private cluster: what lies where, and whether it is ours.
struct ClusterFolder {
    /// Absolute, without symbolic links.
    let path: String

    var data: String { path + "/postgresql" }
    /// Where `initdb` works. It becomes `data` by one rename, so that `data` is never half made.
    var unfinished: String { path + "/postgresql.unfinished" }
    var log: String { path + "/postgresql.log" }
    var socket: String { path + "/socket" }
    /// Names the socket's folder when `socket` would be too long a path.
    var socketRecord: String { path + "/socket-folder" }
    private var lockFile: String { path + "/apus.lock" }

    /// In the cluster's folder: says that Apus has made it.
    static let marker = "apus-cluster"

    /// In the lock's file, of a process that shares its PostgreSQL.
    private static let sharingMark = "shared\n"

    enum Content: Equatable {
        case nothing
        case cluster(major: Int)
    }

    /// Makes the folder if need be. What is there and is not ours is refused before anything is made.
    init(preparing wanted: String, for account: ClusterAccount) throws(ClusterError) {
        guard !wanted.isEmpty, !wanted.utf8.contains(0) else {
            throw .folderNotWritable(wanted.isEmpty ? "''" : wanted, reason: "this is not a path")
        }
        if let present = Folder(wanted).absolutePath { try Self.check(present, for: account) }
        let isNew: Bool
        do {
            isNew = try Folder(wanted).create(mode: 0o700)
        } catch {
            throw .folderNotWritable(wanted, reason: error.reason)
        }
        guard let absolute = Folder(wanted).absolutePath else {
            throw .folderNotWritable(wanted, reason: Failure.text())
        }
        path = absolute
        guard access(path, W_OK | X_OK) == 0 else { throw .folderNotWritable(path, reason: Failure.text()) }
        guard account.isSwitched, let barrier = account.barrier(to: path) else { return }
        // A folder that holds nothing yet may be given away; others are their owner's business.
        guard barrier == path, isNew || Folder(path).entries == [], (try? account.own(path)) != nil else {
            throw .folderNotTraversable(barrier, user: account.name)
        }
    }

    private static func check(_ path: String, for account: ClusterAccount) throws(ClusterError) {
        // Somebody means a cluster of their own.
        if access(path + "/PG_VERSION", F_OK) == 0 { throw .foreignFolder(path) }
        _ = try content(of: path + "/postgresql", for: account)
    }

    /// What is in the cluster's folder.
    func content(for account: ClusterAccount) throws(ClusterError) -> Content {
        try Self.content(of: data, for: account)
    }

    private static func content(of data: String, for account: ClusterAccount) throws(ClusterError) -> Content {
        guard let status = Folder(data).status else { return .nothing }
        guard Folder.isFolder(status) else { throw .foreignFolder(data) }
        let isOurs = status.st_uid == account.user
        guard let entries = Folder(data).entries else {
            if isOurs { throw .folderNotWritable(data, reason: Failure.text()) }
            throw .wrongOwner(data, user: ClusterAccount.name(of: status.st_uid))
        }
        if entries.isEmpty { return .nothing }
        guard entries.contains(marker),
            let major = TextFile.read(data + "/PG_VERSION", limit: 64).flatMap({ Int($0.prefix(while: \.isNumber)) })
        else { throw .foreignFolder(data) }
        guard isOurs else { throw .wrongOwner(data, user: ClusterAccount.name(of: status.st_uid)) }
        return .cluster(major: major)
    }

    /// Takes the folder for this process, which may share its PostgreSQL with others.
    func lock(sharing: Bool) throws(ClusterError) -> FolderLock {
        let descriptor = open(lockFile, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .folderNotWritable(path, reason: "apus.lock: \(Failure.text())") }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            close(descriptor)
            if code == EWOULDBLOCK { throw .folderInUse(path) }
            throw .folderNotWritable(path, reason: "apus.lock: \(Failure.text(code))")
        }
        let lock = FolderLock(descriptor)
        do {
            // What is there was written by one before.
            try TextFile.write(sharing ? Self.sharingMark : "", to: lockFile)
        } catch {
            throw .folderNotWritable(path, reason: "apus.lock: \(error.reason)")
        }
        return lock
    }

    /// Whether the process that has the folder shares its PostgreSQL.
    var isShared: Bool { TextFile.read(lockFile, limit: 100) == Self.sharingMark }
}

/// A folder taken for this process, until the last reference goes or the process ends, however it ends.
final class FolderLock: Sendable {
    private let descriptor: Int32

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }
}
