internal import ORM
internal import Values
internal import XMLTree

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
