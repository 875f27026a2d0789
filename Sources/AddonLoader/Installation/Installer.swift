internal import Foundation
public import Logging
public import ORM
public import PostgreSQL
internal import Values

/// Installs and upgrades addons in one transaction: tables, descriptions, data files. Whatever fails, the database is
/// as it was once the transaction is rolled back.
public struct Installer {
    private let addons: AddonCollection
    private let ports: Ports
    private let logger: Logger

    /// - Parameter ports: Those of the database's new registry.
    public init(_ addons: AddonCollection, ports: Ports, logger: Logger) {
        self.addons = addons
        self.ports = ports
        self.logger = logger
    }

    /// Installs addons with all they depend on; those that are there already are left alone.
    ///
    /// - Parameter hasDemoData: nil asks the database.
    /// - Returns: An environment of the superuser on the new registry.
    /// - Throws: `LoadError` naming file, line and external id; `ORMError.definition` when definitions contradict
    ///   each other.
    @discardableResult
    public func install(
        _ names: [String], hasDemoData: Bool? = nil, in transaction: Transaction,
        progress: (InstallationProgress) -> Void = { _ in }
    ) throws -> Environment {
        let installed = try InstalledAddons(reading: transaction)
        let order = try AddonGraph(
            installed.names.intersection(addons.folders.keys).union(names), among: addons.folders
        )
        .order
        let new = order.filter { !installed.names.contains($0) }
        if let refused = new.first(where: { addons.folders[$0]?.manifest.isInstallable == false }) {
            throw LoadError.manifest(addon: refused, reason: "it is marked as not installable")
        }
        let environment = try prepare(order, changed: new, in: transaction)
        for name in new { try addons.models(of: name).firstRecords?(environment) }
        try describe(new, in: environment)
        let directory = AddonDirectory(environment: environment)
        try directory.update(addons)
        try load(
            new, mode: .install, demo: hasDemoData ?? installed.hasDemoData, environment, directory, progress)
        return environment
    }

    /// Loads addons anew, with all that depend on them: new columns, changed records.
    ///
    /// - Throws: As `install`, and `LoadError.notInstalled`.
    @discardableResult
    public func upgrade(
        _ names: [String], in transaction: Transaction, progress: (InstallationProgress) -> Void = { _ in }
    ) throws -> Environment {
        let installed = try InstalledAddons(reading: transaction)
        if let missing = names.first(where: { !installed.names.contains($0) }) { throw LoadError.notInstalled(missing) }
        let order = try AddonGraph(installed.names.intersection(addons.folders.keys), among: addons.folders).order
        let affected = AddonGraph.dependants(of: Set(names), among: order, addons: addons.folders)
        let environment = try prepare(order, changed: affected, in: transaction)
        try describe(affected, in: environment)
        let directory = AddonDirectory(environment: environment)
        try directory.update(addons)
        try load(affected, mode: .update, demo: false, environment, directory, progress)
        return environment
    }

    /// The new registry, and the tables of all models that one of the addons says something of.
    private func prepare(_ order: [String], changed: [String], in transaction: Transaction) throws -> Environment {
        let registry = try addons.registry(of: order, ports: ports)
        let environment = Environment(registry: registry, transaction: transaction, uid: Environment.superuserID)
        let models = registry.models.values.filter { !Set($0.addons).isDisjoint(with: changed) }
        try SchemaSync(in: environment).apply(to: models.sorted { $0.name < $1.name })
        return environment
    }

    private func describe(_ names: [String], in environment: Environment) throws {
        let registry = environment.registry
        for name in names {
            let models = registry.models.values.filter { $0.addons.contains(name) }.sorted { $0.name < $1.name }
            try registry.ports.catalog.describe(models, of: name, in: environment)
        }
    }

    private func load(
        _ names: [String], mode: LoadMode, demo: Bool, _ environment: Environment, _ directory: AddonDirectory,
        _ progress: (InstallationProgress) -> Void
    ) throws {
        let book = ExternalIDBook(environment: environment)
        for (index, name) in names.enumerated() {
            guard let folder = addons.folders[name] else { throw LoadError.unknownAddon(name) }
            let files = folder.manifest.dataFiles + (demo ? folder.manifest.demoFiles : [])
            let context = LoadContext(addon: folder, mode: mode, environment: environment, book: book)
            for (place, file) in files.enumerated() {
                let part = Double(place) / Double(max(1, files.count))
                progress(.init(addon: name, fraction: (Double(index) + part) / Double(names.count)))
                logger.debug("loading", metadata: ["file": "\(name)/\(file.path)"])
                try load(file, in: context)
            }
            try directory.markInstalled(folder, demo: mode == .install ? demo : nil)
            logger.info("addon loaded", metadata: ["addon": "\(name)"])
        }
        progress(.init(addon: names.last ?? "", fraction: 1))
    }

    private func load(_ file: Manifest.DataFileName, in context: LoadContext) throws {
        if file.path.lowercased().hasSuffix(".csv") {
            try CSVDataFile(context: context, isNoUpdate: file.isNoUpdate).load(file.path)
        } else if file.path.lowercased().hasSuffix(".xml") {
            try XMLDataFile(context: context, isNoUpdate: file.isNoUpdate).load(file.path)
        } else {
            throw LoadError.unreadable(
                file: "\(context.addon.name)/\(file.path)", reason: "only .xml and .csv files can be loaded")
        }
    }
}
