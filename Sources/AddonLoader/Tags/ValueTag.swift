internal import ORM
internal import Values
internal import XMLTree

/// `<value>`: an expression, or the first hit of a search; within a field of type list also text (contract/addons.md
/// §5, value).
struct ValueTag {
    let element: Element
    let context: LoadContext
    let allowsText: Bool

    func value() throws -> Value {
        guard element.name == "value" else {
            throw element.misplaced
        }
        try element.check(attributes: allowsText ? ["eval", "search", "model", "type"] : ["eval", "search", "model"])
        if let domain = element["search"] {
            let model = try element.model(in: context)
            let found = try context.evaluate(domain, at: element.place)
            try context.flush()
            return try context.environment.search(model.name, found, limit: 1).ids.first.map { .integer($0) } ?? false
        }
        if let expression = element["eval"] { return try context.evaluate(expression, at: element.place) }
        guard allowsText else { throw LoadError.malformed("a value needs eval or search", at: element.place) }
        return try typed(element["type"] ?? "char")
    }

    private func typed(_ type: String) throws -> Value {
        let text = element.text
        switch type {
        case "int": return try NumberText.integerValue(text, at: element.place)
        case "float": return try NumberText.floatValue(text, at: element.place)
        case "char": return .text(text)
        default: throw LoadError.malformed("there is no type \(type) of a value", at: element.place)
        }
    }
}
