internal import Foundation
public import PostgreSQL
internal import Synchronization

/// The PostgreSQL of the tests: one private cluster for the whole run, started by the first test that needs it,
/// without durability, stopped when the process ends.
public final class TestCluster: Sendable {
    /// Started on first use; what failed then fails every test that asks.
    public static let shared = Swift.Result { try TestCluster() }

    public let settings: ConnectionSettings
    public let server: Server
    private let cluster: Cluster
    private let folder: String
    private let counter = Mutex(0)

    private init() throws {
        // A folder for each checkout, short enough for a socket's path and open to the user PostgreSQL runs as.
        let place = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path
        let mark = String(place.utf8.reduce(UInt64(5381)) { ($0 &* 33) ^ UInt64($1) }, radix: 36)
        folder = "/tmp/apus-tests-\(getuid())-\(mark)"
        cluster = Cluster(folder: folder, durable: false)
        settings = try cluster.start()
        server = Server(settings)
        atexit { TestCluster.remove() }
    }

    /// Nothing of it is left behind.
    private static func remove() {
        guard let shared = try? shared.get() else { return }
        try? shared.cluster.stop()
        try? FileManager.default.removeItem(atPath: shared.folder)
    }

    /// A name that no other test of this run uses.
    func uniqueName() -> String {
        let number = counter.withLock { number in
            number += 1
            return number
        }
        return "apus_scratch_\(getpid())_\(number)"
    }
}
