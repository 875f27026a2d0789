/// The functions of `Scope.standard`, by their dotted names (contract/addons.md §5, §13; contract/domains.md §12).
enum Builtin: String, CaseIterable {
    case len, str, unicode, repr, int, long, float, bool
    case min, max, sum, abs, round, any, all
    case range, list, tuple, dict, sorted
    case strftime = "time.strftime"
    case seconds = "time.time"
    case moment = "DateTime", datetime = "datetime.datetime"
    case momentNow = "DateTime.now", momentToday = "DateTime.today"
    case datetimeNow = "datetime.datetime.now", datetimeToday = "datetime.datetime.today"
    case date = "datetime.date", dateToday = "datetime.date.today"
    case timedelta, datetimeTimedelta = "datetime.timedelta"

    /// Names that only have attributes.
    static let modules: Set<String> = ["time", "datetime"]
}

extension Evaluator {
    mutating func call(_ builtin: Builtin, _ arguments: Arguments) throws(ExpressionError) -> Operand {
        switch builtin {
        case .len, .str, .unicode, .repr, .int, .long, .float, .bool:
            return try convert(builtin, arguments)
        case .min, .max, .sum, .abs, .round, .any, .all:
            return try reduce(builtin, arguments)
        case .range, .list, .tuple, .dict, .sorted:
            return try collect(builtin, arguments)
        case .strftime, .seconds, .moment, .datetime, .momentNow, .momentToday, .datetimeNow, .datetimeToday, .date,
            .dateToday, .timedelta, .datetimeTimedelta:
            return try tell(builtin, arguments)
        }
    }

    // MARK: - Types

    private mutating func convert(_ builtin: Builtin, _ arguments: Arguments) throws(ExpressionError) -> Operand {
        try arguments.check(builtin == .len || builtin == .repr ? 1...1 : 0...1)
        let place = arguments.position
        guard let operand = arguments.plain.first else {
            return switch builtin {
            case .int, .long: .integer(0)
            case .float: .float(0)
            case .bool: .boolean(false)
            default: .text("")
            }
        }
        switch builtin {
        case .str, .unicode: return .text(try text(of: operand, isQuoted: false, at: place))
        case .repr: return .text(try text(of: operand, isQuoted: true, at: place))
        case .bool: return .boolean(operand.isTruthy)
        case .int, .long: return .integer(try integer(of: operand, arguments))
        case .float:
            if let number = operand.number { return .float(number) }
            guard case .text(let digits) = operand, let number = Double(python: digits) else {
                throw arguments.unfit(0, "a number")
            }
            return .float(number)
        default: return .integer(try length(of: operand, at: place))
        }
    }

    private func integer(of operand: Operand, _ arguments: Arguments) throws(ExpressionError) -> Int {
        if let number = operand.integer { return number }
        if let number = operand.number {
            guard let whole = Int(exactly: number.rounded(.towardZero)) else {
                throw .overflow(at: arguments.position)
            }
            return whole
        }
        guard case .text(let digits) = operand, let number = Int(python: digits) else {
            throw arguments.unfit(0, "a whole number")
        }
        return number
    }

    private mutating func length(of operand: Operand, at place: SourcePosition) throws(ExpressionError) -> Int {
        switch operand {
        case .list(let elements, _): return elements.count
        case .dictionary(let members): return members.count
        case .text(let text):
            try charge(bytes: text.utf8.count, at: place)
            return text.unicodeScalars.count
        default: throw .mismatch("a \(operand.typeName) has no length", at: place)
        }
    }

    // MARK: - Numbers

