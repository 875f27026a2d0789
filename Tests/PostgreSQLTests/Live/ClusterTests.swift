import Glibc
import SQL
import Testing

@testable import PostgreSQL

@Suite struct ClusterTests {
    /// Calls `body` with a folder; what runs on it is stopped afterwards, and the folder removed.
    private func withFolder(_ body: (String) throws -> Void) throws {
        let path = try TestCluster.temporaryFolder()
        defer {
            let cluster = Cluster(folder: path, durable: false)
            if ClusterTests.isInitialized(path), (try? cluster.start()) != nil { try? cluster.stop() }
            try? Folder(path).removeAll()
        }
        try body(path)
    }

    private static func isInitialized(_ path: String) -> Bool {
        access(path + "/postgresql/apus-cluster", F_OK) == 0
    }

    private func thrown(by body: () throws -> Void) -> ClusterError? {
        do {
            try body()
            return nil
        } catch {
            return error as? ClusterError
        }
    }

    @Test func `a cluster is made once, private, and keeps its databases`() throws {
        try withFolder { path in
            var told: [String] = []
            // What a killed attempt leaves behind, in a folder that PostgreSQL's user may enter.
            try #require(chmod(path, 0o755) == 0)
            try Folder(path + "/postgresql.unfinished/base").create(mode: 0o700)
            let first = Cluster(folder: path, durable: false)
            let settings = try first.start { told.append($0) }
            #expect(told.count == 1)
            #expect(!Folder(path + "/postgresql.unfinished").exists)
            #expect(Folder(path + "/socket").status.map { $0.st_mode & 0o777 } == 0o700)
            #expect(Folder(path + "/postgresql").status.map { $0.st_mode & 0o777 } == 0o700)
            let connection = try Connection(settings)
            #expect(try connection.run("SELECT current_user").text(0, 0) == "apus")
            #expect(try connection.run("SHOW listen_addresses").text(0, 0) == "")
            #expect(try connection.run("SHOW fsync").text(0, 0) == "off")
            try connection.execute(script: "CREATE TABLE kept (id int)")
            // Harmless when repeated.
            #expect(try first.start() == settings)
            // It goes with its owner, so nobody else is to use it.
            #expect(try Cluster(folder: path).shared() == nil)
            try first.stop()
            try first.stop()
            #expect(PIDFile(data: path + "/postgresql") == nil)

            let second = Cluster(folder: path, durable: false)
            let began = Moment.now
            let again = try Connection(second.start(sharing: true) { told.append($0) })
            #expect(Moment.now - began < 5)
            #expect(told.count == 1)
            #expect(try again.run("SELECT count(*) FROM kept").integer(0, 0) == 0)
            let other = Cluster(folder: path)
            #expect(thrown { _ = try other.start() } == .folderInUse(path))
            let shared = try Connection(try #require(try other.shared()))
            #expect(try shared.run("SELECT count(*) FROM kept").integer(0, 0) == 0)
            // It is not the other's to stop.
            try other.stop()
            #expect(try again.run("SELECT 1").integer(0, 0) == 1)
            try second.stop()
            #expect(try other.shared() == nil)
        }
    }

    @Test func `a cluster that outlived its owner is taken over`() throws {
        try withFolder { path in
            // Dropping the object is what the kernel does for a killed process: the lock goes, PostgreSQL stays.
            let process = try {
                let cluster = Cluster(folder: path, durable: false)
                _ = try cluster.start()
                return cluster.process
            }()
            let heir = Cluster(folder: path, durable: false)
            let connection = try Connection(heir.start())
            #expect(heir.process == process)
            #expect(try connection.run("SELECT 1").integer(0, 0) == 1)
            try heir.stop()
            #expect(PIDFile(data: path + "/postgresql") == nil)
        }
    }

    @Test func `a killed PostgreSQL is started again`() throws {
        try withFolder { path in
            do {
                let cluster = Cluster(folder: path, durable: true)
                let connection = try Connection(cluster.start())
                try connection.execute(script: "CREATE TABLE kept (id int)")
                kill(try #require(cluster.process), SIGKILL)
            }
            // Its number is another program's by now: ours.
            let file = path + "/postgresql/postmaster.pid"
            let lines = try #require(TextFile.read(file, limit: 10_000)).split(
                separator: "\n", omittingEmptySubsequences: false)
            try TextFile.write(([Substring("\(getpid())")] + lines.dropFirst()).joined(separator: "\n"), to: file)
            let cluster = Cluster(folder: path, durable: true)
            let connection = try Connection(cluster.start())
            #expect(try connection.run("SELECT count(*) FROM kept").integer(0, 0) == 0)
            try cluster.stop()
        }
    }

    @Test func `a long path puts the socket elsewhere`() throws {
        try withFolder { parent in
            // The user that PostgreSQL runs as must get through.
            try #require(chmod(parent, 0o755) == 0)
            let path = parent + "/" + String(repeating: "x", count: 100)
            let cluster = Cluster(folder: path, durable: false)
            let settings = try cluster.start()
            let socket = try #require(settings["host"])
            #expect(socket.hasPrefix("/tmp/apus-"))
            #expect(Folder(socket).status.map { $0.st_mode & 0o777 } == 0o700)
            _ = try Connection(settings)
            try cluster.stop()
            #expect(!Folder(socket).exists)
        }
    }
}

/// What is refused before PostgreSQL comes into play.
@Suite struct ClusterFolderTests {
    private func withFolder(_ body: (String) throws -> Void) throws {
        let path = try TestCluster.temporaryFolder()
        defer { try? Folder(path).removeAll() }
        try body(path)
    }

