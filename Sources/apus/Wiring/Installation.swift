internal import AddonLoader
internal import BaseAddon
internal import BaseCalendarAddon
internal import BaseSetupAddon
internal import BoardAddon
internal import CRMAddon
internal import Foundation
internal import Logging
internal import MailGatewayAddon
internal import ORM
internal import PostgreSQL
internal import ProcessAddon
internal import ResourceAddon
internal import Services
internal import Transports

/// A command's world: options resolved, PostgreSQL at hand, services wired. The only place that knows every name.
struct Installation {
    let databases: DatabaseHost
    let logger: Logger
    /// The private PostgreSQL, when this process started one.
    let cluster: Cluster?
    /// Where Apus keeps what is its own.
    private let folder: String
    /// What environment and configuration file say.
    let given: GivenOptions

    /// The Swift halves of the addons that were compiled in.
    static let addons: [AddonModels] = [
        Base.addon, BaseSetup.addon, MailGateway.addon, BaseCalendar.addon, Processes.addon, Resource.addon,
        Dashboards.addon, CRM.addon,
    ]

    /// Connections for what is no call: databases that are created in the background.
    private static let spareConnections = 4

    /// How long a command waits for another one on its data folder.
    private static let patience = Duration.seconds(120)

    /// - Parameter listening: Of a server, which has the data folder for itself. Other commands share the PostgreSQL of
    ///   a server that runs on it, and take turns without one.
    /// - Throws: `ClusterError`, `PostgreSQLError` or `CommandError`, each with a sentence that says what to do.
    init(_ shared: SharedOptions, listening: ListeningOptions? = nil) throws {
        let given = try GivenOptions(path: shared.config)
        self.given = given
        let workers = try listening?.settings(given).workers ?? 1
        let transience = try listening?.transience(given) ?? Transience()
        let logLevel = try LogLevel(shared.logLevel ?? given.text(.logLevel) ?? "notice")
        LoggingSystem.bootstrap { logLevel.handler(label: $0) }
        logger = Logger(label: "apus")

        let folder = try Self.dataFolder(shared.data ?? given.text(.data))
        self.folder = folder
        let connection: ConnectionSettings
        if let conninfo = shared.postgres ?? given.text(.postgres) {
            cluster = nil
            connection = try ConnectionSettings(conninfo)
        } else {
            (cluster, connection) = try Self.cluster(in: folder, isServer: listening != nil)
        }
        do {
            var settings = DatabaseHost.Settings()
            settings.loginMessage = listening?.loginMessage ?? given.text(.loginMessage)
            settings.listsDatabases = !(listening?.hidesDatabases ?? false) && !given.flag(.noDatabaseList)
            settings.isStrict = (listening?.strict ?? false) || given.flag(.strict)
            settings.transience = transience
            settings.setLogLevel = { logLevel.set($0) }
            let path = shared.addonsPath.isEmpty ? given.list(.addonsPath) ?? [] : shared.addonsPath
            databases = try Self.host(
                settings, connection, connectionLimit: workers + Self.spareConnections,
                addonsPath: AddonFolders.resolve(path), folder: folder,
                superPassword: given.text(.superPassword) ?? SuperAdministrator.defaultPassword, logger: logger)
        } catch {
            try? cluster?.stop()
            throw error
        }
    }

    /// The private PostgreSQL, started, or that of a running server, which stays that server's: then no cluster is
    /// answered. That of another command is waited for, since it stops with that command.
    private static func cluster(in folder: String, isServer: Bool) throws -> (Cluster?, ConnectionSettings) {
        let cluster = Cluster(folder: folder)
        let start = ContinuousClock.now
        var isTold = false
        while true {
            do {
                return (cluster, try cluster.start(sharing: isServer) { Terminal.say($0) })
            } catch {
                guard case .folderInUse = error, !isServer else { throw error }
                if let connection = try cluster.shared() { return (nil, connection) }
                guard ContinuousClock.now - start < patience else { throw error }
            }
            if !isTold { Terminal.say("Waiting for another command that works on \(folder)") }
            isTold = true
            Thread.sleep(forTimeInterval: 0.1)
        }
    }

    private static func host(
        _ settings: DatabaseHost.Settings, _ connection: ConnectionSettings, connectionLimit: Int,
        addonsPath: [String], folder: String, superPassword: String, logger: Logger
    ) throws -> DatabaseHost {
        let authentication = Services.Authentication(
            login: { try BaseAddon.Authentication.login($0, login: $1, password: $2) },
            verify: { try BaseAddon.Authentication.verify(uid: $1, password: $2, in: $0) },
            matches: { password, hash in (try? Passwords.verify(password, against: hash)) == .right },
            hash: { try Passwords.hash($0) })
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        return DatabaseHost(
            settings: settings, connection: connection, connectionLimit: connectionLimit,
            authentication: authentication,
            superAdministrator: try SuperAdministrator(
                file: folder + "/super-administrator", initial: superPassword, authentication: authentication),
            provisioner: DatabaseProvisioner(
                addons: Self.addons, addonsPath: addonsPath, imports: folder + "/addons", ports: Base.ports,
                logger: logger),
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

    /// Where a server puts a database's dump.
    func dumpPath(of database: String) -> String { folder + "/" + Self.dumpName(of: database) }

    /// The dump's name where nobody has given one; a database may be called anything.
    static func dumpName(of database: String) -> String {
        database.replacing("/", with: "_") + "-before-apus.dump"
    }

    /// Ends connections and stops the private PostgreSQL.
    func close() {
        databases.shutdown()
        do { try cluster?.stop() } catch { Terminal.error(error) }
    }
}
