/// The one dynamic type of Apus: whatever a client sends, a field holds or a method answers.
///
/// Dates and times are text in OpenERP's spelling (`2011-06-01`, `2011-06-01 08:30:00`), binary content is base64
/// text, a many2one is its id or a list `[id, name]`. `null` is Python's `None`: it is accepted from clients and
/// sent as `False` (contract/README.md, difference 1).
public enum Value: Hashable, Sendable {
    case null
    case boolean(Bool)
    case integer(Int)
    case float(Double)
    case text(String)
    case list([Value])
    case dictionary([String: Value])
}

extension Value: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    public init(nilLiteral: ()) { self = .null }
    public init(booleanLiteral value: Bool) { self = .boolean(value) }
    public init(integerLiteral value: Int) { self = .integer(value) }
    public init(floatLiteral value: Double) { self = .float(value) }
    public init(stringLiteral value: String) { self = .text(value) }
    public init(arrayLiteral elements: Value...) { self = .list(elements) }

    /// The later of two equal keys counts, as in Python.
    public init(dictionaryLiteral elements: (String, Value)...) {
        self = .dictionary(Dictionary(elements, uniquingKeysWith: { _, later in later }))
    }
}

extension Value {
    /// Python's truth: `None`, `False`, `0`, `0.0`, `''`, `[]` and `{}` are false, all else is true.
    public var isTruthy: Bool {
        switch self {
        case .null: false
        case .boolean(let value): value
        case .integer(let value): value != 0
        case .float(let value): value != 0
        case .text(let value): !value.isEmpty
        case .list(let value): !value.isEmpty
        case .dictionary(let value): !value.isEmpty
        }
    }

    /// `None` or `False`: what OpenERP's wire calls "no value".
    public var isAbsent: Bool { self == .null || self == .boolean(false) }

    /// The text, when this is one.
    public var text: String? { if case .text(let value) = self { value } else { nil } }

    /// The elements, when this is a list.
    public var list: [Value]? { if case .list(let value) = self { value } else { nil } }

    /// The members, when this is a dictionary.
    public var dictionary: [String: Value]? { if case .dictionary(let value) = self { value } else { nil } }

    /// The number, when this is an integer; a boolean is none.
    public var integer: Int? { if case .integer(let value) = self { value } else { nil } }

    /// The number as floating point, when this is an integer or a float.
    public var number: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .float(let value): value
        default: nil
        }
    }

    /// A record id: an integer, or digits in text, as scripts send them (contract/orm.md §4).
    public var recordID: Int? {
        switch self {
        case .integer(let value): value
        case .text(let digits): Int(digits)
        default: nil
        }
    }
}