    private func error(of cluster: Cluster) -> ClusterError? {
        do throws(ClusterError) {
            _ = try cluster.start()
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: ["PG_VERSION", "somebody's file"])
    func `files that are not ours are left alone`(_ name: String) throws {
        try withFolder { path in
            try Folder(path + "/postgresql").create(mode: 0o700)
            try TextFile.write("15\n", to: path + "/postgresql/" + name)
            #expect(error(of: Cluster(folder: path)) == .foreignFolder(path + "/postgresql"))
            #expect(Folder(path).entries == ["postgresql"])
            #expect(Folder(path + "/postgresql").entries == [name])
        }
    }

    @Test func `somebody's own cluster is left alone`() throws {
        try withFolder { path in
            try TextFile.write("15\n", to: path + "/PG_VERSION")
            #expect(error(of: Cluster(folder: path)) == .foreignFolder(path))
            #expect(Folder(path).entries == ["PG_VERSION"])
        }
    }

    @Test func `missing programs are told`() throws {
        try withFolder { path in
            #expect(
                error(of: Cluster(folder: path, programFolders: [path]))
                    == .programsMissing("postgres", package: "postgresql"))
        }
    }

    @Test func `another version's cluster is told`() throws {
        try withFolder { path in
            let account = try ClusterAccount.current()
            let data = path + "/postgresql"
            try Folder(data).create(mode: 0o700)
            try TextFile.write("7\n", to: data + "/PG_VERSION")
            try TextFile.write("", to: data + "/apus-cluster")
            try account.own(data)
            if account.isSwitched { try #require(chmod(path, 0o755) == 0) }
            let installed = ProgramFolder.servers().map(\.major)
            #expect(
                error(of: Cluster(folder: path)) == .versionMismatch(data, version: 7, installed: installed))
        }
    }

    @Test func `a folder that cannot be made is told`() throws {
        try withFolder { path in
            try TextFile.write("", to: path + "/file")
            guard case .folderNotWritable = error(of: Cluster(folder: path + "/file/data")) else {
                Issue.record("not told")
                return
            }
            #expect(error(of: Cluster(folder: "")) == .folderNotWritable("''", reason: "this is not a path"))
        }
    }

    @Test func `a folder that PostgreSQL's user cannot enter is told`() throws {
        try withFolder { path in
            let account = ClusterAccount(user: 4_000_000, group: 4_000_000, name: "nobody", switcher: "/bin/true")
            try Folder(path + "/data").create(mode: 0o755)
            try TextFile.write("", to: path + "/data/something")
            #expect(throws: ClusterError.folderNotTraversable(path, user: "nobody")) {
                _ = try ClusterFolder(preparing: path + "/data", for: account)
            }
        }
    }
}
