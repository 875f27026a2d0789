internal import Domain
internal import Values

/// What must hold between the models of a registry, checked once when it is built.
enum RegistryCheck {
    static func check(_ models: [ModelName: Model]) throws {
        for model in models.values.sorted(by: { $0.name < $1.name }) {
            for field in model.fields { try check(field, of: model, among: models) }
            for term in model.order + model.siblingOrder
            where model.ownField(term.name)?.hasColumn != true && !model.isMagic(term.name) {
                throw mistake(model, "the order names \(term.name), which is no column")
            }
        }
    }

    private static func check(_ field: Field, of model: Model, among models: [ModelName: Model]) throws {
        if field.name == "id" {
            throw mistake(model, "the field id is the engine's own")
        }
        if let target = field.kind.target {
            guard let other = models[target] else {
                throw mistake(model, "field \(field.name) leads to the unknown model \(target)")
            }
            if case .one2many(_, let inverse) = field.kind, case .stored = field.storage,
                other.ownField(inverse)?.hasColumn != true
            {
                throw mistake(model, "field \(field.name) has no inverse \(inverse) in \(target)")
            }
        }
        if field.isProperty, field.kind.isToMany {
            throw mistake(model, "the property \(field.name) holds one value a record, not a list")
        }
        if GroupOperator(of: field) == nil {
            throw mistake(model, "field \(field.name) has no group operator among sum, avg, min, max and count")
        }
        if case .related(let path, _) = field.storage { try check(path, of: field, model, among: models) }
        if case .triggered(let triggers) = field.store {
            for trigger in triggers {
                guard let watched = models[trigger.model] else {
                    throw mistake(model, "field \(field.name) watches the unknown model \(trigger.model)")
                }
                if let unknown = trigger.fields.first(where: { watched.field($0) == nil }) {
                    throw mistake(
                        model, "field \(field.name) watches \(trigger.model).\(unknown), which does not exist")
                }
            }
        }
    }

    private static func check(
        _ path: [FieldName], of field: Field, _ model: Model, among models: [ModelName: Model]
    ) throws {
        var current = model
        for (place, step) in path.enumerated() {
            guard let next = current.field(step) else {
                throw mistake(model, "field \(field.name) runs along \(current.name).\(step), which does not exist")
            }
            guard place < path.count - 1 else { break }
            guard let target = next.kind.target, let following = models[target] else {
                throw mistake(model, "field \(field.name) cannot run on from \(current.name).\(step)")
            }
            current = following
        }
    }

    private static func mistake(_ model: Model, _ reason: String) -> ORMError {
        .definition(addon: model.addons.last ?? "", model: model.name, reason: reason)
    }
}
