public import Values

/// The client's context: whatever it sent as the last argument, and the keys the engine itself knows.
public struct Context: Sendable, Hashable {
    public var values: [String: Value]

    public init(_ values: [String: Value] = [:]) { self.values = values }

    /// The value of a key; `null` when it is absent.
    public subscript(_ key: String) -> Value {
        get { values[key] ?? .null }
        set { values[key] = newValue }
    }

    /// False only when the client switched the filter on `active` off (contract/domains.md §8).
    var filtersInactive: Bool { values["active_test"].map { $0.isTruthy } ?? true }

    /// True when the content of a binary field shall be answered by its size.
    func wantsSize(of field: FieldName) -> Bool {
        self["bin_size"].isTruthy || self["bin_size_" + field].isTruthy
    }

    /// The context without the defaults of the form, which are not meant for the lines within it
    /// (contract/orm.md §5).
    var withoutDefaults: Context {
        Context(values.filter { !$0.key.hasPrefix("default_") })
    }
}
