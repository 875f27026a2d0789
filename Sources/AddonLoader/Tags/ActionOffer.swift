internal import ORM
internal import Values

/// Puts an action where clients ask for it: beside the records of a model, by a row of `ir.values`
/// (contract/addons.md §5, act_window, report, wizard).
struct ActionOffer {
    let context: LoadContext
    let action: ExternalIDBook.Entry
    let name: String
    /// Where clients offer it: `client_action_relate`, `client_print_multi`.
    let key2: String
    /// nil for all models.
    let model: ModelName?
    /// The field that, besides keys and model, tells rows apart: `name` or `value`.
    let same: FieldName

    private var reference: Value { .text("\(action.model),\(action.id)") }
    private var modelValue: Value { model.map { .text($0) } ?? false }

    /// Writes the row, or makes it.
    func store() throws {
        let values: FieldValues = [
            "name": .text(name), "key": "action", "key2": .text(key2), "model": modelValue, "res_id": 0,
            "object": true, "value": reference,
        ]
        let existing = try context.environment.search(
            "ir.values",
            [
                ["key", "=", "action"], ["key2", "=", .text(key2)], ["model", "=", modelValue],
                [.text(same), "=", values[same] ?? false],
            ])
        if let row = existing.first {
            // In a database that is adopted it is its owner's.
            if context.mode != .adopt { try row.write(values) }
        } else {
            try context.environment.create("ir.values", values)
        }
    }

    /// Takes the row away.
    func remove() throws {
        try context.environment.search(
            "ir.values", [["name", "=", .text(name)], ["value", "=", reference], ["model", "=", modelValue]]
        ).unlink()
    }
}
