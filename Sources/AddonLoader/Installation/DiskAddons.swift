internal import Foundation
public import Logging
public import ORM
internal import Synchronization
internal import Values

/// The addons on a server's path: looked up on disk each time somebody asks, so that one that was put there while the
/// server runs can be installed, and data files that changed can be loaded again. Swift halves are compiled in.
public final class DiskAddons: AddonStore {
    private let path: AddonsPath
    private let models: [AddonModels]
    /// Where addons go that clients send; nil where they may send none.
    private let imports: String?
    private let logger: Logger
    private let state = Mutex(State())

    private struct State {
        var memory = AddonsPath.Memory()
        /// What the log was told of already.
        var told: Set<String> = []
    }

    /// - Parameters:
    ///   - path: The folders that hold addons.
    ///   - imports: A folder for addons that clients send, which comes last; made when the first one arrives.
    public init(path: [String], imports: String? = nil, models: [AddonModels], logger: Logger) {
        self.path = AddonsPath(path + (imports.map { [$0] } ?? []))
        self.models = models
        self.imports = imports
        self.logger = logger
    }

    /// All addons as they lie on disk now.
    public var collection: AddonCollection {
        let (folders, skipped) = state.withLock { state in
            var skipped: [String] = []
            let folders = path.addons(remembering: &state.memory) { error in
                // A folder for what clients send is made for the first.
                if case .unreadable(self.imports, _) = error { return }
                skipped.append("\(error)")
            }
            let new = skipped.filter { !state.told.contains($0) }
            state.told = Set(skipped)
            return (folders, new)
        }
        for reason in skipped { logger.warning("addon left out", metadata: ["reason": "\(reason)"]) }
        return AddonCollection(folders: folders, models: models, logger: logger)
    }

    /// How many addons of clients lie here at most: they are kept in memory.
    private static let importLimit = 50

    // MARK: - For records

    public func addonsOnDisk() -> [String: AddonOnDisk] { collection.folders.mapValues(\.onDisk) }

    public func updateList(in environment: Environment) throws -> AddonListChange {
        try AddonDirectory(environment: environment.superuser.with(context: Context())).update(collection)
    }

    public func carryOutMarks(in environment: Environment) throws {
        try Installer(collection, ports: environment.registry.ports, logger: logger).carryOutMarks(in: environment)
    }

    public func webPart(of addon: String) throws -> [UInt8]? {
        guard let folder = collection.folders[addon] else { return nil }
        let files = folder.files(in: "web")
        if files.isEmpty { return nil }
        var archive = ZipWriter()
        for file in files { archive.add(String(file.dropFirst("web/".count)), try folder.contents(of: file)) }
        return archive.finished()
    }

    public func add(archive bytes: [UInt8]) throws -> String {
        guard let imports else { throw UserError("Error !", "This server takes no addons from clients.") }
        let name = try ImportedAddon(bytes).name
        if let known = collection.folders[name], known.path != "\(imports)/\(name).zip" {
            throw UserError("Error !", "The module \(name) is on the server already: it cannot be replaced.")
        }
        let present = (try? FileManager.default.contentsOfDirectory(atPath: imports)) ?? []
        guard present.count < Self.importLimit || present.contains("\(name).zip") else {
            throw UserError("Error !", "This server keeps at most \(Self.importLimit) modules that clients sent.")
        }
        do {
            try FileManager.default.createDirectory(atPath: imports, withIntermediateDirectories: true)
            // Written beside and moved, so that nobody finds half of it.
            try Data(bytes).write(to: URL(fileURLWithPath: "\(imports)/\(name).zip"), options: .atomic)
        } catch {
            logger.warning("an addon could not be stored", metadata: ["addon": "\(name)", "reason": "\(error)"])
            throw UserError("Error !", "Can not create the module file: \(name).zip !")
        }
        logger.notice("addon imported", metadata: ["addon": "\(name)"])
        return name
    }
}
