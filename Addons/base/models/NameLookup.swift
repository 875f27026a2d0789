internal import Domain
internal import ORM
internal import Values

extension Records {
    /// The records that fulfil a name query's own domain and some more leaves, with their names, in the model's order.
    func named(_ query: NameQuery, and leaves: [Value] = []) throws -> [NamedRecord] {
        guard let given = query.domain.list else { throw DomainError.notAList(query.domain) }
        let domain = given + leaves
        let found = try search(SearchRequest(.list(domain), limit: query.limit))
        let names = try found.displayNames()
        return found.ids.compactMap { id in names[id].map { NamedRecord(id: id, name: $0) } }
    }

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
