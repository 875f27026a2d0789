extension Evaluator {
    func negated(_ operand: Operand, at place: SourcePosition) throws(ExpressionError) -> Operand {
        if let value = operand.integer {
            guard value != .min else { throw .overflow(at: place) }
            return .integer(-value)
        }
        if let value = operand.number { return .float(-value) }
        if case .interval(let interval) = operand, let opposite = Interval(seconds: -interval.seconds) {
            return .interval(opposite)
        }
        throw .mismatch("a \(operand.typeName) has no sign", at: place)
    }

    func positive(_ operand: Operand, at place: SourcePosition) throws(ExpressionError) -> Operand {
        if let value = operand.integer { return .integer(value) }
        switch operand {
        case .float, .interval: return operand
        default: throw .mismatch("a \(operand.typeName) has no sign", at: place)
        }
    }

    mutating func combine(
        _ left: Operand, _ operation: Node.Operator, _ right: Operand, at place: SourcePosition
    ) throws(ExpressionError) -> Operand {
        try charge(at: place)
        if let first = left.integer, let second = right.integer {
            return try combine(first, operation, second, at: place)
        }
        if let first = left.number, let second = right.number {
            return .float(try combine(first, operation, second, at: place))
        }
        switch (left, operation, right) {
        case (.text(let format), .remainder, _):
            return .text(try formatted(format, right, at: place))
        case (.text(let first), .add, .text(let second)):
            try admit(bytes: first.utf8.count + second.utf8.count, at: place)
            return .text(first + second)
        case (.list(let first, let isTuple), .add, .list(let second, _)):
            try charge(first.count + second.count, at: place)
            return .list(first + second, isTuple: isTuple)
        case (.text, .multiply, _), (.list, .multiply, _):
            if let count = right.integer { return try repeated(left, count, at: place) }
        case (_, .multiply, .text), (_, .multiply, .list):
            if let count = left.integer { return try repeated(right, count, at: place) }
        default:
            if let result = try combineTimes(left, operation, right, at: place) { return result }
        }
        throw .mismatch(
            "'\(operation.rawValue)' does not work between \(left.typeName) and \(right.typeName)", at: place)
    }

    // MARK: - Numbers

    private func combine(
        _ left: Int, _ operation: Node.Operator, _ right: Int, at place: SourcePosition
    ) throws(ExpressionError) -> Operand {
        let (result, overflow): (Int, Bool)
        switch operation {
        case .add: (result, overflow) = left.addingReportingOverflow(right)
        case .subtract: (result, overflow) = left.subtractingReportingOverflow(right)
        case .multiply: (result, overflow) = left.multipliedReportingOverflow(by: right)
        case .divide, .floorDivide:
            // Python 2 divides whole numbers to the next lower one.
            guard right != 0 else { throw .divisionByZero(at: place) }
            let (quotient, isTooLarge) = left.dividedReportingOverflow(by: right)
            let isUneven = !isTooLarge && left % right != 0 && (left < 0) != (right < 0)
            (result, overflow) = (isUneven ? quotient - 1 : quotient, isTooLarge)
        case .remainder:
            guard right != 0 else { throw .divisionByZero(at: place) }
            // The sign is the divisor's; -1 divides everything, and Int.min % -1 would trap.
            let rest = right == -1 ? 0 : left % right
            (result, overflow) = (rest != 0 && (rest < 0) != (right < 0) ? rest + right : rest, false)
        case .power:
            guard right >= 0 else {
                return .float(try combine(Double(left), .power, Double(right), at: place))
            }
            (result, overflow) = Self.power(left, right)
        }
        if overflow { throw .overflow(at: place) }
        return .integer(result)
    }

    private static func power(_ base: Int, _ exponent: Int) -> (Int, overflow: Bool) {
        var (result, square, rest) = (1, base, exponent)
        while true {
            if rest & 1 == 1 {
                let (product, overflow) = result.multipliedReportingOverflow(by: square)
                if overflow { return (0, true) }
                result = product
            }
            rest >>= 1
            if rest == 0 { return (result, false) }
            let (next, overflow) = square.multipliedReportingOverflow(by: square)
            if overflow { return (0, true) }
            square = next
        }
    }

    private func combine(
        _ left: Double, _ operation: Node.Operator, _ right: Double, at place: SourcePosition
    ) throws(ExpressionError) -> Double {
        switch operation {
        case .add: return left + right
        case .subtract: return left - right
        case .multiply: return left * right
        case .divide, .floorDivide:
            guard right != 0 else { throw .divisionByZero(at: place) }
            return operation == .divide ? left / right : (left / right).rounded(.down)
        case .remainder:
            guard right != 0 else { throw .divisionByZero(at: place) }
            let rest = left.truncatingRemainder(dividingBy: right)
            return rest != 0 && (rest < 0) != (right < 0) ? rest + right : rest
        case .power:
            if left == 0, right < 0 { throw .divisionByZero(at: place) }
            let result = left.raised(to: right)
            if result.isNaN, !left.isNaN, !right.isNaN {
                throw .mismatch("a negative number has no such power", at: place)
            }
            if result.isInfinite, left.isFinite, right.isFinite { throw .overflow(at: place) }
            return result
        }
    }

    // MARK: - Repetition and time

    private mutating func repeated(
        _ operand: Operand, _ count: Int, at place: SourcePosition
    ) throws(ExpressionError) -> Operand {
        let count = max(0, count)
        if case .text(let text) = operand {
            let (bytes, overflow) = text.utf8.count.multipliedReportingOverflow(by: count)
            try admit(bytes: overflow ? .max : bytes, at: place)
            return .text(text.isEmpty ? "" : String(repeating: text, count: count))
        }
        guard case .list(let elements, let isTuple) = operand else { return operand }
        let (total, overflow) = elements.count.multipliedReportingOverflow(by: count)
        try charge(overflow ? .max : total, at: place)
        if elements.isEmpty { return operand }
        var result: [Operand] = []
        result.reserveCapacity(total)
        for _ in 0..<count { result += elements }
        return .list(result, isTuple: isTuple)
    }

    /// Sums and differences of moments and intervals; nil when the operands are none.
    private func combineTimes(
        _ left: Operand, _ operation: Node.Operator, _ right: Operand, at place: SourcePosition
    ) throws(ExpressionError) -> Operand? {
        let result: Operand?
        switch (left, operation, right) {
        case (.moment(let moment), .add, .interval(let interval)),
            (.interval(let interval), .add, .moment(let moment)):
            result = moment.advanced(by: interval, sign: 1).map(Operand.moment)
        case (.moment(let moment), .subtract, .interval(let interval)):
            result = moment.advanced(by: interval, sign: -1).map(Operand.moment)
        case (.moment(let first), .subtract, .moment(let second)):
            result = Interval(seconds: first.seconds - second.seconds).map(Operand.interval)
        case (.interval(let first), .add, .interval(let second)):
            result = Interval(seconds: first.seconds + second.seconds).map(Operand.interval)
        case (.interval(let first), .subtract, .interval(let second)):
            result = Interval(seconds: first.seconds - second.seconds).map(Operand.interval)
        case (.interval(let interval), .multiply, .integer(let factor)),
            (.integer(let factor), .multiply, .interval(let interval)):
            result = Interval(seconds: Double(interval.seconds) * Double(factor)).map(Operand.interval)
        default: return nil
        }
        guard let result else { throw .overflow(at: place) }
        return result
    }
}

extension Moment {
    /// A date moves by whole days: the rest of the interval is dropped, as in Python.
    fileprivate func advanced(by interval: Interval, sign: Int) -> Moment? {
        let distance = isDate ? interval.days * 86_400 : interval.seconds
        return Moment(seconds: seconds + sign * distance, isDate: isDate)
    }
}
