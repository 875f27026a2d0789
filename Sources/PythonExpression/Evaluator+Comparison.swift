extension Evaluator {
    mutating func holds(
        _ left: Operand, _ relation: Node.Relation, _ right: Operand, at place: SourcePosition
    ) throws(ExpressionError) -> Bool {
        switch relation {
        case .equal: try areEqual(left, right, at: place)
        case .unequal: !(try areEqual(left, right, at: place))
        case .less: try compare(left, right, at: place) < 0
        case .lessOrEqual: try compare(left, right, at: place) <= 0
        case .greater: try compare(left, right, at: place) > 0
        case .greaterOrEqual: try compare(left, right, at: place) >= 0
        case .in: try contains(right, left, at: place)
        case .notIn: !(try contains(right, left, at: place))
        case .is: try areSame(left, right, at: place)
        case .isNot: !(try areSame(left, right, at: place))
        }
    }

    mutating func areEqual(_ left: Operand, _ right: Operand, at place: SourcePosition) throws(ExpressionError) -> Bool
    {
        try charge(at: place)
        if let first = left.integer, let second = right.integer { return first == second }
        if let first = left.number, let second = right.number { return first == second }
        switch (left, right) {
        case (.none, .none): return true
        case (.text(let first), .text(let second)):
            try charge(bytes: min(first.utf8.count, second.utf8.count), at: place)
            return first == second
        case (.list(let first, _), .list(let second, _)):
            guard first.count == second.count else { return false }
            for (one, other) in zip(first, second) {
                guard try areEqual(one, other, at: place) else { return false }
            }
            return true
        case (.dictionary(let first), .dictionary(let second)):
            guard first.count == second.count else { return false }
            for (key, member) in first {
                guard let other = second[key], try areEqual(member, other, at: place) else { return false }
            }
            return true
        case (.moment(let first), .moment(let second)): return first == second
        case (.interval(let first), .interval(let second)): return first == second
        case (.reference(let first), .reference(let second)): return first == second
        case (.record(let first), .record(let second)): return first.expressionValue == second.expressionValue
        case (.record(let record), _):
            return try areEqual(try operand(record.expressionValue, at: place), right, at: place)
        case (_, .record): return try areEqual(right, left, at: place)
        default: return false
        }
    }

    /// `is`: equal and of one type, which is all that can be told of values without identity.
    private mutating func areSame(
        _ left: Operand, _ right: Operand, at place: SourcePosition
    ) throws(ExpressionError) -> Bool {
        guard left.typeName == right.typeName else { return false }
        return try areEqual(left, right, at: place)
    }

    /// Below zero when `left` comes first. Values of different types are ordered by type, as in Python 2: `None`, numbers,
    /// dictionaries, lists, texts. Dates compare with dates only.
    mutating func compare(_ left: Operand, _ right: Operand, at place: SourcePosition) throws(ExpressionError) -> Int {
        try charge(at: place)
        if let first = left.integer, let second = right.integer { return order(first, second) }
        if let first = left.number, let second = right.number { return order(first, second) }
        switch (left, right) {
        case (.text(let first), .text(let second)):
            try charge(bytes: min(first.utf8.count, second.utf8.count), at: place)
            if first == second { return 0 }
            return first.utf8.lexicographicallyPrecedes(second.utf8) ? -1 : 1
        case (.list(let first, _), .list(let second, _)):
            for (one, other) in zip(first, second) {
                let result = try compare(one, other, at: place)
                if result != 0 { return result }
            }
            return order(first.count, second.count)
        case (.moment(let first), .moment(let second)): return order(first.seconds, second.seconds)
        case (.interval(let first), .interval(let second)): return order(first.seconds, second.seconds)
        default:
            guard let first = left.rank, let second = right.rank, first != second || first == 0 else {
                throw .mismatch("\(left.typeName) and \(right.typeName) have no order", at: place)
            }
            return order(first, second)
        }
    }

    private func order<Number: Comparable>(_ left: Number, _ right: Number) -> Int {
        left < right ? -1 : (left > right ? 1 : 0)
    }

    private mutating func contains(
        _ container: Operand, _ element: Operand, at place: SourcePosition
    ) throws(ExpressionError) -> Bool {
        switch container {
        case .list(let elements, _):
            for candidate in elements {
                if try areEqual(candidate, element, at: place) { return true }
            }
            return false
        case .dictionary(let members):
            return members[try key(element, at: place)] != nil
        case .text(let text):
            guard case .text(let part) = element else {
                throw .mismatch("a text cannot contain a \(element.typeName)", at: place)
            }
            return try firstIndex(of: Array(part.utf8), in: Array(text.utf8)[...], at: place) != nil
        default:
            throw .mismatch("a \(container.typeName) has no elements", at: place)
        }
    }

    /// Where the bytes of `part` begin, charged by the product of the lengths, which a hostile pair of texts does reach.
    mutating func firstIndex(
        of part: [UInt8], in text: ArraySlice<UInt8>, at place: SourcePosition
    ) throws(ExpressionError) -> Int? {
        guard let head = part.first else { return text.startIndex }
        guard part.count <= text.count else { return nil }
        let (work, overflow) = text.count.multipliedReportingOverflow(by: part.count)
        try charge(bytes: overflow ? .max : work, at: place)
        for start in text.startIndex...(text.endIndex - part.count) where text[start] == head {
            if text[start..<(start + part.count)].elementsEqual(part) { return start }
        }
        return nil
    }
}

extension Operand {
    /// The place of a type in the order of mixed values; nil when it has none.
    fileprivate var rank: Int? {
        switch self {
        case .none: 0
        case .boolean, .integer, .float: 1
        case .dictionary: 2
        case .list: 3
        case .text: 4
        default: nil
        }
    }
}
