internal import Synchronization
public import Values

/// All models of one database: built from the installed addons in their order, frozen, swapped whole when an addon
/// is installed.
public final class Registry: Sendable {
    /// The addons folded in, in load order.
    public let addons: [String]
    /// All models by name.
    public let models: [ModelName: Model]
    public let ports: Ports
    /// Tells the registries of this process apart, for those who remember what they worked out with one.
    public let number: Int
    private static let counter = Atomic(0)
    /// Stored fields of any model that go stale when a model changes, by the changed model.
    let triggers: [ModelName: [StoreTrigger]]
    /// The message of each constraint PostgreSQL keeps, by the constraint's name.
    let sqlConstraints: [String: (model: ModelName, message: String)]
    let invalidFields = InvalidFields()

    /// What was left out of the custom models and fields, and why.
    public let misfits: [String]
    private let halves: [AddonModels]

    /// Folds the addons in the order given, and what fits of the custom models and fields over them.
    ///
    /// - Throws: `ORMError.definition` naming addon, model and reason when definitions contradict each other.
    public init(addons: [AddonModels], ports: Ports, custom: CustomModels = CustomModels()) throws {
        let drafts: [ModelName: ModelDraft]
        (drafts, misfits) = try ModelFold.drafts(of: addons, custom: custom)
        halves = addons
        models = try ModelFold.models(from: drafts)
        try RegistryCheck.check(models)
        self.addons = addons.map(\.name)
        self.ports = ports
        number = Self.counter.add(1, ordering: .relaxed).newValue
        triggers = StoreTrigger.all(of: models.values)
        var constraints: [String: (model: ModelName, message: String)] = [:]
        for model in models.values {
            for case .sql(let key, _, let message) in model.constraints {
                constraints[model.constraintName(key)] = (model.name, message)
            }
        }
        sqlConstraints = constraints
    }

    /// The same addons with other custom models and fields.
    func rebuilt(with custom: CustomModels) throws -> Registry {
        try Registry(addons: halves, ports: ports, custom: custom)
    }

    /// - Throws: `ORMError.unknownModel`.
    public func model(_ name: ModelName) throws -> Model {
        guard let model = models[name] else { throw ORMError.unknownModel(name) }
        return model
    }

    /// The model that declares a field which another model may have by delegation.
    func owner(of field: FieldName, seenFrom model: Model) throws -> Model {
        var owner = model
        while owner.ownField(field) == nil, let delegate = owner.inherited[field]?.delegate {
            owner = try self.model(delegate.model)
        }
        return owner
    }

    /// The message of a constraint that PostgreSQL reported broken, when a model declared it.
    public func message(ofConstraint name: String) -> String? { sqlConstraints[name]?.message }

    /// The model that declared a constraint of PostgreSQL.
    public func model(ofConstraint name: String) -> ModelName? { sqlConstraints[name]?.model }

    /// The model whose records a table holds; for faults that PostgreSQL reports by table.
    public func model(ofTable table: String) -> Model? { models.values.first { $0.table == table && $0.ownsTable } }
}
