import Glibc
import Synchronization

@testable import PostgreSQL

/// One PostgreSQL for all tests of the process: made when the first test asks, gone when the process ends.
enum TestCluster {
    private static let cluster: Swift.Result<(Cluster, ConnectionSettings, folder: String), any Error> = .init {
        let folder = try temporaryFolder()
        let cluster = Cluster(folder: folder, durable: false)
        let settings = try cluster.start()
        atexit { TestCluster.remove() }
        return (cluster, settings, folder)
    }
    private static let lastNumber = Atomic(0)

    /// How to reach its database `postgres`.
    static var settings: ConnectionSettings {
        get throws { try cluster.get().1 }
    }

    static func connection() throws -> Connection { try Connection(settings) }

    /// A name that no other test uses.
    static func newName() -> String { "test_\(getpid())_\(lastNumber.add(1, ordering: .relaxed).newValue)" }

    /// Calls `body` with a new database, which is dropped afterwards.
    static func withDatabase<R>(_ body: (String) throws -> R) throws -> R {
        let server = Server(try settings)
        let name = newName()
        try server.createDatabase(name)
        defer { try? server.dropDatabase(name) }
        return try body(name)
    }

    static func temporaryFolder() throws -> String { try TemporaryPath.folder("/tmp/apus-tests-") }

    private static func remove() {
        guard let (cluster, _, folder) = try? cluster.get() else { return }
        try? cluster.stop()
        try? Folder(folder).removeAll()
    }
}

extension PostgreSQLError {
    /// The error that `body` throws; nil when it throws none of these.
    static func thrown(by body: () throws -> Void) -> PostgreSQLError? {
        do {
            try body()
            return nil
        } catch {
            return error as? PostgreSQLError
        }
    }
}
