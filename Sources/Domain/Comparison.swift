/// The operator of a leaf.
public enum Comparison: String, Sendable, CaseIterable {
    case equal = "="
    case notEqual = "!="
    case unequal = "<>"
    case less = "<"
    case greater = ">"
    case lessOrEqual = "<="
    case greaterOrEqual = ">="
    /// `=`, but always true when the value is absent.
    case equalIfGiven = "=?"
    case like
    case ilike
    case notLike = "not like"
    case notILike = "not ilike"
    /// LIKE with the value exactly as it is given.
    case exactLike = "=like"
    case exactILike = "=ilike"
    case `in`
    case notIn = "not in"
    case childOf = "child_of"

    /// True for operators that a relation reads as the complement.
    public var isNegative: Bool {
        switch self {
        case .notLike, .notILike, .notIn, .unequal, .notEqual: true
        default: false
        }
    }

    /// The same question asked of one value instead of a list.
    public var ofOne: Comparison {
        switch self {
        case .in: .equal
        case .notIn: .notEqual
        default: self
        }
    }

    /// True for LIKE and its kin.
    var isPattern: Bool {
        switch self {
        case .like, .ilike, .notLike, .notILike, .exactLike, .exactILike: true
        default: false
        }
    }
}
