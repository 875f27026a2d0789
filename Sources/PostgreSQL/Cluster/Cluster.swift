import Synchronization

/// A PostgreSQL of our own, for people who have not set one up: made in a folder on the first start, reached through a
/// Unix socket that only we can reach, stopped with us.
///
/// It survives the sudden death of this process, and the next start takes it over. In `folder` lie the databases
/// (`postgresql`), `postgresql.log`, `apus.lock` and the socket; other things of Apus may lie beside them. As root,
/// PostgreSQL's programs run as the user `postgres`.
public final class Cluster: Sendable {
    private struct Running {
        let postmaster: Postmaster
        let lock: FolderLock
    }

    private let path: String
    private let durable: Bool
    private let programFolders: [String]?
    private let running = Mutex<Running?>(nil)

    /// How long PostgreSQL may take to repair its databases after a crash.
    private static let patience: Double = 600

    /// `durable: false` is for tests: faster, and everything may be lost when the machine stops. `programFolders` are
    /// where to look for PostgreSQL's programs, instead of the places where packages put them.
    public init(folder: String, durable: Bool = true, programFolders: [String]? = nil) {
        path = folder
        self.durable = durable
        self.programFolders = programFolders
    }

    /// Starts PostgreSQL, or takes over one that runs on the folder. Answers how to reach its database `postgres`, as
    /// its superuser. Harmless when repeated.
    ///
    /// - Parameters:
    ///   - sharing: Whether others may use it meanwhile, as a server's; they lose it when it is stopped.
    ///   - progress: Told, in plain sentences, what takes time.
    public func start(
        sharing: Bool = false, progress: (String) -> Void = { _ in }
    ) throws(ClusterError) -> ConnectionSettings {
        try running.withLock { (running) throws(ClusterError) -> ConnectionSettings in
            if let running { return running.postmaster.connectionSettings }
            let account = try ClusterAccount.current()
            let folder = try ClusterFolder(preparing: path, for: account)
            let lock = try folder.lock(sharing: sharing)
            let programs = try prepare(folder, account, progress)
            let postmaster = try bringUp(folder, account, programs, progress)
            running = Running(postmaster: postmaster, lock: lock)
            return postmaster.connectionSettings
        }
    }

    /// How to reach a PostgreSQL that another Apus runs on the folder and shares, once it is ready; nil when there is
    /// none. It is left to that Apus: `stop` does not stop it.
    public func shared() throws(ClusterError) -> ConnectionSettings? {
        let folder = try ClusterFolder(preparing: path, for: .current())
        guard folder.isShared, let present = Postmaster.running(on: folder),
            present.isReady(within: Self.patience, progress: { _ in })
        else { return nil }
        return present.connectionSettings
    }

    /// Stops PostgreSQL and waits for its end, 40 seconds at most. Harmless when nothing runs.
    public func stop() throws(ClusterError) {
        try running.withLock { (running) throws(ClusterError) in
            guard let postmaster = running?.postmaster else { return }
            guard postmaster.stop() else { throw .stopFailed(postmaster.folder.data) }
            SocketFolder.removeTemporary(of: postmaster.folder)
            running = nil
        }
    }

    /// The process number of PostgreSQL; nil when it was not started.
    var process: Int32? { running.withLock { $0?.postmaster.process } }

    /// Makes the cluster if there is none; the programs of its version.
    private func prepare(
        _ folder: ClusterFolder, _ account: ClusterAccount, _ progress: (String) -> Void
    ) throws(ClusterError) -> ProgramFolder {
        let installed = ProgramFolder.servers(in: programFolders)
        guard let newest = installed.first else { throw .programsMissing("postgres", package: "postgresql") }
        switch try folder.content(for: account) {
        case .cluster(let major):
            guard let programs = installed.first(where: { $0.major == major }) else {
                throw .versionMismatch(folder.data, version: major, installed: installed.map(\.major))
            }
            return programs
        case .nothing:
            progress("Making a private PostgreSQL \(newest.major) in \(folder.path), once")
            try ClusterInitialization(folder: folder, account: account, programs: newest, durable: durable).run()
            return newest
        }
    }

    private func bringUp(
        _ folder: ClusterFolder, _ account: ClusterAccount, _ programs: ProgramFolder, _ progress: (String) -> Void
    ) throws(ClusterError) -> Postmaster {
        // One that is just stopping is waited for: it is never ready, and then gone.
        if let present = Postmaster.running(on: folder), present.isReady(within: Self.patience, progress: progress) {
            return present
        }
        let socket = try SocketFolder.prepare(for: folder, account)
        Postmaster.clearStaleFiles(folder, socket)
        let started = try Postmaster.launch(on: folder, account, programs, socket: socket, durable: durable)
        guard started.isReady(within: Self.patience, progress: progress) else {
            throw .startFailed(TextFile.tail(folder.log, lines: 3), log: folder.log)
        }
        return started
    }
}
