import Values

extension Evaluator {
    /// The clock and the calendar: `time.strftime('%Y-%m-%d')`, `DateTime.now()`, `timedelta(days=3)`.
    func tell(_ builtin: Builtin, _ arguments: Arguments) throws(ExpressionError) -> Operand {
        switch builtin {
        case .seconds:
            try arguments.check(0...0)
            return .float(Timestamp.seconds)
        case .strftime:
            try arguments.check(1...1)
            return .text(try formatted(try now(isDate: false, arguments), try arguments.text(0), arguments))
        case .momentToday, .dateToday:
            try arguments.check(0...0)
            // Python's datetime.today() is the present moment, its date.today() the day.
            return .moment(try now(isDate: builtin == .dateToday, arguments))
        case .date:
            try arguments.check(3...3)
            return .moment(try moment(arguments, isDate: true))
        case .moment, .datetime:
            try arguments.check(3...6)
            return .moment(try moment(arguments, isDate: false))
        case .timedelta, .datetimeTimedelta:
            return .interval(try interval(arguments))
        default:
            try arguments.check(0...0)
            return .moment(try now(isDate: false, arguments))
        }
    }

    func call(
        _ method: MomentMethod, on moment: Moment, _ arguments: Arguments
    ) throws(ExpressionError) -> Operand {
        switch method {
        case .strftime:
            try arguments.check(1...1)
            return .text(try formatted(moment, try arguments.text(0), arguments))
        case .replace:
            try arguments.check(0...0, names: Array(Moment.partNames.prefix(moment.isDate ? 3 : 6)))
            var parts = moment.parts
            for (index, name) in Moment.partNames.enumerated() {
                parts[index] = try arguments.integer(0, name, absent: parts[index])
            }
            return .moment(try checked(Moment(parts: parts, isDate: moment.isDate), arguments))
        case .weekday:
            try arguments.check(0...0)
            return .integer(moment.weekday)
        case .isoformat:
            try arguments.check(0...0)
            return .text(moment.isoText(separator: "T"))
        case .date:
            try arguments.check(0...0)
            return .moment(try checked(Moment(seconds: moment.seconds, isDate: true), arguments))
        }
    }

    private func now(isDate: Bool, _ arguments: Arguments) throws(ExpressionError) -> Moment {
        try checked(Moment.now(isDate: isDate), arguments)
    }

    private func checked(_ moment: Moment?, _ arguments: Arguments) throws(ExpressionError) -> Moment {
        guard let moment else { throw .mismatch("there is no such day or time", at: arguments.position) }
        return moment
    }

    private func formatted(
        _ moment: Moment, _ pattern: String, _ arguments: Arguments
    ) throws(ExpressionError) -> String {
        guard let text = moment.formatted(pattern) else {
            throw arguments.unfit(0, "a pattern of at most 1000 characters")
        }
        return text
    }

    private func moment(_ arguments: Arguments, isDate: Bool) throws(ExpressionError) -> Moment {
        if !arguments.named.isEmpty { throw .unsupported("a named argument here", at: arguments.position) }
        var parts: [Int] = []
        for index in 0..<6 { parts.append(try arguments.integer(index, absent: 0)) }
        return try checked(Moment(parts: parts, isDate: isDate), arguments)
    }

    private func interval(_ arguments: Arguments) throws(ExpressionError) -> Interval {
        let units = ["days": 86_400.0, "seconds": 1, "minutes": 60, "hours": 3600, "weeks": 604_800]
        try arguments.check(0...2, names: Array(units.keys))
        var seconds = 0.0
        let plain = zip(["days", "seconds"], arguments.plain).map { ($0, $1) }
        for (name, operand) in plain + arguments.named.map({ ($0, $1) }) {
            guard let number = operand.number, let unit = units[name] else {
                throw .mismatch("'\(name)' of \(arguments.function)() must be a number", at: arguments.position)
            }
            seconds += number * unit
        }
        guard let interval = Interval(seconds: seconds) else { throw .overflow(at: arguments.position) }
        return interval
    }
}

extension Moment {
    /// The attributes and arguments for `parts`, in their order.
    static let partNames = ["year", "month", "day", "hour", "minute", "second"]
}
