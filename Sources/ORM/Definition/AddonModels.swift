/// The Swift half of an addon: its name and its model definitions in order. An addon gives one, and nothing else
/// registers.
public struct AddonModels: Sendable {
    public let name: String
    let definitions: [ModelDefinition]

    public init(_ name: String, definitions: [ModelDefinition]) {
        self.name = name
        self.definitions = definitions
    }
}
