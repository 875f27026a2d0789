internal import ORM
internal import Values

/// The window that corrects the check digits of partners' EAN 13 numbers.
enum ArticleNumberWizard {
    static let definition = ModelDefinition.introducing("partner.wizard.ean.check", transient: true) { model in
        model.title = "Ean Check"
        model.remote = [
            .method("update_ean", writes: true, ["ids", .context]) { wizards, _ in
                let selected = wizards.environment.context["active_ids"].list?.compactMap(\.recordID) ?? []
                for partner in try wizards.environment.records("res.partner", selected) {
                    // Each number is another one, so each is a write of its own.
                    guard let number = try partner.text("ean13"), let right = corrected(number), right != number else {
                        continue
                    }
                    try partner.write(["ean13": .text(right)])
                }
                return [:]
            }
        ]
    }

    /// The number with the check digit it should have, which may also be missing; nil for what is no such number.
    static func corrected(_ number: String) -> String? {
        let digits = number.compactMap(\.wholeNumberValue)
        guard digits.count == number.count, (12...13).contains(digits.count) else { return nil }
        let sum = digits.prefix(12).enumerated().reduce(0) { $0 + $1.element * ($1.offset.isMultiple(of: 2) ? 1 : 3) }
        return digits.prefix(12).map(String.init).joined() + String((10 - sum % 10) % 10)
    }
}
