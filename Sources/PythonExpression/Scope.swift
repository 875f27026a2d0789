public import Values

/// The names an expression may use. Without any, it is a literal.
///
/// Not `Sendable`: functions usually hold on to the environment of one call.
public struct Scope {
    /// A function of the scope: its positional and its named arguments. What it throws is reported as
    /// `ExpressionError.callFailed`.
    public typealias Function = (_ arguments: [Value], _ named: [String: Value]) throws -> Value

    /// Plain names: `uid`, `active_id`.
    public var names: [String: Value]
    /// Functions by name. A dotted name is a function of a module: `time.strftime` makes `time` known as well.
    public var functions: [String: Function]
    /// Asked for names that are neither in `names` nor in `functions`, before the built-in ones; nil when it does not
    /// know the name either. The way in for records (`user`) and for names that are costly to prepare.
    public var resolve: ((String) throws -> ExpressionMember?)?
    /// Whether Python's functions and the clock are known: `len`, `str`, `range`, `time.strftime`, `DateTime.now`,
    /// `timedelta` and so on (`Builtin` lists them all).
    public var hasBuiltins: Bool

    public init(names: [String: Value] = [:], functions: [String: Function] = [:], hasBuiltins: Bool = false) {
        self.names = names
        self.functions = functions
        self.hasBuiltins = hasBuiltins
    }

    /// The built-in names alone (contract/addons.md §5, §13); a value to add one's own names to.
    public static var standard: Scope { Scope(hasBuiltins: true) }
}

/// A record whose fields an expression reads: `user.company_id.id` in a record rule.
public protocol ExpressionRecord {
    /// A field or method; nil when the record has no such name.
    func member(_ name: String) throws -> ExpressionMember?

    /// What stands for the record where a plain value is needed, also for truth and equality: its id, or false for a
    /// record that is not there.
    var expressionValue: Value { get }
}

/// What a name of a scope, or an attribute of a record, leads to.
public enum ExpressionMember {
    case value(Value)
    case record(any ExpressionRecord)
    case records([any ExpressionRecord])
    case function(Scope.Function)
    /// A function that leads to a record, as `obj` in data files does.
    case finder((_ arguments: [Value]) throws -> any ExpressionRecord)
}
