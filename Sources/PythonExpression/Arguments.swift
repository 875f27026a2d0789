/// What a function was called with, and the complaints about it.
struct Arguments {
    let function: String
    let position: SourcePosition
    let plain: [Operand]
    let named: [String: Operand]

    /// Refuses calls with fewer or more arguments, and with names that are not listed.
    func check(_ counts: ClosedRange<Int>, names: [String] = []) throws(ExpressionError) {
        guard counts.contains(plain.count) else {
            let wish =
                counts.lowerBound == counts.upperBound
                ? "\(counts.lowerBound)" : "\(counts.lowerBound) to \(counts.upperBound)"
            throw .mismatch("\(function)() takes \(wish) arguments, not \(plain.count)", at: position)
        }
        if let name = named.keys.sorted().first(where: { !names.contains($0) }) {
            throw .mismatch("\(function)() has no argument '\(name)'", at: position)
        }
    }

    /// The argument at a place or of a name.
    func optional(_ index: Int, _ name: String = "") -> Operand? {
        index < plain.count ? plain[index] : named[name]
    }

    func text(_ index: Int) throws(ExpressionError) -> String {
        guard index < plain.count, case .text(let text) = plain[index] else { throw unfit(index, "a text") }
        return text
    }

    /// A whole number; `absent` when the argument is not given or `None`.
    func integer(_ index: Int, _ name: String = "", absent: Int? = nil) throws(ExpressionError) -> Int {
        switch optional(index, name) {
        case nil, .none?: if let absent { return absent }
        case let operand?: if let value = operand.integer { return value }
        }
        throw unfit(index, "a whole number")
    }

    func unfit(_ index: Int, _ wish: String) -> ExpressionError {
        .mismatch("argument \(index + 1) of \(function)() must be \(wish)", at: position)
    }
}
