public import Values

/// A search domain: a list in prefix notation, checked and read into a tree (contract/domains.md §1).
public struct Domain: Hashable, Sendable {
    /// What a client may write, and how deep the tree may become.
    public static let elementLimit = 10_000
    private static let depthLimit = 200

    public let expression: DomainExpression
    private let elements: [Value]

    /// Reads a domain as it comes off the wire. Complete expressions beside each other are joined by AND; no elements
    /// match everything.
    ///
    /// - Throws: `DomainError`, with the texts of the original.
    public init(_ value: Value) throws(DomainError) {
        guard let elements = value.list else { throw .notAList(value) }
        guard elements.count <= Self.elementLimit else { throw .tooLarge(limit: Self.elementLimit) }
        self.elements = elements
        expression = try Self.read(elements)
    }

    private init(elements: [Value], expression: DomainExpression) {
        self.elements = elements
        self.expression = expression
    }

    /// Whether a leaf at the top of the list is on that very field; paths do not count (contract/domains.md §8).
    public func mentions(_ field: String) -> Bool {
        elements.contains { $0.list?.first == .text(field) }
    }

    /// This domain and one more condition.
    public func adding(_ leaf: Leaf) -> Domain {
        let whole: DomainExpression =
            expression == .everything ? .leaf(leaf) : .and([.leaf(leaf), expression])
        return Domain(elements: [leaf.written] + elements, expression: whole)
    }

    // MARK: - Reading

    private enum Element: Equatable {
        case and, or, not
        case operand(DomainExpression)
    }

    private static func read(_ values: [Value]) throws(DomainError) -> DomainExpression {
        // Everything is looked at before anything is understood.
        var elements: [Element] = []
        for value in values {
            guard let element = element(value) else { throw .malformed(Value.list(values).pythonText) }
            elements.append(element)
        }
        var stack: [Chain] = []
        for element in elements.reversed() {
            switch element {
            case .operand(let expression): stack.append(Chain(.and, [expression], depth: 1))
            case .not:
                guard let operand = stack.popLast() else { throw .tooFewOperands }
                stack.append(Chain(.and, [.not(operand.expression)], depth: operand.depth + 1))
            case .and, .or:
                guard var first = stack.popLast(), let second = stack.popLast() else { throw .tooFewOperands }
                first.join(second, by: element == .and ? .and : .or)
                stack.append(first)
            }
            if let depth = stack.last?.depth, depth > depthLimit { throw .tooDeep(limit: depthLimit) }
        }
        if stack.isEmpty { return .everything }
        let parts = stack.reversed().map(\.expression)
        return parts.count == 1 ? parts[0] : .and(parts)
    }

    /// Expressions under one operator. Chains of the same operator stay flat, and grow in place, so that a long list
    /// of alternatives is neither a deep tree nor slow to read.
    private struct Chain {
        enum Word {
            case and, or
        }

        private var word: Word
        private var parts: [DomainExpression]
        private(set) var depth: Int

        init(_ word: Word, _ parts: [DomainExpression], depth: Int) {
            self.word = word
            self.parts = parts
            self.depth = depth
        }

        var expression: DomainExpression {
            if parts.count == 1 { return parts[0] }
            return word == .and ? .and(parts) : .or(parts)
        }

        mutating func join(_ other: Chain, by word: Word) {
            let inner = max(
                isOpen(to: word) ? depth - 1 : depth, other.isOpen(to: word) ? other.depth - 1 : other.depth)
            if !isOpen(to: word) { parts = [expression] }
            self.word = word
            if other.isOpen(to: word) { parts += other.parts } else { parts.append(other.expression) }
            depth = inner + 1
        }

        private func isOpen(to word: Word) -> Bool { parts.count > 1 && self.word == word }
    }

    private static func element(_ value: Value) -> Element? {
        switch value {
        case .text("&"): return .and
        case .text("|"): return .or
        case .text("!"): return .not
        case .list(let parts) where parts.count == 3:
            guard let word = parts[1].text, let comparison = Comparison(rawValue: word) else { return nil }
            if case .integer(let left) = parts[0], comparison == .equal, let right = parts[2].integer {
                return .operand(left == right ? .everything : .nothing)
            }
            guard let path = parts[0].text else { return nil }
            return .operand(.leaf(Leaf(path: path, comparison: comparison, value: parts[2])))
        default: return nil
        }
    }
}
