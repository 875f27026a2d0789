internal import Values

/// Lays the definitions of all addons over one another and resolves delegation.
enum ModelFold {
    /// - Returns: The folded definitions, and what of the custom models and fields does not fit them.
    static func drafts(
        of addons: [AddonModels], custom: CustomModels
    ) throws -> (drafts: [ModelName: ModelDraft], misfits: [String]) {
        var drafts: [ModelName: ModelDraft] = [:]
        for addon in addons { try lay(addon, over: &drafts) }
        if !custom.kept.isEmpty { try lay(KeptModels(custom.kept, besides: drafts).half, over: &drafts) }
        let (fitting, misfits) = custom.fitting(drafts)
        try lay(fitting, over: &drafts)
        for name in drafts.keys { drafts[name]?.completeForEngine() }
        return (drafts, misfits)
    }

    private static func lay(_ addon: AddonModels, over drafts: inout [ModelName: ModelDraft]) throws {
        for definition in addon.definitions {
            var draft = try start(definition, of: addon.name, among: drafts)
            try draft.apply(definition.content, of: addon.name)
            drafts[definition.name] = draft
        }
    }

    private static func start(
        _ definition: ModelDefinition, of addon: String, among drafts: [ModelName: ModelDraft]
    ) throws -> ModelDraft {
        switch definition.role {
        case .introducing(let transient):
            guard drafts[definition.name] == nil else {
                throw ORMError.definition(
                    addon: addon, model: definition.name, reason: "introduced a second time; extend it instead")
            }
            var draft = ModelDraft(definition.name)
            draft.isTransient = transient
            return draft
        case .extending:
            guard let draft = drafts[definition.name] else {
                throw ORMError.definition(
                    addon: addon, model: definition.name,
                    reason: "extended but not introduced; is the addon that introduces it in 'depends'?")
            }
            return draft
        case .copying(let originals):
            var draft = ModelDraft(definition.name)
            for original in originals {
                guard let parent = drafts[original] else {
                    throw ORMError.definition(
                        addon: addon, model: definition.name, reason: "copies the unknown model \(original)")
                }
                draft.take(from: parent, for: addon)
            }
            return draft
        }
    }

    /// Parents first, so that a child sees what its parents themselves inherit.
    static func models(from drafts: [ModelName: ModelDraft]) throws -> [ModelName: Model] {
        var models: [ModelName: Model] = [:]
        var underWay: Set<ModelName> = []

        func build(_ name: ModelName) throws -> Model {
            if let model = models[name] { return model }
            guard let draft = drafts[name] else { throw ORMError.unknownModel(name) }
            let addon = draft.addons.last ?? ""
            guard underWay.insert(name).inserted else {
                throw ORMError.definition(addon: addon, model: name, reason: "delegates to itself")
            }
            let own = Set(draft.fields.map(\.name))
            var inherited: [FieldName: Model.InheritedField] = [:]
            for (parent, link) in draft.delegates.sorted(by: { $0.key < $1.key }) {
                guard drafts[parent] != nil else {
                    throw ORMError.definition(addon: addon, model: name, reason: "delegates to the unknown \(parent)")
                }
                let model = try build(parent)
                let delegate = Model.Delegate(model: parent, link: link)
                for field in model.fields + model.inherited.values.map(\.field) where !own.contains(field.name) {
                    inherited[field.name] = Model.InheritedField(field: field, delegate: delegate)
                }
            }
            let model = try Model(draft, inherited: inherited)
            models[name] = model
            return model
        }

        for name in drafts.keys.sorted() { _ = try build(name) }
        return models
    }
}

extension ModelDraft {
    /// Adds the fields the engine itself keeps: link fields of delegation and the bounds of a nested set.
    mutating func completeForEngine() {
        let names = Set(fields.map(\.name))
        for (parent, link) in delegates.sorted(by: { $0.key < $1.key }) where !names.contains(link) {
            addEngineField(.many2one(link, parent, to: parent, onDelete: .cascade, required: true))
        }
        if isTransient { keepLinksApart() }
        if nestedSet == true {
            for (bound, label) in [("parent_left", "Left parent"), ("parent_right", "Right parent")]
            where !names.contains(bound) {
                addEngineField(.integer(bound, label, index: .yes))
            }
        }
    }
}
