/// Why a value is no number, in Python's words, which clients know.
public struct UnreadableNumber: Error, Equatable {
    public let reason: String
}

extension Value {
    /// The whole number that Python's `int()` makes of the value; what is empty counts as 0 (contract/orm.md §2).
    public func wholeNumber() throws(UnreadableNumber) -> Int {
        switch self {
        case .integer(let number): return number
        case .boolean(let flag): return flag ? 1 : 0
        case .float(let number):
            guard let whole = Int(exactly: number.rounded(.towardZero)) else {
                throw UnreadableNumber(reason: "cannot convert float \(number.pythonText) to integer")
            }
            return whole
        case .text(let text):
            if text.isEmpty { return 0 }
            guard let number = Int(text.trimmed) else {
                throw UnreadableNumber(reason: "invalid literal for int() with base 10: \(pythonText)")
            }
            return number
        default:
            if !isTruthy { return 0 }
            throw UnreadableNumber(reason: "int() argument must be a string or a number, not \(pythonTypeName)")
        }
    }

    /// The number that Python's `float()` makes of the value; what is empty counts as 0 (contract/orm.md §2).
    public func decimalNumber() throws(UnreadableNumber) -> Double {
        if let number { return number }
        if !isTruthy { return 0 }
        switch self {
        case .boolean: return 1
        case .text(let text):
            guard let number = Double(text.trimmed) else {
                throw UnreadableNumber(reason: "could not convert string to float: \(text)")
            }
            return number
        default:
            throw UnreadableNumber(reason: "float() argument must be a string or a number")
        }
    }

    /// The name of the Python type, in quotes, as faults word it.
    public var pythonTypeName: String {
        switch self {
        case .null: "'NoneType'"
        case .boolean: "'bool'"
        case .integer: "'int'"
        case .float: "'float'"
        case .text: "'str'"
        case .list: "'list'"
        case .dictionary: "'dict'"
        }
    }
}
