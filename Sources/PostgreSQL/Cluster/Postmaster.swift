import CLibPQ
import Glibc

/// PostgreSQL's main process on a cluster's folder, as seen from outside.
///
/// Processes are recognised by their command lines, which may be read in containers, too, where their working folders
/// may not.
struct Postmaster {
    let folder: ClusterFolder
    let process: pid_t
    /// Where its socket lies.
    let socket: String

    private enum Identity {
        case postmaster
        case other
        /// It exists, and what it is cannot be seen.
        case hidden
        case gone
    }

    /// The running process that `postmaster.pid` names; nil when there is none, or the number is another program's.
    static func running(on folder: ClusterFolder) -> Postmaster? {
        guard let file = PIDFile(data: folder.data), let socket = file.socket else { return nil }
        switch identity(of: file.process, folder) {
        case .postmaster, .hidden: return Postmaster(folder: folder, process: file.process, socket: socket)
        case .other, .gone: return nil
        }
    }

    /// Starts PostgreSQL; it is not ready yet then.
    static func launch(
        on folder: ClusterFolder, _ account: ClusterAccount, _ programs: ProgramFolder, socket: SocketFolder,
        durable: Bool
    ) throws(ClusterError) -> Postmaster {
        let log = try openLog(folder)
        defer { close(log) }
        let settings = settings(folder, socket: socket, durable: durable).flatMap { ["-c", "\($0)=\($1)"] }
        var program = account.child(programs.program("postgres"), ["-D", folder.data] + settings)
        program.isDetached = true
        do {
            let process = try program.spawn(output: log, errors: log)
            return Postmaster(folder: folder, process: process, socket: socket.path)
        } catch {
            throw .startFailed(error.reason, log: folder.log)
        }
    }

    /// What a small cluster for one machine's users needs.
    private static func settings(
        _ folder: ClusterFolder, socket: SocketFolder, durable: Bool
    ) -> [(String, String)] {
        // A list of folders, in which quoted ones may have any character.
        let sockets =
            "\"\(socket.path.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\""))\""
        let speed = durable ? [] : [("fsync", "off"), ("full_page_writes", "off"), ("synchronous_commit", "off")]
        return [
            ("listen_addresses", ""), ("unix_socket_directories", sockets), ("unix_socket_permissions", "0700"),
            ("port", "\(SocketFolder.port)"), ("cluster_name", title(folder)), ("update_process_title", "on"),
            ("shared_buffers", "64MB"), ("max_connections", "128"), ("jit", "off"), ("autovacuum", "on"),
            ("logging_collector", "off"), ("log_destination", "stderr"),
        ] + speed
    }

    /// The log goes on at each start; one that has grown large becomes `.1` first.
    private static func openLog(_ folder: ClusterFolder) throws(ClusterError) -> Int32 {
        if let size = Folder(folder.log).status?.st_size, size > 10 << 20 { rename(folder.log, folder.log + ".1") }
        let log = open(folder.log, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard log >= 0 else { throw .folderNotWritable(folder.log, reason: Failure.text()) }
        return log
    }
}

// MARK: - Waiting

extension Postmaster {
    var connectionSettings: ConnectionSettings {
        ConnectionSettings(parameters: [
            "host": socket, "port": "\(SocketFolder.port)", "user": ClusterInitialization.superuser,
            "dbname": "postgres",
        ])
    }

    /// Waits until PostgreSQL takes connections; after a crash it first repairs the databases, which may take minutes.
    /// False when it ended instead.
    func isReady(within seconds: Double, progress: (String) -> Void) -> Bool {
        let start = Moment.now
        var told = false
        while Moment.now - start < seconds {
            let answer = try? connectionSettings.withCArrays { PQpingParams($0, $1, 0) }
            if answer == PQPING_OK { return true }
            if !isRunning { return false }
            if !told, Moment.now - start > 3 {
                progress("Waiting for PostgreSQL, which may be repairing its databases after a crash")
                told = true
            }
            Moment.pause(seconds: 0.02)
        }
        return false
    }

