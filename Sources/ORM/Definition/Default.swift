public import Values

/// What a field holds when `create` is not given a value for it.
public enum Default: Sendable, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByStringLiteral, ExpressibleByArrayLiteral
{
    case value(Value)
    /// Asked once a call of `default_get` or `create`, for all its records: the caller, today, the context.
    case computed(@Sendable (Environment) throws -> Value)
    /// Asked for each record: the next number of a sequence.
    case each(@Sendable (Environment) throws -> Value)

    public init(booleanLiteral value: Bool) { self = .value(.boolean(value)) }
    public init(integerLiteral value: Int) { self = .value(.integer(value)) }
    public init(floatLiteral value: Double) { self = .value(.float(value)) }
    public init(stringLiteral value: String) { self = .value(.text(value)) }
    public init(arrayLiteral elements: Value...) { self = .value(.list(elements)) }

    /// Whether each record gets a value of its own.
    var isDrawn: Bool { if case .each = self { true } else { false } }

    /// The value for this call.
    func value(in environment: Environment) throws -> Value {
        switch self {
        case .value(let value): value
        case .computed(let value), .each(let value): try value(environment)
        }
    }

    /// The present moment in server time: `2011-06-01 08:30:00`.
    public static let now = Default.computed { _ in .text(Timestamp.now()) }

    /// Today in server time: `2011-06-01`.
    public static let today = Default.computed { _ in .text(Timestamp.today()) }

    /// The caller.
    public static let caller = Default.computed { .integer($0.uid) }
}
