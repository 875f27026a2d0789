internal import PostgreSQL
internal import ServiceLifecycle

/// Closes connections that have become idle while the server runs.
struct IdleConnections: Service {
    let pool: ConnectionPool

    /// How often they are looked for, in seconds.
    private static let interval = 30

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                try? await Task.sleep(for: .seconds(Self.interval))
                pool.closeIdle()
            }
        }
    }
}