    private mutating func reduce(_ builtin: Builtin, _ arguments: Arguments) throws(ExpressionError) -> Operand {
        let place = arguments.position
        switch builtin {
        case .min, .max:
            try arguments.check(1...Int.max)
            let candidates =
                arguments.plain.count == 1 ? try elements(of: arguments.plain[0], at: place) : arguments.plain
            guard var result = candidates.first else { throw arguments.unfit(0, "a list that is not empty") }
            for candidate in candidates.dropFirst() {
                let order = try compare(candidate, result, at: place)
                if builtin == .min ? order < 0 : order > 0 { result = candidate }
            }
            return result
        case .sum:
            try arguments.check(1...2)
            var result = arguments.optional(1) ?? .integer(0)
            for element in try elements(of: arguments.plain[0], at: place) {
                result = try combine(result, .add, element, at: place)
            }
            return result
        case .abs:
            try arguments.check(1...1)
            let operand = arguments.plain[0]
            if case .interval(let interval) = operand, interval.seconds < 0 { return try negated(operand, at: place) }
            if let number = operand.number, number < 0 { return try negated(operand, at: place) }
            return try positive(operand, at: place)
        case .round:
            try arguments.check(1...2)
            guard let number = arguments.plain[0].number else { throw arguments.unfit(0, "a number") }
            return .float(number.rounded(toDecimals: try arguments.integer(1, absent: 0)))
        default:
            try arguments.check(1...1)
            for element in try elements(of: arguments.plain[0], at: place) {
                try charge(at: place)
                if element.isTruthy == (builtin == .any) { return .boolean(builtin == .any) }
            }
            return .boolean(builtin == .all)
        }
    }

    // MARK: - Lists and dictionaries

    private mutating func collect(_ builtin: Builtin, _ arguments: Arguments) throws(ExpressionError) -> Operand {
        let place = arguments.position
        switch builtin {
        case .range: return try range(arguments)
        case .dict: return try dictionary(arguments)
        case .sorted:
            try arguments.check(1...1, names: ["reverse"])
            let elements = try sorted(try elements(of: arguments.plain[0], at: place), at: place)
            return .list(arguments.named["reverse"]?.isTruthy == true ? elements.reversed() : elements)
        default:
            try arguments.check(0...1)
            guard let operand = arguments.plain.first else { return .list([], isTuple: builtin == .tuple) }
            return .list(try elements(of: operand, at: place), isTuple: builtin == .tuple)
        }
    }

    private mutating func range(_ arguments: Arguments) throws(ExpressionError) -> Operand {
        try arguments.check(1...3)
        let first = try arguments.integer(0)
        let (start, end) = arguments.plain.count == 1 ? (0, first) : (first, try arguments.integer(1))
        let step = try arguments.integer(2, absent: 1)
        if step == 0 { throw arguments.unfit(2, "another number than 0") }
        var numbers: [Operand] = []
        var number = start
        while step > 0 ? number < end : number > end {
            try charge(at: arguments.position)
            numbers.append(.integer(number))
            let (next, overflow) = number.addingReportingOverflow(step)
            if overflow { break }
            number = next
        }
        return .list(numbers)
    }

    private mutating func dictionary(_ arguments: Arguments) throws(ExpressionError) -> Operand {
        let place = arguments.position
        try arguments.check(0...1, names: Array(arguments.named.keys))
        var members: [Key: Operand] = [:]
        switch arguments.plain.first {
        case nil: break
        case .dictionary(let given)?: members = given
        case let pairs?:
            for pair in try elements(of: pairs, at: place) {
                try charge(at: place)
                let parts = try elements(of: pair, at: place)
                guard parts.count == 2 else { throw arguments.unfit(0, "a list of pairs") }
                members[try key(parts[0], at: place)] = parts[1]
            }
        }
        for (name, operand) in arguments.named { members[.text(name)] = operand }
        return .dictionary(members)
    }

    /// Merge sort, stable; comparisons are charged and may throw.
    private mutating func sorted(
        _ elements: [Operand], at place: SourcePosition
    ) throws(ExpressionError) -> [Operand] {
        guard elements.count > 1 else { return elements }
        let middle = elements.count / 2
        let first = try sorted(Array(elements[..<middle]), at: place)
        let second = try sorted(Array(elements[middle...]), at: place)
        var result: [Operand] = []
        result.reserveCapacity(elements.count)
        var (left, right) = (0, 0)
        while left < first.count, right < second.count {
            if try compare(second[right], first[left], at: place) < 0 {
                result.append(second[right])
                right += 1
            } else {
                result.append(first[left])
                left += 1
            }
        }
        return result + first[left...] + second[right...]
    }
}
