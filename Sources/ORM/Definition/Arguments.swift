public import Values

/// The arguments of a remote call, in order, with safe access: one that was not given is `null`.
public struct Arguments: Sendable {
    public let values: [Value]
    private let names: [String]

    init(_ values: [Value], names: [String] = []) {
        self.values = values
        self.names = names
    }

    public var count: Int { values.count }

    /// The argument at a place; `null` beyond the end.
    public subscript(_ index: Int) -> Value { values.indices.contains(index) ? values[index] : .null }

    /// The argument of a declared parameter; `null` when there is no such parameter.
    public subscript(_ name: String) -> Value { names.firstIndex(of: name).map { self[$0] } ?? .null }

    /// The dictionary in the parameter `context`; for undeclared parameters the last one, if it is a dictionary.
    var context: [String: Value] {
        if let place = names.firstIndex(of: "context") { return self[place].dictionary ?? [:] }
        return names.isEmpty ? values.last?.dictionary ?? [:] : [:]
    }

    /// The arguments after the first.
    func droppingFirst() -> Arguments {
        Arguments(Array(values.dropFirst()), names: Array(names.dropFirst()))
    }
}
