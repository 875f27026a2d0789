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

/// `<delete>`: records that are not wanted any more, by id or by a search.
struct DeleteTag {
    let element: Element
    let context: LoadContext

    func load() throws {
        try element.check(attributes: ["model", "id", "search"], required: ["model"])
        let model = try element.model(in: context)
        try context.flushAll()
        var ids: [RecordID] = []
        switch (element["id"], element["search"]) {
        case (let name?, nil):
            let (module, local) = ExternalIDBook.split(name, in: context.addon.name)
            // An id that is not known is gone already.
            guard let entry = try context.book.entry(module, local) else { return }
            guard entry.model == model.name else {
                throw LoadError.wrongModel(name, found: entry.model, expected: model.name, at: element.place)
            }
            ids = [entry.id]
        case (nil, let text?):
            ids = try context.environment.search(model.name, context.evaluate(text, at: element.place)).ids
        default:
            throw LoadError.malformed("a deletion names either an id or a search", at: element.place)
        }
        try context.located(at: element.place, externalID: element["id"]) {
            try context.environment.records(model.name, ids).unlink()
            try context.book.forget()
        }
    }
}
