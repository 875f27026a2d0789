internal import Values

/// Runs the checks a model's definition declares.
struct Validation {
    let records: Records

    /// - Parameter changed: The written fields; nil runs every check.
    /// - Throws: `ValidationFailure` with all checks that failed, in the order of their declaration.
    func check(changed: Set<FieldName>?) throws {
        var failures: [ValidationFailure.Failure] = []
        for case .check(let fields, let message, let holds) in records.model.constraints {
            if let changed, changed.isDisjoint(with: fields) { continue }
            do {
                if try holds(records) { continue }
            } catch let found as ValidationFailure {
                // A check that has more to say than its message.
                failures += found.failures
                continue
            }
            let texts = try records.environment.translatedTexts()
            let told = texts?.text(for: message, .constraint, of: records.model.name) ?? message
            failures.append(.init(fields: fields, message: told))
        }
        if failures.isEmpty { return }
        records.environment.registry.invalidFields.note(
            failures.flatMap(\.fields), of: records.model.name, for: records.environment.uid)
        throw ValidationFailure(failures: failures)
    }
}
