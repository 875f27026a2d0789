import Values

/// Attributes, calls and subscripts.
extension Evaluator {
    mutating func evaluate(_ base: Node, _ suffixes: [Node.Suffix]) throws(ExpressionError) -> Operand {
        var operand = try evaluate(base)
        for suffix in suffixes {
            let place = suffix.position
            try charge(at: place)
            switch suffix.kind {
            case .attribute(let name):
                operand = try attribute(name, of: operand, at: place)
            case .call(let nodes, let namedNodes):
                let plain = try evaluate(nodes)
                var named: [String: Operand] = [:]
                for argument in namedNodes { named[argument.name] = try evaluate(argument.value) }
                operand = try call(operand, plain, named, at: place)
            case .index(let node):
                operand = try element(try evaluate(node), of: operand, at: place)
            case .slice(let from, let to, let by):
                let bounds = [try bound(from, at: place), try bound(to, at: place), try bound(by, at: place)]
                operand = try slice(operand, bounds, at: place)
            }
        }
        return operand
    }

    // MARK: - Attributes

    private mutating func attribute(
        _ name: String, of operand: Operand, at place: SourcePosition
    ) throws(ExpressionError) -> Operand {
        switch operand {
        case .reference(let path):
            guard isReference(path + "." + name) else { throw .unknownAttribute(name, of: path, at: place) }
            return .reference(path + "." + name)
        case .record(let record):
            let member: ExpressionMember?
            do {
                member = try record.member(name)
            } catch {
                throw .callFailed(name, reason: String(describing: error), at: place)
            }
            guard let member else { break }
            return try self.operand(member, named: name, at: place)
        case .text where TextMethod(rawValue: name) != nil,
            .list where ListMethod(rawValue: name) != nil,
            .dictionary where DictionaryMethod(rawValue: name) != nil:
            return .method(operand, name)
        case .moment(let moment):
            if let index = Moment.partNames.firstIndex(of: name), index < 3 || !moment.isDate {
                return .integer(moment.parts[index])
            }
            if MomentMethod(rawValue: name) != nil { return .method(operand, name) }
        case .interval(let interval):
            if name == "days" { return .integer(interval.days) }
            if name == "seconds" { return .integer(interval.rest) }
        default: break
        }
        throw .unknownAttribute(name, of: operand.typeName, at: place)
    }

    // MARK: - Calls

    private mutating func call(
        _ callee: Operand, _ plain: [Operand], _ named: [String: Operand], at place: SourcePosition
    ) throws(ExpressionError) -> Operand {
        switch callee {
        case .reference(let path):
            if let function = scope.functions[path] { return try call(function, path, plain, named, at: place) }
            guard scope.hasBuiltins, let builtin = Builtin(rawValue: path) else { break }
            return try call(builtin, Arguments(function: path, position: place, plain: plain, named: named))
        case .function(let name, let function):
            return try call(function, name, plain, named, at: place)
        case .finder(let name, let find):
            guard named.isEmpty else { throw .mismatch("\(name)() takes no named arguments", at: place) }
            return try record(by: find, name, plain, at: place)
        case .method(let owner, let name):
            return try call(
                name, of: owner, Arguments(function: name, position: place, plain: plain, named: named))
        default: break
        }
        throw .mismatch("a \(callee.typeName) cannot be called", at: place)
    }

    private mutating func record(
        by find: ([Value]) throws -> any ExpressionRecord, _ name: String, _ plain: [Operand], at place: SourcePosition
    ) throws(ExpressionError) -> Operand {
        var arguments: [Value] = []
        for operand in plain { arguments.append(try value(of: operand, at: place)) }
        do {
            return .record(try find(arguments))
        } catch {
            throw .callFailed(name, reason: String(describing: error), at: place)
        }
    }

    private mutating func call(
        _ function: Scope.Function, _ name: String, _ plain: [Operand], _ named: [String: Operand],
        at place: SourcePosition
    ) throws(ExpressionError) -> Operand {
        var arguments: [Value] = []
        for operand in plain { arguments.append(try value(of: operand, at: place)) }
        var namedArguments: [String: Value] = [:]
        for (name, operand) in named { namedArguments[name] = try value(of: operand, at: place) }
        let result: Value
        do {
            result = try function(arguments, namedArguments)
        } catch {
            throw .callFailed(name, reason: String(describing: error), at: place)
        }
        return try operand(result, at: place)
    }

