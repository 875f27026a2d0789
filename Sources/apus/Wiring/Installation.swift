internal import AddonLoader
internal import BaseAddon
internal import CRMAddon
internal import Foundation
internal import Logging
internal import MailGatewayAddon
internal import ORM
internal import PostgreSQL
internal import Services

/// A command's world: options resolved, PostgreSQL at hand, services wired. The only place that knows every name.
struct Installation {
    let databases: DatabaseHost
    let logger: Logger
    /// The private PostgreSQL, when this process started one.
    let cluster: Cluster?
    let options: ConfigurationFile

    /// The Swift halves of the addons that were compiled in.
    static let addons: [AddonModels] = [Base.addon, MailGateway.addon, CRM.addon]

    /// - Throws: `ClusterError`, `PostgreSQLError` or `CommandError`, each with a sentence that says what to do.
    init(_ shared: SharedOptions, listening: ListeningOptions? = nil) async throws {
        let options = try await ConfigurationFile(path: shared.config)
        self.options = options
        let level = shared.logLevel ?? options.text("log-level") ?? "notice"
        let logLevel = try LogLevel(level)
        LoggingSystem.bootstrap { logLevel.handler(label: $0) }
        logger = Logger(label: "apus")

        let folder = try Self.dataFolder(shared.data ?? options.text("data"))
        let connection: ConnectionSettings
        if let conninfo = shared.postgres ?? options.text("postgres") {
            cluster = nil
            connection = try ConnectionSettings(conninfo)
        } else {
            let cluster = Cluster(folder: folder)
            connection = try cluster.start { Terminal.say($0) }
            self.cluster = cluster
        }
        do {
            databases = try Self.host(
                shared, listening, options, connection, folder: folder, logger: logger,
                setLogLevel: { logLevel.set($0) })
        } catch {
            try? cluster?.stop()
            throw error
        }
    }

    private static func host(
        _ shared: SharedOptions, _ listening: ListeningOptions?, _ options: ConfigurationFile,
        _ connection: ConnectionSettings, folder: String, logger: Logger,
        setLogLevel: @escaping @Sendable (Logger.Level) -> Void
    ) throws -> DatabaseHost {
        let given = shared.addonsPath.isEmpty ? options.texts("addons-path") ?? [] : shared.addonsPath
        let path = try AddonFolders.resolve(given)
        var settings = DatabaseHost.Settings()
        settings.loginMessage = listening?.loginMessage ?? options.text("login-message")
        settings.setLogLevel = setLogLevel
        settings.listsDatabases = !(listening?.hidesDatabases ?? false) && !options.flag("no-database-list")
        let authentication = Services.Authentication(
            login: { try BaseAddon.Authentication.login($0, login: $1, password: $2) },
            verify: { try BaseAddon.Authentication.verify(uid: $1, password: $2, in: $0) },
            matches: { password, hash in (try? Passwords.verify(password, against: hash)) == .right },
            hash: { try Passwords.hash($0) })
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        return DatabaseHost(
            settings: settings, connection: connection, connectionLimit: 32, authentication: authentication,
            superAdministrator: try SuperAdministrator(
                file: folder + "/super-administrator",
                initial: options.text("super-password") ?? SuperAdministrator.defaultPassword,
                authentication: authentication),
            provisioner: DatabaseProvisioner(
                addons: Self.addons, addonsPath: path, ports: Base.ports, logger: logger),
            logger: logger)
    }

    /// `apus-data` in the home folder unless said; always an absolute path.
    private static func dataFolder(_ given: String?) throws -> String {
        let home = FileManager.default.homeDirectoryForCurrentUser
        let url =
            given.map { URL(fileURLWithPath: ($0 as NSString).expandingTildeInPath) }
            ?? home.appendingPathComponent("apus-data")
        return url.standardizedFileURL.path
    }

    /// Ends connections and stops the private PostgreSQL.
    func close() {
        databases.shutdown()
        do { try cluster?.stop() } catch { Terminal.error(error) }
    }
}
