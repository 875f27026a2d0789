internal import Domain
internal import SQL
internal import Values

/// A domain leaf on a translated field: records whose translation matches, and records whose column matches, so that a
/// hit in the source language counts even where a translation says something else (contract/domains.md §7).
struct TranslatedLeaf {
    let compiler: DomainCompiler
    let model: Model
    let field: Field

    func condition(_ leaf: Leaf) throws -> SQL {
        // No value means an empty column, whatever the language.
        if leaf.value.isAbsent || leaf.value == [] { return try plain(model.column(field.name), leaf) }
        let positive = Leaf(path: leaf.path, comparison: leaf.comparison.affirmed, value: leaf.value)
        var found = try plain(model.column(field.name), positive)
        if let language = try compiler.environment.valueLanguage() {
            let translated = try compiler.environment.registry.ports.translator.records(
                of: model, translating: field.name, in: language
            ) { try plain($0, positive) }
            found = "(\(found) OR \(model.column("id")) IN (\(translated)))"
        }
        // The complement: records without a value are in it, unlike on other columns.
        if leaf.comparison.isNegative { return "(\(found)) IS NOT TRUE" }
        return compiler.isNegated ? "(\(found)) IS TRUE" : found
    }

    private func plain(_ column: SQL, _ leaf: Leaf) throws -> SQL {
        try compiler.plainCondition(column, field.kind.columnKind, leaf)
    }
}

extension Comparison {
    /// The operator whose complement a negative one is; any other is itself.
    fileprivate var affirmed: Comparison {
        switch self {
        case .notEqual, .unequal: .equal
        case .notLike: .like
        case .notILike: .ilike
        case .notIn: .in
        default: self
        }
    }
}
