internal import ORM
internal import Values

extension Records {
    /// The records one leaf finds; when it finds none, those another one finds.
    func named(_ query: NameQuery, first leaf: [Value], else other: [Value]) throws -> [NamedRecord] {
        let found = try named(query, and: leaf)
        return found.isEmpty ? try named(query, and: other) : found
    }
}

extension NameQuery {
    /// The leaf that compares a field with what was typed.
    func leaf(_ field: FieldName) -> Value { [.text(field), .text(comparison), .text(text)] }

    /// The leaf that compares a field with what was typed in one way, whatever the client asked for.
    func leaf(_ field: FieldName, _ comparison: String) -> Value {
        [.text(field), .text(comparison), .text(text)]
    }
}
