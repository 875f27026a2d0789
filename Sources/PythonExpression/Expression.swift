public import Values

/// A Python 2 expression of an addon file, a domain, a context or a condition: parsed once, evaluated as often as needed.
///
/// It is the part of Python those texts use, without any way out of it: literals, operators, comprehensions, methods of
/// texts, lists and dictionaries, and the names a `Scope` gives. Tuples become lists. There is no `lambda`, no
/// statement, no bit operator and no set. Texts are counted in characters of Unicode, whatever their prefix.
///
///     try Expression(parsing: "[('user_id', '=', uid)]").evaluate(in: Scope(names: ["uid": 3]))
public struct Expression: Sendable {
    /// What a hostile text may cost.
    public struct Limits: Hashable, Sendable {
        /// Length of the source in UTF-8.
        public var bytes = 1 << 20
        /// Brackets, unary operators and conditions inside one another.
        public var depth = 100
        /// Nodes visited, elements made or compared, and one step for each 256 bytes of text handled.
        public var steps = 1_000_000
        /// Length in UTF-8 of any text the evaluation makes.
        public var textBytes = 16 << 20

        public init() {}
    }

    let root: Node
    let limits: Limits

    /// Reads one expression; comments and blank lines around it are allowed, as in a manifest. Several expressions with
    /// commas between them are a tuple.
    public init(parsing text: String, limits: Limits = Limits()) throws(ExpressionError) {
        root = try Parser.expression(of: text, limits: limits)
        self.limits = limits
    }

    /// The expression's value. Dates, durations and functions are no `Value`: an expression that ends in one throws
    /// `.notRepresentable`; a record becomes its `expressionValue`.
    public func evaluate(in scope: Scope = Scope()) throws(ExpressionError) -> Value {
        var evaluator = Evaluator(scope: scope, limits: limits)
        let result = try evaluator.evaluate(root)
        return try evaluator.value(of: result, at: root.position)
    }

    /// The value of a text that names nothing from outside: a manifest, a stored list of pairs.
    public static func literal(_ text: String) throws(ExpressionError) -> Value {
        try Expression(parsing: text).evaluate()
    }
}
