internal import ORM
internal import Values
internal import XMLTree

/// `<workflow>`: a signal to the workflows of a record (contract/addons.md §5, workflow).
struct WorkflowTag {
    let element: Element
    let context: LoadContext

    func load(isNoUpdate: Bool) throws {
        try element.check(attributes: ["model", "action", "ref", "uid", "context"], required: ["model", "action"])
        if context.mode == .update, isNoUpdate { return }
        let model = try element.model(in: context)
        let id = try target(of: model.name)
        var environment = context.environment
        if let user = element["uid"] {
            let entry = try context.resolve(user, at: element.place)
            guard entry.model == "res.users" else {
                throw LoadError.wrongModel(user, found: entry.model, expected: "res.users", at: element.place)
            }
            environment = environment.with(uid: entry.id)
        }
        if let text = element["context"] {
            environment = environment.adding(try context.evaluate(text, at: element.place).dictionary ?? [:])
        }
        try context.flushAll()
        guard let id else { return }
        try context.located(at: element.place) {
            try environment.records(model.name, [id]).send(signal: element["action"] ?? "")
            // What followed may have made or deleted what the book knows.
            try context.book.forget()
        }
    }

    /// The record's id; nil when a search finds none.
    private func target(of model: ModelName) throws -> RecordID? {
        if let reference = element["ref"] {
            let entry = try context.resolve(reference, at: element.place)
            guard entry.model == model else {
                throw LoadError.wrongModel(reference, found: entry.model, expected: model, at: element.place)
            }
            return entry.id
        }
        guard let child = element.children.first, element.children.count == 1 else {
            throw LoadError.malformed("You must define a child node if you dont give a ref", at: element.place)
        }
        let value = try ValueTag(element: child, context: context, allowsText: false).value()
        if value.isAbsent { return nil }
        guard let id = value.recordID else {
            throw LoadError.malformed("the value of <workflow> is the id of a record", at: child.place)
        }
        return id
    }
}
