internal import ORM
internal import Values
internal import XMLTree

/// `<ir_set>`: a stored value for models or records, made once, when the addon is installed; one that is there already
/// is left alone (contract/addons.md §5, ir_set).
struct StoredValueTag {
    let element: Element
    let context: LoadContext

    private static let names: Set<String> = [
        "key", "key2", "name", "models", "value", "isobject", "replace", "meta",
    ]

    func load() throws {
        try element.check(attributes: [])
        var values: [String: Value] = [:]
        for child in element.children {
            guard child.name == "field" else { throw child.misplaced }
            try child.check(attributes: ["name", "ref", "eval", "search", "type", "model", "use"], required: ["name"])
            let name = child["name"] ?? ""
            guard Self.names.contains(name) else {
                throw LoadError.unknownField(name, of: "ir.values", at: child.place)
            }
            values[name] = try FieldTag(element: child, field: nil, context: context).value()
        }
        for name in ["key", "key2", "name", "models", "value"] where values[name] == nil {
            throw LoadError.malformed("<ir_set> needs the field \(name)", at: element.place)
        }
        if context.mode == .update { return }
        try context.flushAll()
        let missing = try owners(values["models"] ?? []).filter { try !isStored(values, for: $0.model) }
        if missing.isEmpty { return }
        let arguments: [Value] = [
            values["key"] ?? false, values["key2"] ?? false, values["name"] ?? false, .list(missing.map(\.value)),
            values["value"] ?? false, values["replace"] ?? true, values["isobject"] ?? false, values["meta"] ?? false,
        ]
        try context.located(at: element.place) {
            let registry = context.environment.registry
            _ = try RemoteCall("set", of: "ir.values", in: registry, positional: arguments)
                .run(in: context.environment)
        }
    }

    /// Each model, or model and record, with the value that names it.
    private func owners(_ models: Value) throws -> [(model: ModelName, value: Value)] {
        try (models.list ?? []).map { owner in
            guard let model = owner.text ?? owner.list?.first?.text else {
                throw LoadError.malformed("models is a list of models, or of pairs of model and id", at: element.place)
            }
            return (model, owner)
        }
    }

    private func isStored(_ values: [String: Value], for model: ModelName) throws -> Bool {
        let found = try context.environment.search(
            "ir.values",
            [
                ["key", "=", values["key"] ?? false], ["key2", "=", values["key2"] ?? false],
                ["name", "=", values["name"] ?? false], ["model", "=", .text(model)],
            ], limit: 1)
        return !found.isEmpty
    }
}
