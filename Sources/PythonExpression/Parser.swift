/// Reads an expression by its operators' precedence; brackets and what stands in them are in `Parser+Atoms.swift`.
struct Parser {
    private var lexer: Lexer
    private(set) var token: Token
    private let limits: Expression.Limits
    private var depth = 0

    static func expression(of text: String, limits: Expression.Limits) throws(ExpressionError) -> Node {
        var parser = try Parser(text, limits: limits)
        let node = try parser.parseExpressions()
        while parser.token.kind == .newline { try parser.advance() }
        guard parser.token.kind == .end else { throw parser.unexpected() }
        return node
    }

    private init(_ text: String, limits: Expression.Limits) throws(ExpressionError) {
        guard text.utf8.count <= limits.bytes else {
            throw .limitExceeded(.bytes, at: SourcePosition(line: 1, column: 1))
        }
        lexer = Lexer(text)
        token = try lexer.next()
        self.limits = limits
    }

    // MARK: - Tokens

    mutating func advance() throws(ExpressionError) { token = try lexer.next() }

    /// The token behind the present one.
    func following() throws(ExpressionError) -> Token {
        var copy = lexer
        return try copy.next()
    }

    func sees(_ symbol: Token.Symbol) -> Bool { token.kind == .symbol(symbol) }
    func sees(_ keyword: Token.Keyword) -> Bool { token.kind == .keyword(keyword) }

    /// Goes over the symbol when it comes next.
    mutating func take(_ symbol: Token.Symbol) throws(ExpressionError) -> Bool {
        guard sees(symbol) else { return false }
        try advance()
        return true
    }

    mutating func expect(_ symbol: Token.Symbol) throws(ExpressionError) {
        guard try take(symbol) else { throw unexpected("'\(symbol.rawValue)' was expected") }
    }

    func unexpected(_ wish: String = "an expression was expected") -> ExpressionError {
        .malformed("\(wish), not \(token.spelling)", at: token.position)
    }

    private mutating func enter() throws(ExpressionError) {
        depth += 1
        guard depth <= limits.depth else { throw .limitExceeded(.depth, at: token.position) }
    }

    // MARK: - Expressions

    /// `a, b` without brackets is a tuple.
    mutating func parseExpressions() throws(ExpressionError) -> Node {
        let first = try parseExpression()
        guard sees(.comma) else { return first }
        var elements = [first]
        while try take(.comma) {
            guard beginsExpression else { break }
            elements.append(try parseExpression())
        }
        return Node(position: first.position, kind: .list(elements, isTuple: true))
    }

    /// False before what can only close a list of expressions.
    private var beginsExpression: Bool {
        switch token.kind {
        case .newline, .end, .symbol(.closeParenthesis), .symbol(.closeBracket), .symbol(.closeBrace): false
        default: true
        }
    }

    mutating func parseExpression() throws(ExpressionError) -> Node {
        try enter()
        defer { depth -= 1 }
        if sees(.lambda) { throw .unsupported("'lambda'", at: token.position) }
        let value = try parseOr()
        guard sees(.if) else { return value }
        try advance()
        let condition = try parseOr()
        guard sees(.else) else { throw unexpected("'else' was expected") }
        try advance()
        let other = try parseExpression()
        return Node(position: value.position, kind: .conditional(value, if: condition, else: other))
    }

    mutating func parseOr() throws(ExpressionError) -> Node {
        var operands = [try parseAnd()]
        while sees(.or) {
            try advance()
            operands.append(try parseAnd())
        }
        return operands.count == 1 ? operands[0] : Node(position: operands[0].position, kind: .or(operands))
    }

    private mutating func parseAnd() throws(ExpressionError) -> Node {
        var operands = [try parseNot()]
        while sees(.and) {
            try advance()
            operands.append(try parseNot())
        }
        return operands.count == 1 ? operands[0] : Node(position: operands[0].position, kind: .and(operands))
    }

    private mutating func parseNot() throws(ExpressionError) -> Node {
        guard sees(.not) else { return try parseComparison() }
        try enter()
        defer { depth -= 1 }
        let place = token.position
        try advance()
        return Node(position: place, kind: .not(try parseNot()))
    }

    private mutating func parseComparison() throws(ExpressionError) -> Node {
        let first = try parseSum()
        var comparisons: [Node.Comparison] = []
        while true {
            let place = token.position
            guard let relation = try takeRelation() else { break }
            comparisons.append(.init(relation: relation, operand: try parseSum(), position: place))
        }
        return comparisons.isEmpty ? first : Node(position: first.position, kind: .comparison(first, comparisons))
    }

    private mutating func takeRelation() throws(ExpressionError) -> Node.Relation? {
        let relation: Node.Relation
        switch token.kind {
        case .symbol(.equal): relation = .equal
        case .symbol(.unequal), .symbol(.angles): relation = .unequal
        case .symbol(.less): relation = .less
        case .symbol(.lessOrEqual): relation = .lessOrEqual
        case .symbol(.greater): relation = .greater
        case .symbol(.greaterOrEqual): relation = .greaterOrEqual
        case .keyword(.in): relation = .in
        case .keyword(.not):
            try advance()
            guard sees(.in) else { throw unexpected("'in' was expected") }
            relation = .notIn
        case .keyword(.is):
            try advance()
            guard sees(.not) else { return .is }
            relation = .isNot
        default: return nil
        }
        try advance()
        return relation
    }

    private mutating func parseSum() throws(ExpressionError) -> Node {
        let first = try parseProduct()
        var operations: [Node.Operation] = []
        while sees(.plus) || sees(.minus) {
            let operation: Node.Operator = sees(.plus) ? .add : .subtract
            let place = token.position
            try advance()
            operations.append(.init(operation: operation, operand: try parseProduct(), position: place))
        }
        return operations.isEmpty ? first : Node(position: first.position, kind: .arithmetic(first, operations))
    }

    private mutating func parseProduct() throws(ExpressionError) -> Node {
        let first = try parseUnary()
        var operations: [Node.Operation] = []
        while let operation = productOperator {
            let place = token.position
            try advance()
            operations.append(.init(operation: operation, operand: try parseUnary(), position: place))
        }
        return operations.isEmpty ? first : Node(position: first.position, kind: .arithmetic(first, operations))
    }

    private var productOperator: Node.Operator? {
        switch token.kind {
        case .symbol(.star): .multiply
        case .symbol(.slash): .divide
        case .symbol(.doubleSlash): .floorDivide
        case .symbol(.percent): .remainder
        default: nil
        }
    }

    private mutating func parseUnary() throws(ExpressionError) -> Node {
        guard sees(.minus) || sees(.plus) else { return try parsePower() }
        try enter()
        defer { depth -= 1 }
        let place = token.position
        let isNegated = sees(.minus)
        try advance()
        let operand = try parseUnary()
        return Node(position: place, kind: isNegated ? .negated(operand) : .positive(operand))
    }

    private mutating func parsePower() throws(ExpressionError) -> Node {
        let base = try parsePostfix()
        guard sees(.doubleStar) else { return base }
        try enter()
        defer { depth -= 1 }
        let place = token.position
        try advance()
        let exponent = Node.Operation(operation: .power, operand: try parseUnary(), position: place)
        return Node(position: base.position, kind: .arithmetic(base, [exponent]))
    }
}
