public import Logging
public import ORM
public import PostgreSQL
internal import SQL

/// Installs and upgrades addons in one transaction: tables, descriptions, data files. Whatever fails, the database is
/// as it was once the transaction is rolled back.
public struct Installer {
    let addons: AddonCollection
    let ports: Ports
    let logger: Logger

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
        return try run(plan, environment(of: plan, in: transaction), progress)
    }

    /// Loads addons anew, with all that depend on them: new columns, changed records. What their manifests name for
    /// the first time is installed. Records that are gone from the files go, unless they are protected.
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
        return try run(plan, environment(of: plan, in: transaction), progress)
    }

    /// What is to be done.
    struct Plan {
        /// All addons of the database when it is done, in load order.
        let order: [String]
        let new: [String]
        let upgraded: Set<String>
        /// Those whose demo data are loaded, too: new ones, all or those that are marked to have some; and, in a database
        /// that came without, known ones that somebody has marked since. Elsewhere they are not loaded again.
        let demo: Set<String>
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
            let marked = installed.demo.intersection(new + (installed.hasDemoData ? [] : upgraded))
            demo = hasDemoData ? marked.union(new) : marked
        }

        /// The addons to load, in order.
        var loaded: [String] { order.filter { new.contains($0) || upgraded.contains($0) } }
    }

    func order(_ installed: InstalledAddons, with names: [String]) throws -> [String] {
        try AddonGraph(addons.order(of: installed) + names, among: addons.folders).order
    }

    /// Installations of one database wait for one another, until the end of their transactions.
    public static func lock(_ transaction: Transaction) throws {
        try transaction.rows("SELECT pg_advisory_xact_lock(hashtext('installation of addons'))")
    }

    func locked(_ transaction: Transaction) throws -> InstalledAddons {
        try Self.lock(transaction)
        return try InstalledAddons(reading: transaction)
    }

    /// An environment of the superuser on the registry there will be.
    private func environment(of plan: Plan, in transaction: Transaction) throws -> Environment {
        let registry = try addons.registry(of: plan.order, custom: plan.custom, ports: ports)
        return Environment(registry: registry, transaction: transaction, uid: Environment.superuserID)
    }

    /// - Parameter environment: The superuser's, on the registry of the plan's order.
    @discardableResult
    func run(
        _ plan: Plan, _ environment: Environment, _ progress: (InstallationProgress) -> Void = { _ in }
    ) throws -> Environment {
        for name in plan.loaded { try check(name, isNew: plan.new.contains(name)) }
        // Tables take their time, too.
        let first = plan.loaded.first ?? ""
        progress(.init(addon: first, fraction: 0.02))
        try makeTables(plan, in: environment)
        progress(.init(addon: first, fraction: 0.08))
        for name in plan.new { try addons.models(of: name).firstRecords?(environment) }
        try describe(plan.loaded, in: environment)
        progress(.init(addon: first, fraction: 0.1))
        let directory = AddonDirectory(environment: environment)
        _ = try directory.update(addons)
        try environment.deferringTrees { try load(plan, environment, directory, progress) }
        return environment
    }

    /// Refuses what cannot work here, and tells what will be missing.
    private func check(_ name: String, isNew: Bool) throws {
        guard let folder = addons.folders[name] else { throw LoadError.unknownAddon(name) }
        if isNew, !folder.manifest.isInstallable {
            throw LoadError.manifest(addon: name, reason: "it is marked as not installable")
        }
        if let reason = folder.unmetDependency { throw LoadError.externalDependency(reason, of: name) }
        guard folder.manifest.hasSoundCertificate else { throw LoadError.certificate(name) }
        tellOfPython(folder, isNew: isNew)
    }

    private func tellOfPython(_ folder: AddonFolder, isNew: Bool) {
        if isNew, folder.hasPythonCode, !addons.hasModels(folder.name) {
            logger.warning(
                "the addon's Python code is not run: only its data files are loaded",
                metadata: ["addon": "\(folder.name)"])
        }
        if !isNew, folder.hasMigrationScripts {
            logger.warning(
                "the addon's migration scripts are Python and are not run: see by hand to what they would have changed",
                metadata: ["addon": "\(folder.name)", "folder": "\(folder.path)/migrations"])
        }
    }

    /// The tables of all models that one of the addons says something of.
    private func makeTables(_ plan: Plan, in environment: Environment) throws {
        let changed = Set(plan.loaded)
        let models = environment.registry.models.values.filter { !changed.isDisjoint(with: $0.addons) }
        try SchemaSync(in: environment).apply(to: models.sorted { $0.name < $1.name })
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
        let parts = try plan.loaded.map { name -> (AddonFolder, [Manifest.DataFileName]) in
            guard let folder = addons.folders[name] else { throw LoadError.unknownAddon(name) }
            return (folder, folder.manifest.dataFiles + (plan.demo.contains(name) ? folder.manifest.demoFiles : []))
        }
        // Tables and descriptions were the first tenth. An addon without files is a step, too.
        let steps = parts.reduce(0) { $0 + $1.1.count + 1 }
        var done = 0
        for (folder, files) in parts {
            let name = folder.name
            let isNew = plan.new.contains(name)
            let context = LoadContext(
                addon: folder, mode: isNew ? .install : .update, environment: environment, book: book,
                logger: logger)
            for file in files {
                logger.debug("loading", metadata: ["file": "\(name)/\(file.path)"])
                try load(file, in: context)
                done += 1
                progress(.init(addon: name, fraction: 0.1 + 0.9 * Double(done) / Double(steps)))
            }
            try directory.markInstalled(folder, demo: isNew ? plan.demo.contains(name) : nil)
            try book.flush()
            for language in try ports.translator.translatableLanguages(in: environment) {
                try AddonTranslations.load(folder, in: language, overwriting: true, environment)
            }
            logger.info("addon loaded", metadata: ["addon": "\(name)"])
            done += 1
            progress(.init(addon: name, fraction: 0.1 + 0.9 * Double(done) / Double(steps)))
        }
        if try !isAdopted(environment.transaction) {
            try OrphanRemoval(environment: environment, book: book, logger: logger).remove(from: plan.loaded)
        }
        progress(.init(addon: plan.loaded.last ?? "", fraction: 1))
    }

    func load(_ file: Manifest.DataFileName, in context: LoadContext) throws {
        try DataFile(context: context, isNoUpdate: file.isNoUpdate).load(file.path)
    }
}
