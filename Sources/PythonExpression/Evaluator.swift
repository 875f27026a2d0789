import Values

/// Evaluates an expression's tree. Everything that costs is charged as steps, so that no text of bounded length can keep a
/// worker busy.
struct Evaluator {
    let scope: Scope
    let limits: Expression.Limits
    private var steps = 0
    /// Names of comprehensions.
    private var locals: [String: Operand] = [:]
    /// Names of the scope that have been converted already.
    private var known: [String: Operand] = [:]
    /// The scope's functions and the modules their dotted names imply.
    private var functionPaths: Set<String> = []

    init(scope: Scope, limits: Expression.Limits) {
        self.scope = scope
        self.limits = limits
        for path in scope.functions.keys {
            functionPaths.insert(path)
            for (index, byte) in zip(path.utf8.indices, path.utf8) where byte == UInt8(ascii: ".") {
                functionPaths.insert(String(path[..<index]))
            }
        }
    }

    // MARK: - Costs

    mutating func charge(_ cost: Int = 1, at place: SourcePosition) throws(ExpressionError) {
        guard cost <= limits.steps - steps else { throw .limitExceeded(.steps, at: place) }
        steps += cost
    }

    /// Accounts for handling so many bytes of text.
    mutating func charge(bytes: Int, at place: SourcePosition) throws(ExpressionError) {
        try charge(1 + bytes / 256, at: place)
    }

    /// Accounts for a text about to be made.
    mutating func admit(bytes: Int, at place: SourcePosition) throws(ExpressionError) {
        guard bytes <= limits.textBytes else { throw .limitExceeded(.textBytes, at: place) }
        try charge(bytes: bytes, at: place)
    }

    /// Makes a text longer, within the limits.
    mutating func append(
        _ addition: String, to text: inout String, at place: SourcePosition
    ) throws(ExpressionError) {
        guard text.utf8.count + addition.utf8.count <= limits.textBytes else {
            throw .limitExceeded(.textBytes, at: place)
        }
        try charge(bytes: addition.utf8.count, at: place)
        text += addition
    }

    // MARK: - Nodes

    mutating func evaluate(_ node: Node) throws(ExpressionError) -> Operand {
        try charge(at: node.position)
        switch node.kind {
        case .constant(let value): return try operand(value, at: node.position)
        case .name(let name): return try lookUp(name, at: node.position)
        case .list(let nodes, let isTuple): return .list(try evaluate(nodes), isTuple: isTuple)
        case .dictionary(let entries): return try evaluate(entries)
        case .comprehension(let element, let clauses): return try evaluate(element, for: clauses)
        case .dictionaryComprehension(let entry, let clauses): return try evaluate(entry, for: clauses)
        case .conditional(let value, let condition, let other):
            return try evaluate(try evaluate(condition).isTruthy ? value : other)
        case .or(let nodes): return try evaluate(nodes, until: true)
        case .and(let nodes): return try evaluate(nodes, until: false)
        case .not(let inner): return .boolean(!(try evaluate(inner).isTruthy))
        case .negated(let inner): return try negated(try evaluate(inner), at: node.position)
        case .positive(let inner): return try positive(try evaluate(inner), at: node.position)
        case .arithmetic(let first, let operations): return try evaluate(first, operations)
        case .comparison(let first, let comparisons): return try evaluate(first, comparisons)
        case .postfix(let base, let suffixes): return try evaluate(base, suffixes)
        }
    }

    mutating func evaluate(_ nodes: [Node]) throws(ExpressionError) -> [Operand] {
        var elements: [Operand] = []
        elements.reserveCapacity(nodes.count)
        for node in nodes { elements.append(try evaluate(node)) }
        return elements
    }

    /// `and` and `or`: the first operand with that truth, else the last one.
    private mutating func evaluate(_ nodes: [Node], until truth: Bool) throws(ExpressionError) -> Operand {
        var result = Operand.none
        for node in nodes {
            result = try evaluate(node)
            if result.isTruthy == truth { break }
        }
        return result
    }

    private mutating func evaluate(_ entries: [Node.Entry]) throws(ExpressionError) -> Operand {
        var members: [Key: Operand] = [:]
        for entry in entries {
            let key = try key(try evaluate(entry.key), at: entry.key.position)
            members[key] = try evaluate(entry.value)
        }
        return .dictionary(members)
    }

    private mutating func evaluate(
        _ first: Node, _ operations: [Node.Operation]
    ) throws(ExpressionError) -> Operand {
        var result = try evaluate(first)
        for operation in operations {
            let operand = try evaluate(operation.operand)
            result = try combine(result, operation.operation, operand, at: operation.position)
        }
        return result
    }

