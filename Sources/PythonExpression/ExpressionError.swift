/// Why an expression could not be read or evaluated.
public enum ExpressionError: Error, Hashable, Sendable {
    /// The text is no expression.
    case malformed(String, at: SourcePosition)
    /// Python that Apus does not run: statements, `lambda`, complex numbers, bit operators.
    case unsupported(String, at: SourcePosition)
    /// Neither a name of the scope nor, with the standard scope, one of the built-in ones.
    case unknownName(String, at: SourcePosition)
    /// `of` is Python's name of the type, or the dotted name of a module.
    case unknownAttribute(String, of: String, at: SourcePosition)
    /// Values that do not fit the operation, or arguments that do not fit the function.
    case mismatch(String, at: SourcePosition)
    case divisionByZero(at: SourcePosition)
    /// A number outside 64 bits; Python would go on with a long one.
    case overflow(at: SourcePosition)
    /// The key as Python's `repr` writes it.
    case missingKey(String, at: SourcePosition)
    case indexOutOfRange(at: SourcePosition)
    /// A function of the scope threw; `reason` is the description of its error.
    case callFailed(String, reason: String, at: SourcePosition)
    case limitExceeded(Limit, at: SourcePosition)
    /// The result is a date, a function or the like, which no `Value` can hold.
    case notRepresentable(String)

    /// What bounds an expression (`Expression.Limits`).
    public enum Limit: String, Hashable, Sendable {
        case bytes = "too long"
        case depth = "nested too deeply"
        case steps = "too much work"
        case textBytes = "making too long a text"
    }
}

extension ExpressionError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .malformed(let reason, let place): "\(place): \(reason)"
        case .unsupported(let what, let place): "\(place): \(what) is not supported in an expression"
        case .unknownName(let name, let place): "\(place): name '\(name)' is not defined"
        case .unknownAttribute(let name, let owner, let place): "\(place): '\(owner)' has no attribute '\(name)'"
        case .mismatch(let reason, let place): "\(place): \(reason)"
        case .divisionByZero(let place): "\(place): division by zero"
        case .overflow(let place): "\(place): the number does not fit in 64 bits"
        case .missingKey(let key, let place): "\(place): there is no key \(key)"
        case .indexOutOfRange(let place): "\(place): the index is out of range"
        case .callFailed(let function, let reason, let place): "\(place): \(function)() failed: \(reason)"
        case .limitExceeded(let limit, let place): "\(place): the expression is \(limit.rawValue)"
        case .notRepresentable(let type): "the result is a \(type), which is no value a field or a client can take"
        }
    }
}
