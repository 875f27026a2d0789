public import Logging
public import ORM

/// All addons a server could install: folders on the addons path with their Swift halves, where they have one.
public struct AddonCollection: Sendable {
    /// By name.
    public let folders: [String: AddonFolder]
    private let halves: [String: AddonModels]
    private let logger: Logger

    /// Reads the manifests; one that cannot be read is left out and told in the log.
    public init(path: AddonsPath, models: [AddonModels], logger: Logger) {
        let folders = path.addons { error in
            logger.warning("addon left out", metadata: ["reason": "\(error)"])
        }
        self.init(folders: folders, models: models, logger: logger)
    }

    init(folders: [String: AddonFolder], models: [AddonModels], logger: Logger) {
        self.folders = folders
        halves = Dictionary(models.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        self.logger = logger
    }

    /// The Swift half; an addon of data files alone has an empty one.
    func models(of addon: String) -> AddonModels { halves[addon] ?? AddonModels(addon, definitions: []) }

    /// Whether a Swift half was compiled in.
    func hasModels(_ addon: String) -> Bool { halves[addon] != nil }

    /// The registry of the given addons and of the models that people have made.
    func registry(of order: [String], custom: CustomModels, ports: Ports) throws -> Registry {
        let registry = try Registry(addons: order.map(models), ports: ports, custom: custom)
        for misfit in registry.misfits { logger.warning("left out", metadata: ["reason": "\(misfit)"]) }
        return registry
    }

    /// The load order of a database's addons. One that cannot be loaded now stays out, with all that builds on it,
    /// and is told in the log (contract/addons.md §9).
    public func order(of installed: InstalledAddons) -> [String] {
        let graph = AddonGraph(loadable: installed.names, among: folders) { error in
            logger.warning("installed addon not loaded", metadata: ["reason": "\(error)"])
        }
        return graph.order
    }

    /// The addons that every new database gets. One whose dependencies are not there stays out, and is told in the log.
    public var active: [String] {
        folders.values.filter { $0.manifest.isActive && $0.manifest.isInstallable }.map(\.name).sorted().filter {
            name in
            do {
                _ = try AddonGraph([name], among: folders)
                return true
            } catch {
                logger.warning("active addon not installed", metadata: ["reason": "\(error)"])
                return false
            }
        }
    }
}