    private mutating func call(
        _ name: String, of owner: Operand, _ arguments: Arguments
    ) throws(ExpressionError) -> Operand {
        switch owner {
        case .text(let text):
            if let method = TextMethod(rawValue: name) { return try call(method, on: text, arguments) }
        case .list(let elements, _):
            if let method = ListMethod(rawValue: name) { return try call(method, on: elements, arguments) }
        case .dictionary(let members):
            if let method = DictionaryMethod(rawValue: name) { return try call(method, on: members, arguments) }
        case .moment(let moment):
            if let method = MomentMethod(rawValue: name) { return try call(method, on: moment, arguments) }
        default: break
        }
        throw .unknownAttribute(name, of: owner.typeName, at: arguments.position)
    }

    // MARK: - Subscripts

    private mutating func element(
        _ index: Operand, of operand: Operand, at place: SourcePosition
    ) throws(ExpressionError) -> Operand {
        if case .dictionary(let members) = operand {
            if let member = members[try key(index, at: place)] { return member }
            throw .missingKey(try text(of: index, isQuoted: true, at: place), at: place)
        }
        guard let number = index.integer else {
            throw .mismatch("a \(operand.typeName) has no element at a \(index.typeName)", at: place)
        }
        switch operand {
        case .list(let elements, _):
            guard let found = elements.place(of: number) else { throw .indexOutOfRange(at: place) }
            return elements[found]
        case .text(let text):
            try charge(bytes: text.utf8.count, at: place)
            let scalars = Array(text.unicodeScalars)
            guard let found = scalars.place(of: number) else { throw .indexOutOfRange(at: place) }
            return .text(String(scalars[found]))
        default:
            throw .mismatch("a \(operand.typeName) has no elements", at: place)
        }
    }

    private mutating func bound(_ node: Node?, at place: SourcePosition) throws(ExpressionError) -> Int? {
        guard let node else { return nil }
        let operand = try evaluate(node)
        if case .none = operand { return nil }
        guard let number = operand.integer else {
            throw .mismatch("a slice has whole numbers, not a \(operand.typeName)", at: place)
        }
        return number
    }

    private mutating func slice(
        _ operand: Operand, _ bounds: [Int?], at place: SourcePosition
    ) throws(ExpressionError) -> Operand {
        if bounds[2] == 0 { throw .mismatch("the step of a slice is never 0", at: place) }
        switch operand {
        case .list(let elements, let isTuple):
            try charge(elements.count, at: place)
            return .list(elements.sliced(bounds[0], bounds[1], by: bounds[2] ?? 1), isTuple: isTuple)
        case .text(let text):
            try charge(bytes: text.utf8.count, at: place)
            var scalars = String.UnicodeScalarView()
            scalars.append(contentsOf: Array(text.unicodeScalars).sliced(bounds[0], bounds[1], by: bounds[2] ?? 1))
            return .text(String(scalars))
        default:
            throw .mismatch("a \(operand.typeName) has no slices", at: place)
        }
    }
}

extension Array {
    /// The place of a Python index, which counts from the end when negative; nil outside.
    fileprivate func place(of index: Int) -> Int? {
        let place = index < 0 ? index + count : index
        return indices.contains(place) ? place : nil
    }

    /// Python's `[from:to:by]`; `by` is not 0.
    fileprivate func sliced(_ from: Int?, _ to: Int?, by step: Int) -> [Element] {
        // Bounds outside are cut to the ends; going down, the end is one before the first element.
        let (lowest, highest) = step > 0 ? (0, count) : (-1, count - 1)
        func cut(_ bound: Int) -> Int { Swift.min(Swift.max(bound < 0 ? bound + count : bound, lowest), highest) }
        var place = from.map(cut) ?? (step > 0 ? lowest : highest)
        let end = to.map(cut) ?? (step > 0 ? highest : lowest)
        var result: [Element] = []
        while step > 0 ? place < end : place > end {
            result.append(self[place])
            let (next, overflow) = place.addingReportingOverflow(step)
            if overflow { break }
            place = next
        }
        return result
    }
}
