public import Values

/// Why a domain, or an order, cannot be carried out; descriptions are the texts clients know (contract/domains.md).
public enum DomainError: Error, Equatable {
    /// An element is neither an operator nor a leaf of three; the whole domain as Python writes it.
    case malformed(String)
    /// `&`, `|` or `!` without the operands it needs.
    case tooFewOperands
    case notAList(Value)
    case tooLarge(limit: Int)
    /// More operators within one another than a person would write.
    case tooDeep(limit: Int)
    /// The operator does not work on the column's type.
    case unsupported(String)
    /// A value that the column's type cannot hold.
    case badValue(String)
    case malformedOrder(String)
}

extension DomainError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .malformed(let domain): "Bad domain expression: \(domain)"
        case .tooFewOperands: "pop from empty list"
        case .notAList(.text): "'str' object has no attribute 'insert'"
        case .notAList(.boolean): "'bool' object has no attribute '__getitem__'"
        case .notAList(.integer): "'int' object has no attribute '__getitem__'"
        case .notAList(let value): "a domain is a list, not \(value.pythonText)"
        case .tooLarge(let limit): "a domain has at most \(limit) elements"
        case .tooDeep(let limit): "a domain has at most \(limit) operators within one another"
        case .unsupported(let text), .badValue(let text): text
        case .malformedOrder(let text): "\"\(text)\" is no order"
        }
    }
}
