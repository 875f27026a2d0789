internal import PostgreSQL
internal import ServiceLifecycle
internal import Services

/// Keeps the database side up while the server runs; the group stops it last.
struct ClusterService: Service {
    let installation: Installation

    func run() async throws {
        try? await gracefulShutdown()
        installation.close()
    }
}
