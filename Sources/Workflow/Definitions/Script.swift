internal import ORM
internal import PythonExpression
internal import Values

/// An action or a condition: expressions, one a line, of which the last one's value counts (contract/workflow.md §6).
struct Script: Sendable {
    private enum Line: Sendable {
        case value(Bool)
        case expression(Expression)
        case malformed(String)
    }

    private let lines: [Line]

    init(_ text: String) {
        if text.isEmpty {
            lines = []
            return
        }
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let text = String(String(line).trimmed)
            switch text {
            case "True": return .value(true)
            case "False": return .value(false)
            default:
                do {
                    return .expression(try Expression(parsing: text))
                } catch {
                    return .malformed("\(error)")
                }
            }
        }
    }

    var isEmpty: Bool { lines.isEmpty }

    /// The value of a script that is `True` or `False` and nothing else, as most conditions are.
    var constant: Bool? {
        if lines.count == 1, case .value(let value) = lines[0] { return value }
        return nil
    }

    /// Evaluates all lines for a record.
    ///
    /// - Throws: `ORMError.assertion` for no line at all, `ORMError.badValue` for a line that cannot be read or
    ///   evaluated, and whatever a method throws that it calls.
    func value(for names: RecordNames) throws -> Value {
        guard !lines.isEmpty else {
            throw ORMError.assertion("You used a NULL action in a workflow, use dummy node instead.")
        }
        var value: Value = false
        for line in lines {
            switch line {
            case .value(let constant): value = .boolean(constant)
            case .malformed(let reason): throw ORMError.badValue(reason)
            case .expression(let expression): value = try names.value(of: expression)
            }
        }
        return value
    }
}
