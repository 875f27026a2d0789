internal import Logging
internal import ORM
internal import Values
internal import XMLTree

/// `<record>`: a record with its fields.
struct RecordTag {
    let element: Element
    let context: LoadContext
    let isNoUpdate: Bool

    func load() throws {
        try element.check(attributes: ["model", "id", "forcecreate", "context"], required: ["model"])
        let model = try element.model(in: context)
        var upsert = RecordUpsert(
            context: context, model: model, externalID: try element.externalID(in: context),
            isNoUpdate: isNoUpdate, isProtected: isNoUpdate,
            forcesCreation: XMLDataFile.flag(element["forcecreate"], default: true), place: element.place)
        if let text = element["context"] {
            upsert.recordContext = try context.evaluate(text, at: element.place).dictionary ?? [:]
        }
        try upsert.run { try values(of: model) }
    }

    private func values(of model: Model) throws -> FieldValues {
        var values: FieldValues = [:]
        for child in element.children {
            guard child.name == "field" else {
                throw child.misplaced
            }
            try child.check(
                attributes: ["name", "ref", "eval", "search", "type", "model", "use", "file"], required: ["name"])
            let name = child["name"] ?? ""
            guard let field = model.field(name) else {
                throw LoadError.unknownField(name, of: model.name, at: child.place)
            }
            values[name] = try FieldTag(element: child, field: field, context: context).value()
        }
        return values
    }
}

extension Element {
    /// The external id of the record the tag makes; nil when it has none.
    ///
    /// - Throws: `LoadError.malformed` when it is no external id, or belongs to an addon that is not installed.
    func externalID(in context: LoadContext) throws -> String? {
        guard let id = self["id"], !id.isEmpty else { return nil }
        let (module, name) = ExternalIDBook.split(id, in: context.addon.name)
        if name.contains(".") { throw LoadError.malformed(LoadContext.twoDots(id), at: place) }
        guard id.utf8.allSatisfy({ $0 < 0x80 }) else {
            throw LoadError.malformed("the external id \(id) has characters beyond ASCII", at: place)
        }
        guard context.environment.registry.addons.contains(module) else {
            throw LoadError.malformed("The ID \"\(id)\" refers to an uninstalled module", at: place)
        }
        if id.count > 64 {
            context.logger.warning("id: \(id) is to long (max: 64)", metadata: ["place": "\(place)"])
        }
        return id
    }

    /// The model its attribute names.
    ///
    /// - Throws: `LoadError.unknownModel`.
    func model(in context: LoadContext) throws -> Model {
        let name = self["model"] ?? ""
        // Records that wait may make the model, or fields of it.
        if name != "ir.model.fields", ["ir.model", "ir.model.fields"].contains(where: { context.writer.isWaiting($0) })
        {
            try context.flush()
        }
        guard let model = context.environment.registry.models[name] else {
            throw LoadError.unknownModel(name, at: place)
        }
        return model
    }
}
