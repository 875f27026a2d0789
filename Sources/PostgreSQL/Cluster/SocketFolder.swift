import Glibc

/// The folder of a cluster's Unix socket. Only the cluster's user may enter it, which is all the protection there is.
struct SocketFolder {
    let path: String

    static let port = 5432
    private static let temporaryPrefix = "/tmp/apus-"

    /// `socket` in the cluster's folder or, when the socket's path would be longer than the system can take, a folder
    /// in /tmp that is written down in the cluster's folder.
    static func prepare(for folder: ClusterFolder, _ account: ClusterAccount) throws(ClusterError) -> SocketFolder {
        do {
            guard isUsable(folder.socket) else { return try temporary(for: folder, account) }
            try Folder(folder.socket).create(mode: 0o700)
            guard Folder(folder.socket).exists else { throw Failure(reason: "it is not a folder") }
            try account.own(folder.socket)
            guard chmod(folder.socket, 0o700) == 0 else { throw Failure.last }
            return SocketFolder(path: folder.socket)
        } catch let error as Failure {
            throw .folderNotWritable(folder.socket, reason: error.reason)
        } catch {
            throw .folderNotWritable(folder.socket, reason: "\(error)")
        }
    }

    /// 107 bytes are what fits into a socket's address; libpq takes a comma for a second host.
    static func isUsable(_ path: String) -> Bool {
        "\(path)/.s.PGSQL.\(port)".utf8.count <= 107 && !path.contains(",")
    }

    private static func temporary(
        for folder: ClusterFolder, _ account: ClusterAccount
    ) throws(Failure) -> SocketFolder {
        if let recorded = recorded(for: folder), isPrivate(recorded, of: account) {
            return SocketFolder(path: recorded)
        }
        let path = try TemporaryPath.folder(temporaryPrefix)
        try account.own(path)
        try TextFile.write(path, to: folder.socketRecord)
        return SocketFolder(path: path)
    }

    private static func recorded(for folder: ClusterFolder) -> String? {
        guard let text = TextFile.read(folder.socketRecord, limit: 200)?.trimmedLines else { return nil }
        return text.hasPrefix(temporaryPrefix) && !text.dropFirst(temporaryPrefix.count).contains("/") ? text : nil
    }

    private static func isPrivate(_ path: String, of account: ClusterAccount) -> Bool {
        guard let status = Folder(path).status else { return false }
        return Folder.isFolder(status) && status.st_uid == account.user && status.st_mode & 0o077 == 0
    }

    /// Removes the folder in /tmp, if there is one, after the cluster has stopped.
    static func removeTemporary(of folder: ClusterFolder) {
        guard let path = recorded(for: folder) else { return }
        rmdir(path)
        unlink(folder.socketRecord)
    }

    /// Reads from another process number's lock on the socket, for the same reason as `Postmaster.clearStaleFiles`.
    var lockFile: String { "\(path)/.s.PGSQL.\(Self.port).lock" }
}
