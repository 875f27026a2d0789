public import Values

/// One condition of a domain: a field or a path of fields, an operator, a value.
public struct Leaf: Hashable, Sendable {
    /// `name`, or a path `partner_id.country_id.code`.
    public let path: String
    public let comparison: Comparison
    public let value: Value

    public init(path: String, comparison: Comparison, value: Value) {
        self.path = path
        self.comparison = comparison
        self.value = value
    }

    /// The leaf as the client wrote it.
    public var written: Value { [.text(path), .text(comparison.rawValue), value] }
}
