import Values

extension Parser {
    /// An atom with everything that hangs on it: `user.company_id[0].name_get()`.
    mutating func parsePostfix() throws(ExpressionError) -> Node {
        let base = try parseAtom()
        var suffixes: [Node.Suffix] = []
        while true {
            let place = token.position
            if try take(.dot) {
                guard case .name(let name) = token.kind else { throw unexpected("a name was expected") }
                try advance()
                suffixes.append(.init(position: place, kind: .attribute(name)))
            } else if try take(.openParenthesis) {
                suffixes.append(.init(position: place, kind: try parseArguments()))
            } else if try take(.openBracket) {
                suffixes.append(.init(position: place, kind: try parseSubscript()))
            } else {
                return suffixes.isEmpty ? base : Node(position: base.position, kind: .postfix(base, suffixes))
            }
        }
    }

    private mutating func parseAtom() throws(ExpressionError) -> Node {
        let place = token.position
        let kind: Node.Kind
        switch token.kind {
        case .integer(let number): kind = .constant(.integer(number))
        case .float(let number): kind = .constant(.float(number))
        case .text: return Node(position: place, kind: .constant(.text(try parseAdjacentTexts())))
        case .name("None"): kind = .constant(.null)
        case .name("True"): kind = .constant(true)
        case .name("False"): kind = .constant(false)
        case .name(let name): kind = .name(name)
        case .symbol(.openParenthesis): return try parseParentheses()
        case .symbol(.openBracket): return try parseList()
        case .symbol(.openBrace): return try parseDictionary()
        default: throw unexpected()
        }
        try advance()
        return Node(position: place, kind: kind)
    }

    private mutating func parseAdjacentTexts() throws(ExpressionError) -> String {
        var whole = ""
        while case .text(let text) = token.kind {
            whole += text
            try advance()
        }
        return whole
    }

    private mutating func parseParentheses() throws(ExpressionError) -> Node {
        let place = token.position
        try advance()
        if try take(.closeParenthesis) { return Node(position: place, kind: .list([], isTuple: true)) }
        let inner = try parseExpressions()
        if sees(.for) {
            let clauses = try parseClauses()
            try expect(.closeParenthesis)
            return Node(position: place, kind: .comprehension(inner, clauses))
        }
        try expect(.closeParenthesis)
        return inner
    }

    private mutating func parseList() throws(ExpressionError) -> Node {
        let place = token.position
        try advance()
        var elements: [Node] = []
        while !sees(.closeBracket) {
            elements.append(try parseExpression())
            if elements.count == 1, sees(.for) {
                let clauses = try parseClauses()
                try expect(.closeBracket)
                return Node(position: place, kind: .comprehension(elements[0], clauses))
            }
            guard try take(.comma) else { break }
        }
        try expect(.closeBracket)
        return Node(position: place, kind: .list(elements, isTuple: false))
    }

    private mutating func parseDictionary() throws(ExpressionError) -> Node {
        let place = token.position
        try advance()
        var entries: [Node.Entry] = []
        while !sees(.closeBrace) {
            let key = try parseExpression()
            if entries.isEmpty, sees(.comma) || sees(.closeBrace) { throw .unsupported("a set", at: place) }
            try expect(.colon)
            entries.append(.init(key: key, value: try parseExpression()))
            if entries.count == 1, sees(.for) {
                let clauses = try parseClauses()
                try expect(.closeBrace)
                return Node(position: place, kind: .dictionaryComprehension(entries[0], clauses))
            }
            guard try take(.comma) else { break }
        }
        try expect(.closeBrace)
        return Node(position: place, kind: .dictionary(entries))
    }

    /// `for a, b in pairs if a for c in b`; at most three times `for`.
    private mutating func parseClauses() throws(ExpressionError) -> [Node.Clause] {
        var clauses: [Node.Clause] = []
        while true {
            if sees(.for) {
                try advance()
                let (targets, isUnpacked) = try parseTargets()
                guard sees(.in) else { throw unexpected("'in' was expected") }
                try advance()
                let elements = try parseOr()
                clauses.append(
                    .init(targets: targets, isUnpacked: isUnpacked, elements: elements, conditions: []))
            } else if sees(.if), !clauses.isEmpty {
                try advance()
                clauses[clauses.count - 1].conditions.append(try parseOr())
            } else {
                // Each clause is a level of recursion when evaluated, which the nesting of the text does not show.
                guard clauses.count <= 3 else { throw .limitExceeded(.depth, at: token.position) }
                return clauses
            }
        }
    }

    private mutating func parseTargets() throws(ExpressionError) -> ([String], isUnpacked: Bool) {
        let isBracketed = try take(.openParenthesis)
        var targets: [String] = []
        var isUnpacked = false
        while case .name(let name) = token.kind {
            targets.append(name)
            try advance()
            guard try take(.comma) else { break }
            isUnpacked = true
        }
        guard !targets.isEmpty else { throw unexpected("a name was expected") }
        if isBracketed { try expect(.closeParenthesis) }
        return (targets, isUnpacked)
    }

    private mutating func parseArguments() throws(ExpressionError) -> Node.Suffix.Kind {
        var arguments: [Node] = []
        var named: [Node.NamedArgument] = []
        while !sees(.closeParenthesis) {
            if case .name(let name) = token.kind, try following().kind == .symbol(.assign) {
                try advance()
                try advance()
                if named.contains(where: { $0.name == name }) {
                    throw .malformed("argument '\(name)' is given twice", at: token.position)
                }
                named.append(.init(name: name, value: try parseExpression()))
                guard named.count <= 100 else { throw .malformed("too many named arguments", at: token.position) }
            } else {
                if !named.isEmpty { throw .malformed("a plain argument behind a named one", at: token.position) }
                let argument = try parseExpression()
                if arguments.isEmpty, sees(.for) {
                    let elements = Node.Kind.comprehension(argument, try parseClauses())
                    arguments.append(Node(position: argument.position, kind: elements))
                } else {
                    arguments.append(argument)
                }
            }
            guard try take(.comma) else { break }
        }
        try expect(.closeParenthesis)
        return .call(arguments, named)
    }

    private mutating func parseSubscript() throws(ExpressionError) -> Node.Suffix.Kind {
        var bounds: [Node?] = [nil]
        while !sees(.closeBracket) {
            if try take(.colon) {
                guard bounds.count < 3 else { throw unexpected("']' was expected") }
                bounds.append(nil)
            } else {
                guard bounds[bounds.count - 1] == nil else { throw unexpected("']' was expected") }
                bounds[bounds.count - 1] = try parseExpression()
            }
        }
        let place = token.position
        try expect(.closeBracket)
        if bounds.count > 1 { return .slice(from: bounds[0], to: bounds[1], by: bounds.count == 3 ? bounds[2] : nil) }
        guard let index = bounds[0] else { throw .malformed("an index was expected, not ']'", at: place) }
        return .index(index)
    }
}
