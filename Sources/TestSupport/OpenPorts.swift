public import Domain
public import ORM
public import PostgreSQL
public import Values

/// Ports for tests of the engine alone: everybody may do everything, nothing has an external id.
public struct OpenPorts: AccessPolicy, ExternalIDs, UserDefaults, ModelCatalog {
    public static let all = Ports(
        access: OpenPorts(), externalIDs: OpenPorts(), userDefaults: OpenPorts(), catalog: OpenPorts(),
        translator: OpenPorts(), properties: OpenPorts())

    public init() {}

    public func check(_ mode: AccessMode, on model: Model, in environment: Environment) throws {}
    public func permits(_ mode: AccessMode, on model: Model, in environment: Environment) throws -> Bool { true }
    public func rule(
        _ mode: AccessMode, on model: Model, in environment: Environment
    ) throws -> DomainExpression? { nil }
    public func isMember(ofAny groups: [String], in environment: Environment) throws -> Bool { true }
    public func target(of externalID: String, in environment: Environment) throws -> RecordReference? { nil }
    public func targets(of externalIDs: [String], in environment: Environment) throws -> [String: RecordReference] {
        [:]
    }
    public func register(
        _ records: [String: RecordReference], isNoUpdate: Bool, in environment: Environment
    ) throws {}
    public func names(of records: Records) throws -> [RecordID: [String]] { [:] }
    public func forget(_ records: Records) throws {}
    public func defaults(for fields: [FieldName], of model: Model, in environment: Environment) throws -> FieldValues {
        [:]
    }
    public func describe(
        _ models: [Model], of addon: String, keepingKnown: Bool, in environment: Environment
    ) throws {}
    public func origin(in transaction: Transaction) throws -> String? { "test" }
    public func setOrigin(_ origin: String, in environment: Environment) throws {}
    public var sources: Set<ModelName> { [] }
    public func customModels(in transaction: Transaction) throws -> CustomModels { CustomModels() }
}
