/// The Swift half of an addon: its name and its model definitions in order. An addon gives one, and nothing else
/// registers.
public struct AddonModels: Sendable {
    public let name: String
    let definitions: [ModelDefinition]
    /// Makes what the addon's data files build on, once, when its tables are new; nil for nearly all addons.
    public let firstRecords: (@Sendable (Environment) throws -> Void)?

    public init(
        _ name: String, definitions: [ModelDefinition], firstRecords: (@Sendable (Environment) throws -> Void)? = nil
    ) {
        self.name = name
        self.definitions = definitions
        self.firstRecords = firstRecords
    }
}
