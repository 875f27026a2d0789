internal import AddonLoader
public import Logging
public import ORM
internal import PostgreSQL
internal import SQL

/// Fills databases: which addons there are, what each database has, and how a new one comes to be.
public struct DatabaseProvisioner: Sendable {
    private let disk: DiskAddons
    let makePorts: @Sendable () -> Ports
    private let logger: Logger

    /// - Parameters:
    ///   - imports: A folder for addons that clients send; nil where they may send none.
    ///   - ports: Makes the ports of one database; they remember what they read of it.
    public init(
        addons: [AddonModels], addonsPath: [String], imports: String? = nil,
        ports: @escaping @Sendable () -> Ports, logger: Logger
    ) {
        let disk = DiskAddons(path: addonsPath, imports: imports, models: addons, logger: logger)
        self.disk = disk
        makePorts = {
            var ports = ports()
            ports.addons = disk
            ports.translationFiles = AddonTranslations(serverTexts: FaultSentence.allCases.map(\.rawValue)) {
                disk.collection
            }
            return ports
        }
        self.logger = logger
    }

    /// All addons there are now.
    var addons: AddonCollection { disk.collection }

    /// The registry of an existing database.
    ///
    /// - Throws: `ServiceError.failed` for a database that has no addons at all.
    func registry(of transaction: Transaction, ports: Ports) throws -> Registry {
        let installed = try InstalledAddons(reading: transaction)
        guard installed.isComplete else {
            throw ServiceError.failed("this database was not made by Apus or OpenERP: it has no addon base")
        }
        guard try ports.catalog.origin(in: transaction) != nil else {
            throw ServiceError.notAdopted(try transaction.rows("SELECT current_database()").text(0, 0) ?? "")
        }
        return try installed.registry(among: addons, ports: ports, in: transaction)
    }

    /// Holds the transaction back until no installation is under way.
    func waitForInstallations(in transaction: Transaction) throws { try Installer.lock(transaction) }

    /// Whether a database has the addon that every database has.
    func isComplete(_ transaction: Transaction) throws -> Bool {
        try InstalledAddons(reading: transaction).isComplete
    }

    /// Whether a database was made by OpenERP and not yet taken over.
    func needsAdoption(_ transaction: Transaction) throws -> Bool {
        try isComplete(transaction) && makePorts().catalog.origin(in: transaction) == nil
    }

    func survey(_ transaction: Transaction) throws -> AdoptionSurvey {
        try AdoptionSurvey(reading: transaction, addons: addons, ports: makePorts())
    }

    func adopt(in transaction: Transaction, progress: (Double) -> Void) throws -> Adoption {
        try installer.adopt(in: transaction) { progress($0.fraction) }
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

    /// - Returns: What was loaded, in order.
    func install(_ names: [String], in transaction: Transaction, progress: (Double) -> Void) throws -> [String] {
        var loaded = LoadedAddons()
        try installer.install(names, in: transaction) { progress(loaded.note($0)) }
        return loaded.names
    }

    /// - Returns: What was loaded, in order.
    func upgrade(_ names: [String], in transaction: Transaction, progress: (Double) -> Void) throws -> [String] {
        var loaded = LoadedAddons()
        try installer.upgrade(names, in: transaction) { progress(loaded.note($0)) }
        return loaded.names
    }

    /// The addons that an order tells of while it is carried out.
    private struct LoadedAddons {
        private(set) var names: [String] = []

        /// - Returns: How far the order is.
        mutating func note(_ step: InstallationProgress) -> Double {
            if !step.addon.isEmpty, names.last != step.addon { names.append(step.addon) }
            return step.fraction
        }
    }

    /// Addons of a database with all of its that depend on them.
    func dependants(of names: [String], in transaction: Transaction) throws -> [String] {
        let addons = addons
        let order = addons.order(of: try InstalledAddons(reading: transaction))
        let found = AddonGraph.dependants(of: Set(names), among: order, addons: addons.folders)
        // Those that are not there are asked about by their names.
        return found + names.filter { !found.contains($0) }
    }

    func uninstall(_ names: [String], in transaction: Transaction) throws {
        try installer.uninstall(names, in: transaction)
    }
}
