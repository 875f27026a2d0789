internal import Logging
internal import ORM
internal import PythonExpression
internal import Values
internal import XMLTree

/// `<assert>`: a check of records that are there by then (contract/addons.md §5, assert). A failure of severity error
/// or worse stops the installation, a lesser one is told in the log.
struct AssertTag {
    let element: Element
    let context: LoadContext
    /// The context of the `data` tag.
    let recordContext: [String: Value]

    /// By the words of the attribute; the last three stop the installation.
    private static let severities: [String: Logger.Level] = [
        "debug": .debug, "info": .info, "warning": .warning, "error": .error, "critical": .critical,
        "fatal": .critical,
    ]

    func load(isNoUpdate: Bool) throws {
        try element.check(
            attributes: ["model", "id", "search", "count", "string", "severity", "context"], required: ["model"])
        guard let severity = Self.severities[element["severity"] ?? "error"] else {
            throw LoadError.malformed("there is no severity \(element["severity"] ?? "")", at: element.place)
        }
        for test in element.children {
            guard test.name == "test" else { throw test.misplaced }
            try test.check(attributes: ["expr"], required: ["expr"])
        }
        if context.mode == .update, isNoUpdate { return }
        let model = try element.model(in: context)
        let records = try records(of: model.name)
        guard let failure = try failure(of: records) else { return }
        let message = "assertion \"\(element["string"] ?? "unknown")\" failed!\n\(failure)"
        context.logger.log(level: severity, "\(message)", metadata: ["place": "\(element.place)"])
        if severity >= .error { throw LoadError.malformed("Severe assertion failure: \(message)", at: element.place) }
    }

    private func records(of model: ModelName) throws -> Records {
        var environment = context.environment.adding(recordContext)
        if let text = element["context"] {
            environment = environment.adding(try context.evaluate(text, at: element.place).dictionary ?? [:])
        }
        if let reference = element["id"] {
            let entry = try context.resolve(reference, at: element.place)
            guard entry.model == model else {
                throw LoadError.wrongModel(reference, found: entry.model, expected: model, at: element.place)
            }
            try context.flushAll()
            return try environment.records(model, [entry.id])
        }
        guard let text = element["search"] else {
            throw LoadError.malformed("an assertion names either an id or a search", at: element.place)
        }
        let domain = try context.evaluate(text, at: element.place)
        try context.flushAll()
        return try environment.search(model, domain)
    }

    /// What is wrong; nil when all is well.
    private func failure(of records: Records) throws -> String? {
        if let text = element["count"] {
            guard let count = NumberText.integer(text) else {
                throw LoadError.malformed("count is a number, not \"\(text)\"", at: element.place)
            }
            if records.count != count {
                return " Incorrect search count:\n expected count: \(count)\n obtained count: \(records.count)"
            }
        }
        let tests = try element.children.map { test in
            (
                expression: try parsed(test["expr"] ?? "", at: test.place),
                expected: test.fullText.isEmpty ? Value.boolean(true) : .text(test.text), tag: test
            )
        }
        for record in records {
            for test in tests {
                let value = try value(of: test.expression, for: record, at: test.tag.place)
                if Self.isEqual(value, test.expected) { continue }
                return " xmltag: \(test.tag.serialized())\n expected value: \(test.expected.pythonText)\n "
                    + "obtained value: \(value.pythonText)"
            }
        }
        return nil
    }

    private func parsed(_ text: String, at place: SourcePlace) throws -> Expression {
        do {
            return try Expression(parsing: text)
        } catch {
            throw LoadError.malformed("cannot read \(text.prefix(200)): \(error)", at: place)
        }
    }

    /// The record's fields are names, and one of them may hide `ref`.
    private func value(of expression: Expression, for record: Record, at place: SourcePlace) throws -> Value {
        var scope = Scope.standard
        if record.model.field("floatEqual") == nil {
            scope.functions["floatEqual"] = { arguments, _ in
                guard arguments.count == 2, let first = arguments[0].number, let second = arguments[1].number else {
                    throw LoadError.malformed("floatEqual takes two numbers", at: place)
                }
                return .boolean(abs(first - second) < 0.000_05)
            }
        }
        let fields = record.inExpression
        scope.resolve = { name in
            guard name == "id" || record.model.field(name) != nil else { return nil }
            return try fields.member(name)
        }
        do {
            if record.model.field("ref") != nil { return try expression.evaluate(in: scope) }
            return try context.evaluate(expression, in: scope, at: place)
        } catch let error as ExpressionError {
            throw LoadError.malformed("cannot evaluate the test: \(error)", at: place)
        }
    }

    /// As in Python: True is 1, and a text is never a number.
    private static func isEqual(_ value: Value, _ expected: Value) -> Bool {
        if case .boolean = expected { return value == expected || value.number == 1 }
        return value.text == expected.text && value.text != nil
    }
}
