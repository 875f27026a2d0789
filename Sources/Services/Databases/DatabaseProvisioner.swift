internal import AddonLoader
public import Logging
public import ORM
internal import PostgreSQL

/// Fills databases: which addons there are, what each database has, and how a new one comes to be.
public struct DatabaseProvisioner: Sendable {
    let addons: AddonCollection
    let makePorts: @Sendable () -> Ports
    private let logger: Logger

    /// - Parameter ports: Makes the ports of one database; they remember what they read of it.
    public init(
        addons: [AddonModels], addonsPath: [String], ports: @escaping @Sendable () -> Ports, logger: Logger
    ) {
        let collection = AddonCollection(path: AddonsPath(addonsPath), models: addons, logger: logger)
        self.addons = collection
        makePorts = {
            var made = ports()
            made.translationFiles = AddonTranslations(collection)
            return made
        }
        self.logger = logger
    }

    /// The registry of an existing database.
    ///
    /// - Throws: `ServiceError.failed` for a database that has no addons at all.
    func registry(of transaction: Transaction, ports: Ports) throws -> Registry {
        let installed = try InstalledAddons(reading: transaction)
        guard installed.isComplete else {
            throw ServiceError.failed("this database was not made by Apus or OpenERP: it has no addon base")
        }
        return try installed.registry(among: addons, ports: ports, in: transaction)
    }

    /// Holds the transaction back until no installation is under way.
    func waitForInstallations(in transaction: Transaction) throws { try Installer.lock(transaction) }

    /// Whether a database has the addon that every database has.
    func isComplete(_ transaction: Transaction) throws -> Bool {
        try InstalledAddons(reading: transaction).isComplete
    }

    private var installer: Installer { Installer(addons, ports: makePorts(), logger: logger) }

    /// Installs what every database gets and what the order names.
    func provision(
        _ order: DatabaseOrder, in transaction: Transaction, progress: (Double) -> Void
    ) throws -> Environment {
        try installer.install(
            ["base"] + addons.active + order.addons, hasDemoData: order.hasDemoData, in: transaction
        ) { progress($0.fraction) }
    }

    /// Every language known by name, by code.
    var languages: [Selection.Option] { makePorts().translator.knownLanguages }

    func install(_ names: [String], in transaction: Transaction, progress: (Double) -> Void) throws {
        try installer.install(names, in: transaction) { progress($0.fraction) }
    }

    func upgrade(_ names: [String], in transaction: Transaction, progress: (Double) -> Void) throws {
        try installer.upgrade(names, in: transaction) { progress($0.fraction) }
    }
}
