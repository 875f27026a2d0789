import Values

/// A part of a parsed expression. Chains (`a + b - c`, `x.y[0].z`) are flat lists, so that a long text makes no deep tree.
struct Node: Sendable {
    let position: SourcePosition
    let kind: Kind

    indirect enum Kind: Sendable {
        /// A number, a text, `True`, `False` or `None`.
        case constant(Value)
        case name(String)
        case list([Node], isTuple: Bool)
        case dictionary([Entry])
        case comprehension(Node, [Clause])
        case dictionaryComprehension(Entry, [Clause])
        case conditional(Node, if: Node, else: Node)
        case or([Node])
        case and([Node])
        case not(Node)
        case negated(Node)
        case positive(Node)
        /// Operators of one precedence, from left to right.
        case arithmetic(Node, [Operation])
        case comparison(Node, [Comparison])
        case postfix(Node, [Suffix])
    }

    struct Entry: Sendable {
        let key: Node
        let value: Node
    }

    /// `for targets in elements`, with its conditions.
    struct Clause: Sendable {
        let targets: [String]
        let isUnpacked: Bool
        let elements: Node
        var conditions: [Node]
    }

    struct Operation: Sendable {
        let operation: Operator
        let operand: Node
        let position: SourcePosition
    }

    struct Comparison: Sendable {
        let relation: Relation
        let operand: Node
        let position: SourcePosition
    }

    struct Suffix: Sendable {
        let position: SourcePosition
        let kind: Kind

        enum Kind: Sendable {
            case attribute(String)
            case call([Node], [NamedArgument])
            case index(Node)
            case slice(from: Node?, to: Node?, by: Node?)
        }
    }

    struct NamedArgument: Sendable {
        let name: String
        let value: Node
    }

    enum Operator: String, Sendable {
        case add = "+", subtract = "-", multiply = "*", divide = "/", floorDivide = "//", remainder = "%", power = "**"
    }

    enum Relation: String, Sendable {
        case equal = "==", unequal = "!=", less = "<", lessOrEqual = "<=", greater = ">", greaterOrEqual = ">="
        case `in` = "in", notIn = "not in", `is` = "is", isNot = "is not"
    }
}