    /// `a < b < c` is `a < b and b < c`, with `b` evaluated once.
    private mutating func evaluate(
        _ first: Node, _ comparisons: [Node.Comparison]
    ) throws(ExpressionError) -> Operand {
        var left = try evaluate(first)
        for comparison in comparisons {
            let right = try evaluate(comparison.operand)
            guard try holds(left, comparison.relation, right, at: comparison.position) else { return .boolean(false) }
            left = right
        }
        return .boolean(true)
    }

    func key(_ operand: Operand, at place: SourcePosition) throws(ExpressionError) -> Key {
        guard let key = Key(operand) else { throw .mismatch("a \(operand.typeName) cannot be a key", at: place) }
        return key
    }

    // MARK: - Comprehensions

    private mutating func evaluate(_ element: Node, for clauses: [Node.Clause]) throws(ExpressionError) -> Operand {
        var elements: [Operand] = []
        let outer = locals
        defer { locals = outer }
        try run(clauses[...]) { (evaluator) throws(ExpressionError) in
            elements.append(try evaluator.evaluate(element))
        }
        return .list(elements)
    }

    private mutating func evaluate(_ entry: Node.Entry, for clauses: [Node.Clause]) throws(ExpressionError) -> Operand {
        var members: [Key: Operand] = [:]
        let outer = locals
        defer { locals = outer }
        try run(clauses[...]) { (evaluator) throws(ExpressionError) in
            let key = try evaluator.key(try evaluator.evaluate(entry.key), at: entry.key.position)
            members[key] = try evaluator.evaluate(entry.value)
        }
        return .dictionary(members)
    }

    private mutating func run(
        _ clauses: ArraySlice<Node.Clause>, _ body: (inout Evaluator) throws(ExpressionError) -> Void
    ) throws(ExpressionError) {
        guard let clause = clauses.first else { return try body(&self) }
        let place = clause.elements.position
        for element in try elements(of: try evaluate(clause.elements), at: place) {
            try charge(at: place)
            if clause.isUnpacked {
                let parts = try elements(of: element, at: place)
                guard parts.count == clause.targets.count else {
                    throw .mismatch("\(parts.count) values for \(clause.targets.count) names", at: place)
                }
                for (target, part) in zip(clause.targets, parts) { locals[target] = part }
            } else {
                locals[clause.targets[0]] = element
            }
            var isMet = true
            for condition in clause.conditions where isMet { isMet = try evaluate(condition).isTruthy }
            if isMet { try run(clauses.dropFirst(), body) }
        }
    }

    /// What a loop over the operand meets: elements, characters, or keys in sorted order.
    mutating func elements(of operand: Operand, at place: SourcePosition) throws(ExpressionError) -> [Operand] {
        switch operand {
        case .list(let elements, _): return elements
        case .text(let text):
            try charge(text.utf8.count, at: place)
            return text.unicodeScalars.map { .text(String($0)) }
        case .dictionary(let members):
            try charge(members.count, at: place)
            return members.keys.sorted().map(\.operand)
        default: throw .mismatch("a \(operand.typeName) has no elements", at: place)
        }
    }

    // MARK: - Names

    private mutating func lookUp(_ name: String, at place: SourcePosition) throws(ExpressionError) -> Operand {
        if let operand = locals[name] ?? known[name] { return operand }
        let found: Operand
        if let value = scope.names[name] {
            found = try operand(value, at: place)
        } else if functionPaths.contains(name) {
            return .reference(name)
        } else if let member = try resolve(name, at: place) {
            found = try operand(member, named: name, at: place)
        } else if hasBuiltin(name) {
            return .reference(name)
        } else {
            throw .unknownName(name, at: place)
        }
        known[name] = found
        return found
    }

    private func resolve(_ name: String, at place: SourcePosition) throws(ExpressionError) -> ExpressionMember? {
        guard let resolve = scope.resolve else { return nil }
        do {
            return try resolve(name)
        } catch {
            throw .callFailed(name, reason: String(describing: error), at: place)
        }
    }

    /// True for a function's dotted name and for a module's.
    func isReference(_ path: String) -> Bool { functionPaths.contains(path) || hasBuiltin(path) }

    private func hasBuiltin(_ path: String) -> Bool {
        scope.hasBuiltins && (Builtin(rawValue: path) != nil || Builtin.modules.contains(path))
    }
}
