import Glibc

/// Makes the files of a new cluster.
struct ClusterInitialization {
    let folder: ClusterFolder
    let account: ClusterAccount
    let programs: ProgramFolder
    /// Writes everything through to the disk.
    let durable: Bool

    /// The cluster's superuser, whom Apus connects as.
    static let superuser = "apus"

    /// What an earlier attempt has left is removed first.
    func run() throws(ClusterError) {
        do {
            let unfinished = Folder(folder.unfinished)
            try unfinished.removeAll()
            try unfinished.create(mode: 0o700)
            try account.own(unfinished.path)
            try runInitdb()
            try configure()
            guard rename(unfinished.path, folder.data) == 0 else { throw Failure.last }
            if durable { sync(folder.path) }
        } catch let error as ClusterError {
            throw error
        } catch let error as Failure {
            throw .folderNotWritable(folder.path, reason: error.reason)
        } catch {
            throw .initializationFailed("\(error)")
        }
    }

    private func runInitdb() throws(ClusterError) {
        var arguments = [
            "--pgdata=\(folder.unfinished)", "--username=\(Self.superuser)", "--auth=trust", "--encoding=UTF8",
            "--locale=\(Self.locale)",
        ]
        if !durable { arguments.append("--no-sync") }
        let outcome = account.child(programs.program("initdb"), arguments).run()
        guard outcome.exitCode == 0 else {
            throw .initializationFailed(outcome.errors.isEmpty ? outcome.output : outcome.errors)
        }
    }

    /// UTF-8 rules for letters, and an order of texts that is the same on every machine.
    private static var locale: String {
        guard let locale = newlocale(1 << LC_CTYPE | 1 << LC_COLLATE, "C.UTF-8", nil) else { return "C" }
        freelocale(locale)
        return "C.UTF-8"
    }

    /// Whoever reaches the socket is trusted, and only the user that PostgreSQL runs as (and root) can reach it. So
    /// nothing else may ever listen, not even when somebody starts this cluster by hand.
    private func configure() throws(Failure) {
        let access = "# Written by Apus: a private cluster, reached through the socket in a private folder only.\n"
        try TextFile.write(access + "local all all trust\n", to: folder.unfinished + "/pg_hba.conf")
        try TextFile.write(
            "\n# Added by Apus.\nlisten_addresses = ''\n", to: folder.unfinished + "/postgresql.conf", flags: O_APPEND)
        let marker = folder.unfinished + "/" + ClusterFolder.marker
        try TextFile.write("A private PostgreSQL cluster of Apus, made by PostgreSQL \(programs.major).\n", to: marker)
        try account.own(marker)
    }

    private func sync(_ path: String) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}
