internal import ORM
internal import Values

/// What happens when records describe models (contract/addons.md §8).
extension ModelRecord {
    static func create(
        _ models: Records, _ rows: [FieldValues], _ inherited: ([FieldValues]) throws -> [RecordID]
    ) throws -> [RecordID] {
        let custom = rows.filter { $0["state"]?.text ?? "manual" == "manual" }
        let registry = models.environment.registry
        for row in custom {
            let name = row["model"]?.text ?? ""
            if registry.models[name] != nil || registry.model(ofTable: name.replacing(".", with: "_")) != nil {
                throw UserError("Error", "There is a model \(name) already.")
            }
            if name.utf8.count > 63 { throw UserError("Error", "The name of a model has at most 63 letters.") }
        }
        let ids = try inherited(rows)
        if !custom.isEmpty { try adopt(Set(custom.compactMap { $0["model"]?.text }), in: models.environment) }
        return ids
    }

    static func write(
        _ models: Records, _ values: FieldValues, _ inherited: (Records, FieldValues) throws -> Void
    ) throws {
        if let name = values["model"], try models.contains(where: { try $0.value("model") != name }) {
            throw UserError("Error", "The name of a model cannot be changed: remove it and make another one.")
        }
        if let state = values["state"], try models.contains(where: { try $0.value("state") != state }) {
            throw UserError("Error", "Whether a model is a custom one cannot be changed.")
        }
        try inherited(models, values)
        if values["name"] != nil, try models.contains(where: { try $0.text("state") == "manual" }) {
            try adopt([], in: models.environment)
        }
    }

    static func unlink(_ models: Records, _ inherited: (Records) throws -> Void) throws {
        for record in models where try record.text("state") != "manual" {
            throw UserError("Error", "You can not remove the model '\(try record.text("name") ?? "")' !")
        }
        // A rule cannot be without the model it binds.
        let rules = try models.environment.superuser.adding(["active_test": false])
            .search("ir.rule", [["model_id", "in", .list(models.ids.map { .integer($0) })]])
        try rules.unlink()
        try inherited(models)
        // The tables stay.
        try models.environment.adoptCustomModels(tablesOf: [], removal: true)
        try AccessRules.noteChange(in: models.environment)
    }

    private static func adopt(_ names: Set<ModelName>, in environment: Environment) throws {
        do {
            try environment.adoptCustomModels(tablesOf: names)
        } catch let misfit as CustomField.Misfit {
            throw UserError("Error", "This cannot be done: \(misfit.reason).")
        }
    }
}
