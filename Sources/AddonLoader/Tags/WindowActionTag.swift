internal import ORM
internal import PythonExpression
internal import Values
internal import XMLTree

/// `<act_window>`: a window that shows records of a model (contract/addons.md §5, act_window).
struct WindowActionTag {
    let element: Element
    let context: LoadContext
    let isNoUpdate: Bool
    /// The context of the `data` tag.
    let recordContext: [String: Value]

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
            "res_model": .text(element["res_model"] ?? ""),
            "domain": .text(try stored(element["domain"] ?? "[]", Self.domainText)),
            "context": .text(try stored(element["context"] ?? "{}")),
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
            context: context, model: try registry.model("ir.actions.act_window"),
            externalID: try element.externalID(in: context), isNoUpdate: isNoUpdate, isProtected: false,
            forcesCreation: true, recordContext: recordContext, place: element.place)
        try upsert.run { values }
        guard let model = element["src_model"] else { return }
        let name = element["id"] ?? ""
        try ActionOffer(
            context: context, action: context.resolve(name, at: element.place), name: name,
            key2: element["key2"] ?? "client_action_relate", model: model, same: "name"
        ).store()
    }

    private func number(_ attribute: String) throws -> Int {
        guard let text = element[attribute] else { return 0 }
        guard let number = Int(text) else {
            throw LoadError.malformed("\(attribute) is a number, not \"\(text)\"", at: element.place)
        }
        return number
    }

    /// As written, unless it names what is known now and nothing else: the attributes, `uid`, `ref` and `active_id`.
    /// What clients know later (`time`, `active_ids`) must not be fixed at the time of loading.
    private func stored(_ text: String, _ spell: (Value) -> String = \.pythonText) throws -> String {
        var names: [String: Value] = [:]
        for name in element.attributeNames { names[name] = element[name].map { .text($0) } }
        names["uid"] = .integer(context.environment.uid)
        names["active_id"] = "active_id"
        do {
            let expression = try Expression(parsing: text)
            if (try? expression.evaluate()) != nil { return text }
            return spell(try context.evaluate(expression, in: Scope(names: names), at: element.place))
        } catch ExpressionError.malformed(let reason, let place) {
            throw LoadError.malformed("cannot read \(text.prefix(200)): \(place): \(reason)", at: element.place)
        } catch is ExpressionError {
            return text
        }
    }

    /// A domain as people write it, its conditions in parentheses.
    private static func domainText(_ domain: Value) -> String {
        guard let elements = domain.list else { return domain.pythonText }
        let texts = elements.map { element in
            guard let leaf = element.list, leaf.count == 3 else { return element.pythonText }
            return "(" + leaf.map(\.pythonText).joined(separator: ", ") + ")"
        }
        return "[" + texts.joined(separator: ", ") + "]"
    }
}
