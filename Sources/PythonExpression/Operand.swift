import Values

/// A value while an expression is evaluated: what `Value` holds, and what only expressions know.
enum Operand {
    case none
    case boolean(Bool)
    case integer(Int)
    case float(Double)
    case text(String)
    /// Lists and tuples. They compare as equal, since values of the wire are lists; only `%` and `str` tell them apart.
    case list([Operand], isTuple: Bool)
    case dictionary([Key: Operand])
    case moment(Moment)
    case interval(Interval)
    /// A dotted name of a function or a module: `time`, `time.strftime`.
    case reference(String)
    /// A function of a record, with the name it was found under.
    case function(String, Scope.Function)
    /// A function that leads to a record, with its name.
    case finder(String, ([Value]) throws -> any ExpressionRecord)
    indirect case method(Operand, String)
    case record(any ExpressionRecord)

    static func list(_ elements: [Operand]) -> Operand { .list(elements, isTuple: false) }

    /// Python's name of the type, for complaints.
    var typeName: String {
        switch self {
        case .none: "NoneType"
        case .boolean: "bool"
        case .integer: "int"
        case .float: "float"
        case .text: "str"
        case .list(_, let isTuple): isTuple ? "tuple" : "list"
        case .dictionary: "dict"
        case .moment(let moment): moment.isDate ? "date" : "datetime"
        case .interval: "timedelta"
        case .reference, .function, .finder: "function"
        case .method: "method"
        case .record: "record"
        }
    }

    var isTruthy: Bool {
        switch self {
        case .none: false
        case .boolean(let value): value
        case .integer(let value): value != 0
        case .float(let value): value != 0
        case .text(let value): !value.isEmpty
        case .list(let elements, _): !elements.isEmpty
        case .dictionary(let members): !members.isEmpty
        case .interval(let interval): interval.seconds != 0
        case .record(let record): record.expressionValue.isTruthy
        case .moment, .reference, .function, .finder, .method: true
        }
    }

    /// The number of a boolean or an integer: `True + 1` is 2.
    var integer: Int? {
        switch self {
        case .boolean(let value): value ? 1 : 0
        case .integer(let value): value
        default: nil
        }
    }

    /// The number of a boolean, an integer or a float.
    var number: Double? { if case .float(let value) = self { value } else { integer.map(Double.init) } }
}

/// What a dictionary can have as key. Equal numbers are one key, as in Python: `{1: 'a', True: 'b', 1.0: 'c'}` has one.
enum Key: Hashable, Comparable {
    case none
    case integer(Int)
    case float(Double)
    case text(String)

    init?(_ operand: Operand) {
        switch operand {
        case .none: self = .none
        case .boolean(let value): self = .integer(value ? 1 : 0)
        case .integer(let value): self = .integer(value)
        case .float(let value): self = Int(exactly: value).map(Key.integer) ?? .float(value)
        case .text(let value): self = .text(value)
        default: return nil
        }
    }

    var operand: Operand {
        switch self {
        case .none: .none
        case .integer(let value): .integer(value)
        case .float(let value): .float(value)
        case .text(let value): .text(value)
        }
    }
}
