internal import PostgreSQL
internal import ServiceLifecycle
internal import Services

/// Keeps the database side up while the server runs, closes connections that have become idle, and is stopped last.
struct ClusterService: Service {
    let installation: Installation

    /// How often connections that nobody uses are looked for, in seconds.
    private static let interval = 30

    func run() async throws {
        let pool = installation.databases.pool
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                try? await Task.sleep(for: .seconds(Self.interval))
                pool.closeIdle()
            }
        }
        installation.close()
    }
}
