/// The methods of lists; none changes its list.
enum ListMethod: String {
    case count, index
}

enum DictionaryMethod: String {
    case get, keys, values, items
    case hasKey = "has_key"
}

enum MomentMethod: String {
    case strftime, replace, weekday, isoformat, date
}

extension Evaluator {
    mutating func call(
        _ method: ListMethod, on elements: [Operand], _ arguments: Arguments
    ) throws(ExpressionError) -> Operand {
        try arguments.check(1...1)
        var matches = 0
        for (index, element) in elements.enumerated() {
            guard try areEqual(element, arguments.plain[0], at: arguments.position) else { continue }
            if method == .index { return .integer(index) }
            matches += 1
        }
        if method == .index { throw .mismatch("the list has no such element", at: arguments.position) }
        return .integer(matches)
    }

    /// Keys, values and items come in the order of the keys.
    mutating func call(
        _ method: DictionaryMethod, on members: [Key: Operand], _ arguments: Arguments
    ) throws(ExpressionError) -> Operand {
        let place = arguments.position
        switch method {
        case .get:
            try arguments.check(1...2)
            return members[try key(arguments.plain[0], at: place)] ?? arguments.optional(1) ?? .none
        case .hasKey:
            try arguments.check(1...1)
            return .boolean(members[try key(arguments.plain[0], at: place)] != nil)
        case .keys, .values, .items:
            try arguments.check(0...0)
            try charge(members.count, at: place)
            let sorted = members.sorted { $0.key < $1.key }
            return .list(
                sorted.map { key, member in
                    switch method {
                    case .keys: key.operand
                    case .values: member
                    default: .list([key.operand, member], isTuple: true)
                    }
                })
        }
    }
}
