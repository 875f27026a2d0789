public import Logging
public import ORM
public import PostgreSQL
internal import SQL

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
        let installed = try locked(transaction)
        let order = try order(installed, with: names)
        let plan = Plan(
            order, over: installed, hasDemoData: hasDemoData ?? installed.hasDemoData,
            custom: try installed.custom(ports, in: transaction))
        return try run(plan, in: transaction, progress)
    }

    /// Loads addons anew, with all that depend on them: new columns, changed records. What their manifests name for
    /// the first time is installed. Records that are gone from the files stay.
    ///
    /// - Throws: As `install`, and `LoadError.notInstalled`.
    @discardableResult
    public func upgrade(
        _ names: [String], in transaction: Transaction, progress: (InstallationProgress) -> Void = { _ in }
    ) throws -> Environment {
        let installed = try locked(transaction)
        if let missing = names.first(where: { !installed.names.contains($0) }) { throw LoadError.notInstalled(missing) }
        let order = try order(installed, with: names)
        let upgraded = AddonGraph.dependants(of: Set(names), among: order, addons: addons.folders)
        let plan = Plan(
            order, over: installed, upgraded: upgraded, hasDemoData: installed.hasDemoData,
            custom: try installed.custom(ports, in: transaction))
        return try run(plan, in: transaction, progress)
    }

    /// What is to be done.
    private struct Plan {
        /// All addons of the database when it is done, in load order.
        let order: [String]
        let new: [String]
        let upgraded: Set<String>
        let hasDemoData: Bool
        /// What people have added to the addons' models.
        let custom: CustomModels

        init(
            _ order: [String], over installed: InstalledAddons, upgraded: [String] = [], hasDemoData: Bool,
            custom: CustomModels
        ) {
            self.order = order
            self.custom = custom
            new = order.filter { !installed.names.contains($0) }
            self.upgraded = Set(upgraded)
            self.hasDemoData = hasDemoData
        }

        /// The addons to load, in order.
        var loaded: [String] { order.filter { new.contains($0) || upgraded.contains($0) } }
    }

    private func order(_ installed: InstalledAddons, with names: [String]) throws -> [String] {
        try AddonGraph(addons.order(of: installed) + names, among: addons.folders).order
    }

    /// Installations of one database wait for one another, until the end of their transactions.
    public static func lock(_ transaction: Transaction) throws {
        try transaction.rows("SELECT pg_advisory_xact_lock(hashtext('installation of addons'))")
    }

    private func locked(_ transaction: Transaction) throws -> InstalledAddons {
        try Self.lock(transaction)
        return try InstalledAddons(reading: transaction)
    }

    private func run(
        _ plan: Plan, in transaction: Transaction, _ progress: (InstallationProgress) -> Void
    ) throws -> Environment {
        if let refused = plan.new.first(where: { addons.folders[$0]?.manifest.isInstallable == false }) {
            throw LoadError.manifest(addon: refused, reason: "it is marked as not installable")
        }
        let environment = try prepare(plan, in: transaction)
        for name in plan.new { try addons.models(of: name).firstRecords?(environment) }
        try describe(plan.loaded, in: environment)
        let directory = AddonDirectory(environment: environment)
        try directory.update(addons)
        try environment.deferringTrees { try load(plan, environment, directory, progress) }
        return environment
    }

    /// The new registry, and the tables of all models that one of the addons says something of.
    private func prepare(_ plan: Plan, in transaction: Transaction) throws -> Environment {
        let registry = try addons.registry(of: plan.order, custom: plan.custom, ports: ports)
        let environment = Environment(registry: registry, transaction: transaction, uid: Environment.superuserID)
        let changed = Set(plan.loaded)
        let models = registry.models.values.filter { !changed.isDisjoint(with: $0.addons) }
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
        _ plan: Plan, _ environment: Environment, _ directory: AddonDirectory,
        _ progress: (InstallationProgress) -> Void
    ) throws {
        let book = ExternalIDBook(environment: environment)
        let names = plan.loaded
        for (index, name) in names.enumerated() {
            guard let folder = addons.folders[name] else { throw LoadError.unknownAddon(name) }
            let isNew = plan.new.contains(name)
            let files = folder.manifest.dataFiles + (isNew && plan.hasDemoData ? folder.manifest.demoFiles : [])
            let context = LoadContext(
                addon: folder, mode: isNew ? .install : .update, environment: environment, book: book)
            for (place, file) in files.enumerated() {
                let part = Double(place) / Double(files.count)
                progress(.init(addon: name, fraction: (Double(index) + part) / Double(names.count)))
                logger.debug("loading", metadata: ["file": "\(name)/\(file.path)"])
                try load(file, in: context)
            }
            try directory.markInstalled(folder, demo: isNew ? plan.hasDemoData : nil)
            try book.flush()
            for language in try ports.translator.translatableLanguages(in: environment) {
                try AddonTranslations.load(folder, in: language, overwriting: true, environment)
            }
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