    /// Ends PostgreSQL: open transactions are rolled back, sessions closed. False when it does not go.
    func stop() -> Bool {
        kill(process, SIGINT)
        if isGone(within: 30) { return true }
        // The hard way: the next start has to repair, nothing that was committed is lost.
        kill(process, SIGQUIT)
        return isGone(within: 10)
    }

    private func isGone(within seconds: Double) -> Bool {
        let deadline = Moment.now + seconds
        while isRunning {
            if Moment.now > deadline { return false }
            Moment.pause(seconds: 0.01)
        }
        return true
    }

    private var isRunning: Bool {
        switch Self.identity(of: process, folder) {
        case .postmaster, .hidden: true
        case .other, .gone: false
        }
    }
}

// MARK: - Processes

extension Postmaster {
    /// Removes lock files of a PostgreSQL that is gone, when their process number is another program's by now, as is
    /// usual after a restart of a container: PostgreSQL itself would not start then.
    ///
    /// Not while any process of the old PostgreSQL is left, which could still write: these end by themselves.
    static func clearStaleFiles(_ folder: ClusterFolder, _ socket: SocketFolder) {
        guard let file = PIDFile(data: folder.data) else { return }
        let deadline = Moment.now + 10
        while hasProcesses(folder) {
            if Moment.now > deadline { return }
            Moment.pause(seconds: 0.05)
        }
        // Where the number is nobody's, PostgreSQL cleans up itself.
        guard case .other = identity(of: file.process, folder) else { return }
        unlink(file.path)
        unlink(socket.lockFile)
    }

    /// In the titles of all processes of this cluster; `postgres: apus_…: checkpointer`.
    private static func title(_ folder: ClusterFolder) -> String {
        // FNV-1a, the same in every run.
        let hash = folder.path.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        return "apus_" + String(hash, radix: 36)
    }

    private static func hasProcesses(_ folder: ClusterFolder) -> Bool {
        let title = "postgres: \(title(folder)):"
        return (Folder("/proc").entries ?? []).contains { entry in
            guard let process = pid_t(entry), let line = commandLine(of: process) else { return false }
            return line.first?.hasPrefix(title) ?? false || isPostmaster(line, folder)
        }
    }

    private static func identity(of process: pid_t, _ folder: ClusterFolder) -> Identity {
        // Our own ended children stay in the list of processes until they are asked for.
        var status: Int32 = 0
        waitpid(process, &status, WNOHANG)
        guard kill(process, 0) == 0 || errno == EPERM else { return .gone }
        guard let line = commandLine(of: process) else { return .hidden }
        // For a moment while it starts a program, and for ever once it has ended and nobody has asked for it.
        if line.isEmpty { return isDefunct(process) ? .gone : .hidden }
        return isPostmaster(line, folder) ? .postmaster : .other
    }

    /// In the moment of its start it is still the program that changes the user.
    private static func isPostmaster(_ line: [String], _ folder: ClusterFolder) -> Bool {
        zip(line, line.dropFirst()).contains { $0 == "-D" && $1 == folder.data }
    }

    /// `18308 (postgres) Z 1 …`
    private static func isDefunct(_ process: pid_t) -> Bool {
        guard let line = TextFile.read("/proc/\(process)/stat", limit: 4096), let name = line.lastIndex(of: ")") else {
            return true
        }
        return line[name...].hasPrefix(") Z")
    }

    private static func commandLine(of process: pid_t) -> [String]? {
        TextFile.read("/proc/\(process)/cmdline", limit: 1 << 20)?.split(separator: "\0").map { String($0) }
    }
}

/// `postmaster.pid`: which process serves a cluster's folder, and where its socket is.
struct PIDFile {
    let path: String
    let process: pid_t
    /// nil while PostgreSQL has not come that far.
    let socket: String?

    init?(data: String) {
        path = data + "/postmaster.pid"
        guard let lines = TextFile.read(path, limit: 1 << 16)?.split(separator: "\n", omittingEmptySubsequences: false),
            let process = lines.first.flatMap({ pid_t($0) }), process > 0
        else { return nil }
        self.process = process
        socket = lines.count > 4 && !lines[4].isEmpty ? String(lines[4]) : nil
    }
}
