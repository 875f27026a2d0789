internal import ORM
internal import Values
internal import XMLTree

/// `<function>`: a call of a method clients may call, as the superuser (contract/addons.md §5, function).
struct FunctionTag {
    let element: Element
    let context: LoadContext

    func load(isNoUpdate: Bool) throws {
        if context.mode == .update, isNoUpdate { return }
        _ = try call()
    }

    private func call() throws -> Value {
        try element.check(attributes: ["model", "name", "id", "eval", "context"], required: ["model", "name"])
        let model = try element.model(in: context)
        // It is looked at, and not handed on, as in the original.
        if let text = element["context"] { _ = try context.evaluate(text, at: element.place) }
        var arguments: [Value] = []
        if let expression = element["eval"] {
            guard let list = try context.evaluate(expression, at: element.place).list else {
                throw LoadError.malformed("the arguments are a list", at: element.place)
            }
            arguments = list
        }
        for child in element.children {
            switch child.name {
            case "value":
                arguments.append(try ValueTag(element: child, context: context, allowsText: false).value())
            case "function":
                let answer = try FunctionTag(element: child, context: context).call()
                if answer != .null { arguments.append(answer) }
            default: throw child.misplaced
            }
        }
        try context.flushAll()
        return try context.located(at: element.place) {
            let call = try RemoteCall(
                element["name"] ?? "", of: model.name, in: context.environment.registry, positional: arguments)
            let answer = try call.run(in: context.environment).value
            // The method may have made or deleted what the book knows.
            try context.book.forget()
            return answer
        }
    }
}
