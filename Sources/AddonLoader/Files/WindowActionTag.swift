internal import ORM
internal import PythonExpression
internal import Values
internal import XMLTree

/// `<act_window>`: a window that shows records of a model (contract/addons.md §5, act_window).
struct WindowActionTag {
    let element: Element
    let context: LoadContext
    let isNoUpdate: Bool

    func load() throws {
        try element.check(
            attributes: [
                "id", "name", "res_model", "domain", "context", "src_model", "view_id", "view_type", "view_mode",
                "target", "usage", "limit", "auto_refresh", "multi", "groups", "key2",
            ], required: ["id", "name", "res_model"])
        let registry = context.environment.registry
        for attribute in ["res_model", "src_model"] {
            if let model = element[attribute], registry.models[model] == nil {
                throw LoadError.unknownModel(model, at: element.place)
            }
        }
        var values: FieldValues = [
            "name": .text(element["name"] ?? ""), "type": "ir.actions.act_window",
            "res_model": .text(element["res_model"] ?? ""), "domain": .text(stored(element["domain"] ?? "[]")),
            "context": .text(stored(element["context"] ?? "{}")),
            "view_type": .text(element["view_type"] ?? "form"),
            "view_mode": .text(element["view_mode"] ?? "tree,form"),
            "target": .text(element["target"] ?? "current"), "multi": .boolean(element["multi"]?.isEmpty == false),
            "limit": .integer(try number("limit")), "auto_refresh": .integer(try number("auto_refresh")),
        ]
        if let model = element["src_model"] { values["src_model"] = .text(model) }
        if let usage = element["usage"] { values["usage"] = .text(usage) }
        if let view = element["view_id"] {
            values["view_id"] = .integer(try context.resolve(view, at: element.place).id)
        }
        if let groups = element["groups"] {
            values["groups_id"] = try GroupList(text: groups, context: context).value(at: element.place)
        }
        let upsert = RecordUpsert(
            context: context, model: try registry.model("ir.actions.act_window"), externalID: element["id"],
            isNoUpdate: false, forcesCreation: true, place: element.place)
        try upsert.run { values }
        try context.flush()
        if let model = element["src_model"] { try offer(on: model) }
    }

    private func number(_ attribute: String) throws -> Int {
        guard let text = element[attribute] else { return 0 }
        guard let number = Int(text) else {
            throw LoadError.malformed("\(attribute) is a number, not \"\(text)\"", at: element.place)
        }
        return number
    }

    /// Evaluated where only names known now stand in it, otherwise as written; clients evaluate it again.
    private func stored(_ text: String) -> String {
        let names: [String: Value] = ["uid": .integer(context.environment.uid), "active_id": "active_id"]
        return (try? context.evaluate(text, at: element.place, names: names).pythonText) ?? text
    }

    /// Puts the action beside the forms of another model.
    private func offer(on model: ModelName) throws {
        let id = try context.resolve(element["id"] ?? "", at: element.place).id
        let environment = context.environment
        let name = element["id"] ?? ""
        let key2 = element["key2"] ?? "client_action_relate"
        let existing = try environment.search(
            "ir.values",
            [
                ["key", "=", "action"], ["key2", "=", .text(key2)], ["name", "=", .text(name)],
                ["model", "=", .text(model)],
            ])
        let values: FieldValues = [
            "name": .text(name), "key": "action", "key2": .text(key2), "model": .text(model), "res_id": 0,
            "object": true, "value": .text("ir.actions.act_window,\(id)"),
        ]
        if let row = existing.first { try row.write(values) } else { try environment.create("ir.values", values) }
    }
}
