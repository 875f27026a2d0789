public import Domain
public import PostgreSQL
public import Values

/// What the engine needs to know that addons keep as records. The base addon implements it and the executable plugs
/// it in, so that the engine never spells `ir.model.access`.
public struct Ports: Sendable {
    public let access: any AccessPolicy
    public let externalIDs: any ExternalIDs
    public let userDefaults: any UserDefaults
    public let catalog: any ModelCatalog
    public let translator: any Translator
    public let properties: any PropertyStore
    /// nil where there are no files of addons: in tests of the engine alone.
    public var translationFiles: (any TranslationFiles)?
    /// What the ports, and others in this process, remember of the database.
    public let caches: CacheBoard
    /// The views of models.
    public var views: any ViewSource = NoViews()
    /// The addons on disk, for records that order an installation.
    public var addons: any AddonStore = NoAddons()
    /// What records go through from step to step.
    public var workflows: any Workflows = NoWorkflows()
    /// How long records of transient models live.
    public var transience = Transience()
    /// Who counts what calls name that is no field.
    public var overlooked = OverlookedFields()

    public init(
        access: any AccessPolicy, externalIDs: any ExternalIDs, userDefaults: any UserDefaults,
        catalog: any ModelCatalog, translator: any Translator, properties: any PropertyStore,
        caches: CacheBoard = CacheBoard()
    ) {
        self.access = access
        self.externalIDs = externalIDs
        self.userDefaults = userDefaults
        self.catalog = catalog
        self.translator = translator
        self.properties = properties
        self.caches = caches
    }
}

/// Who may do what (contract/orm.md §11). The superuser is never asked about.
public protocol AccessPolicy: Sendable {
    /// - Throws: `ModelAccessDenied` when the caller lacks the right.
    func check(_ mode: AccessMode, on model: Model, in environment: Environment) throws
    /// Whether the caller has the right.
    func permits(_ mode: AccessMode, on model: Model, in environment: Environment) throws -> Bool
    /// The domain that the caller's record rules leave of a model's records; nil when no rule binds him.
    func rule(_ mode: AccessMode, on model: Model, in environment: Environment) throws -> DomainExpression?
    /// Whether the caller belongs to one of the groups, given as external ids; the superuser is asked like anybody.
    func isMember(ofAny groups: [String], in environment: Environment) throws -> Bool
}

/// A record's model and id.
public struct RecordReference: Hashable, Sendable {
    public let model: ModelName
    public let id: RecordID

    public init(model: ModelName, id: RecordID) {
        self.model = model
        self.id = id
    }

    /// `model,id` as reference fields keep it; nil for any other text.
    public init?(_ text: String) {
        let parts = text.split(separator: ",", maxSplits: 1)
        guard parts.count == 2, let id = Int32(parts[1]) else { return nil }
        self.init(model: String(parts[0]), id: RecordID(id))
    }
}

/// The names `module.name` under which data files know records (contract/addons.md §7).
public protocol ExternalIDs: Sendable {
    func target(of externalID: String, in environment: Environment) throws -> RecordReference?
    /// What each of several external ids stands for, by one statement; unknown ones are left out.
    func targets(of externalIDs: [String], in environment: Environment) throws -> [String: RecordReference]
    /// Notes external ids of imported records. One that is there keeps its mark and from now on stands for the record.
    func register(
        _ records: [String: RecordReference], isNoUpdate: Bool, in environment: Environment
    ) throws
    /// All external ids of each record, one statement for all of them.
    func names(of records: Records) throws -> [RecordID: [String]]
    /// The records are about to be gone: drops their external ids and what else refers to them by name and number.
    func forget(_ records: Records) throws
}

/// Default values that users chose for themselves or everybody.
public protocol UserDefaults: Sendable {
    func defaults(for fields: [FieldName], of model: Model, in environment: Environment) throws -> FieldValues
}

/// The descriptions of models and fields that clients read (`ir.model`, `ir.model.fields`).
public protocol ModelCatalog: Sendable {
    /// Brings the descriptions of the given models up to date on behalf of an addon, with external ids of its own.
    ///
    /// - Parameter keepingKnown: Leaves what is described already as another server has described it.
    func describe(_ models: [Model], of addon: String, keepingKnown: Bool, in environment: Environment) throws

    /// Which server made a database; nil for one that was never Apus's.
    func origin(in transaction: Transaction) throws -> String?

    /// Notes that a database is Apus's from now on, whoever made it.
    func setOrigin(_ origin: String, in environment: Environment) throws

    /// The models whose records say what a registry is made of, so that it is stale when they change.
    var sources: Set<ModelName> { get }

    /// The models and fields that people have made with records, whatever addons know of them.
    func customModels(in transaction: Transaction) throws -> CustomModels
}

extension ModelCatalog {
    /// The same, correcting what is described already.
    public func describe(_ models: [Model], of addon: String, in environment: Environment) throws {
        try describe(models, of: addon, keepingKnown: false, in: environment)
    }
}
