internal import PythonExpression
internal import Values

/// What a serialized field holds: any value, stored as Python writes it (contract/orm.md §2).
enum SerializedText {
    static func text(of value: Value) -> String { value.pythonText }

    /// The value behind a stored text; what is no literal reads as nothing.
    static func value(of text: String?) -> Value {
        guard let text, let value = try? Expression.literal(text) else { return false }
        return value
    }
}
