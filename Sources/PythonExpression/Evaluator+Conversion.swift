import Values

/// Between `Value` and `Operand`. Each element costs a step: a short text can make a value that shares its parts a
/// thousandfold, and a `Value` holds each of them.
extension Evaluator {
    mutating func operand(_ value: Value, at place: SourcePosition) throws(ExpressionError) -> Operand {
        switch value {
        case .null: return .none
        case .boolean(let value): return .boolean(value)
        case .integer(let value): return .integer(value)
        case .float(let value): return .float(value)
        case .text(let value): return .text(value)
        case .list(let values):
            var elements: [Operand] = []
            elements.reserveCapacity(values.count)
            for value in values {
                try charge(at: place)
                elements.append(try operand(value, at: place))
            }
            return .list(elements)
        case .dictionary(let values):
            var members: [Key: Operand] = [:]
            for (key, value) in values {
                try charge(at: place)
                members[.text(key)] = try operand(value, at: place)
            }
            return .dictionary(members)
        }
    }

    mutating func operand(
        _ member: ExpressionMember, named name: String, at place: SourcePosition
    ) throws(ExpressionError) -> Operand {
        switch member {
        case .value(let value): return try operand(value, at: place)
        case .record(let record): return .record(record)
        case .records(let records):
            try charge(records.count, at: place)
            return .list(records.map { .record($0) })
        case .function(let function): return .function(name, function)
        case .finder(let find): return .finder(name, find)
        }
    }

    mutating func value(of operand: Operand, at place: SourcePosition) throws(ExpressionError) -> Value {
        switch operand {
        case .none: return .null
        case .boolean(let value): return .boolean(value)
        case .integer(let value): return .integer(value)
        case .float(let value): return .float(value)
        case .text(let value):
            try charge(bytes: value.utf8.count, at: place)
            return .text(value)
        case .list(let elements, _):
            try charge(elements.count, at: place)
            var values: [Value] = []
            values.reserveCapacity(elements.count)
            for element in elements { values.append(try value(of: element, at: place)) }
            return .list(values)
        case .dictionary(let members):
            try charge(members.count, at: place)
            var values: [String: Value] = [:]
            for (key, member) in members {
                guard case .text(let name) = key else {
                    throw .notRepresentable("dict with a key of type \(key.operand.typeName)")
                }
                values[name] = try value(of: member, at: place)
            }
            return .dictionary(values)
        case .record(let record): return record.expressionValue
        case .moment, .interval, .reference, .function, .finder, .method:
            throw .notRepresentable(operand.typeName)
        }
    }

    // MARK: - Text

    /// The operand as Python's `str` writes it, or its `repr` when quoted.
    mutating func text(
        of operand: Operand, isQuoted: Bool, at place: SourcePosition
    ) throws(ExpressionError) -> String {
        if case .text(let text) = operand, !isQuoted { return text }
        if case .float(let number) = operand, !isQuoted { return number.shortText }
        var output = ""
        try write(operand, to: &output, at: place)
        return output
    }

    /// Appends the `repr`; dictionaries in the order of their keys.
    private mutating func write(
        _ operand: Operand, to output: inout String, at place: SourcePosition
    ) throws(ExpressionError) {
        try charge(at: place)
        switch operand {
        case .list(let elements, let isTuple):
            output += isTuple ? "(" : "["
            for (index, element) in elements.enumerated() {
                if index > 0 { output += ", " }
                try write(element, to: &output, at: place)
            }
            output += isTuple ? (elements.count == 1 ? ",)" : ")") : "]"
        case .dictionary(let members):
            output += "{"
            for (index, key) in members.keys.sorted().enumerated() {
                if index > 0 { output += ", " }
                try write(key.operand, to: &output, at: place)
                output += ": "
                try write(members[key] ?? .none, to: &output, at: place)
            }
            output += "}"
        case .text(let text): try append(Value.text(text).pythonText, to: &output, at: place)
        case .moment(let moment): output += moment.text
        case .interval(let interval): output += interval.text
        default: output += try value(of: operand, at: place).pythonText
        }
        guard output.utf8.count <= limits.textBytes else { throw .limitExceeded(.textBytes, at: place) }
    }
}
