internal import Logging
internal import PostgreSQL
internal import ServiceLifecycle
internal import Services
internal import Transports
internal import UnixSignals

/// Listens until SIGTERM or Ctrl-C.
enum Serving {
    /// - Parameter ready: Told once when clients can call.
    static func run(
        _ installation: Installation, _ listening: ListeningOptions,
        ready: @escaping @Sendable (_ interface: String, _ port: Int) -> Void
    ) async throws {
        let settings = try listening.settings(installation.given)
        try checkConnections(installation)
        try refuseDefaultPasswords(installation, listening, settings)
        let services = RPCServices(installation.databases, logger: installation.logger)
        let listener = HTTPListener(settings, services: services, logger: installation.logger, didBind: ready)
        let group = ServiceGroup(
            configuration: .init(
                services: [
                    .init(service: IdleConnections(pool: installation.databases.pool)),
                    .init(service: listener),
                ],
                gracefulShutdownSignals: [.sigterm, .sigint], logger: installation.logger))
        try await group.run()
    }

    private static func refuseDefaultPasswords(
        _ installation: Installation, _ listening: ListeningOptions, _ settings: HTTPListener.Settings
    ) throws {
        let isAllowed = listening.allowsDefaultPasswords || installation.given.flag(.allowDefaultPasswords)
        if isAllowed || isThisMachine(settings.interface) { return }
        let places = try installation.databases.usualPasswords()
        if !places.isEmpty { throw CommandError.defaultPasswords(interface: settings.interface, places) }
    }

    /// Whether nobody else can reach the address. A name may be anybody's, whatever it begins with.
    static func isThisMachine(_ interface: String) -> Bool {
        ["localhost", "::1"].contains(interface)
            || interface.hasPrefix("127.") && interface.allSatisfy { $0.isNumber || $0 == "." }
    }

    /// Each worker has a connection while it works, and each database one that listens to its changes: better no start
    /// than calls that fail when many come.
    private static func checkConnections(_ installation: Installation) throws {
        let server = installation.databases.server
        let databases = try server.databaseList().count
        let needed = installation.databases.pool.limit + databases
        let allowed = try server.connectionLimit()
        guard needed > allowed else { return }
        throw CommandError.configuration(
            "workers",
            reason: "with \(databases) databases so many need \(needed) connections to PostgreSQL, which allows "
                + "\(allowed): take fewer, or raise its max_connections")
    }
}
