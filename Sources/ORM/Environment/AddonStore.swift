/// The addons on the server's disk, and what can be done with them in a database.
///
/// The addon loader implements it; records ask for it (`ir.module.module` and its wizards), so that an addon can order
/// an installation without knowing the loader. Everything happens in the transaction of the call that orders it: an
/// order that fails leaves the database as it was, and other calls and processes see the new models once it is
/// committed.
public protocol AddonStore: Sendable {
    /// What lies on the addons path now, by name.
    func addonsOnDisk() -> [String: AddonOnDisk]
    /// Brings the records of addons up to date with the disk: new ones are added, what manifests say is taken over.
    func updateList(in environment: Environment) throws -> AddonListChange
    /// Installs, upgrades and removes the addons that are marked so. The rest of the call works with the new models.
    ///
    /// - Throws: `UserError` while another call, or process, is at it in the same database.
    func carryOutMarks(in environment: Environment) throws
    /// Takes up an addon packed in a zip file, after a look at what is in it; its name.
    ///
    /// - Throws: `UserError` saying what is wrong with it.
    func add(archive: [UInt8]) throws -> String
    /// The `web` folder of an addon as a zip file; nil when it has none.
    func webPart(of addon: String) throws -> [UInt8]?
}

/// What the disk says of an addon.
public struct AddonOnDisk: Sendable {
    /// As databases keep it: `6.0.1.0`.
    public let version: String
    public let depends: [String]
    /// What its manifest asks for and this server does not have, in the words of the original; nil when nothing.
    public let unmetDependency: String?

    public init(version: String, depends: [String], unmetDependency: String?) {
        self.version = version
        self.depends = depends
        self.unmetDependency = unmetDependency
    }
}

/// How many records of addons an update of the list has changed and added.
public struct AddonListChange: Sendable, Equatable {
    public var updated: Int
    public var added: Int

    public init(updated: Int = 0, added: Int = 0) {
        self.updated = updated
        self.added = added
    }
}

/// A server without addons on disk, which can neither install nor remove any.
struct NoAddons: AddonStore {
    func addonsOnDisk() -> [String: AddonOnDisk] { [:] }
    func updateList(in environment: Environment) throws -> AddonListChange { AddonListChange() }
    func carryOutMarks(in environment: Environment) throws { throw Self.refusal }
    func add(archive: [UInt8]) throws -> String { throw Self.refusal }
    func webPart(of addon: String) throws -> [UInt8]? { nil }

    private static let refusal = UserError("Error", "This server has no folder of addons.")
}

extension Environment {
    /// The rest of the call works with other models, those of the addons it has just installed or removed. What anybody
    /// remembers of the database is stale once the transaction is committed.
    public func adopt(_ registry: Registry) {
        pending.registry = registry
        pending.touched.formUnion(registry.ports.caches.allWatched)
    }
}
