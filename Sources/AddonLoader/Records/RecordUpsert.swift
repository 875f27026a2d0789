internal import ORM
internal import Values

/// Creates or writes one record of a data file, by its external id and the mode (contract/addons.md §5, record).
struct RecordUpsert {
    let context: LoadContext
    let model: Model
    /// As written in the file; nil for a record without one.
    let externalID: String?
    /// What the external id of a new record is marked with.
    let isNoUpdate: Bool
    /// Whether an update leaves the record alone when it is there.
    let isProtected: Bool
    let forcesCreation: Bool
    /// The record's own context: `default_x`.
    var recordContext: [String: Value] = [:]
    let place: SourcePlace

    /// - Parameter values: Called only when the record is really written.
    func run(_ values: () throws -> FieldValues) throws {
        guard let externalID else {
            if context.mode == .install { try create(values(), module: context.addon.name, name: nil) }
            return
        }
        let (module, name) = ExternalIDBook.split(externalID, in: context.addon.name)
        if name.contains(".") {
            throw LoadError.malformed("the external id \(externalID) has more than one dot", at: place)
        }
        if context.writer.isWaiting(module, name) { try context.flush() }
        guard let entry = try context.book.entry(module, name) else {
            if context.mode == .update, isProtected, !forcesCreation { return }
            try create(values(), module: module, name: name)
            return
        }
        guard entry.model == model.name else {
            throw LoadError.wrongModel(
                "\(module).\(name)", found: entry.model, expected: model.name, at: place)
        }
        context.meet(name, entry.id)
        if context.mode == .update, isProtected { return }
        try write(values(), module: module, name: name, id: entry.id)
    }

    private func create(_ values: FieldValues, module: String, name: String?) throws {
        if !context.writer.accepts(model.name, values, context: recordContext) { try context.flush() }
        context.writer.append(
            .init(module: module, name: name, values: values, isNoUpdate: isNoUpdate, place: place),
            of: model.name, context: recordContext)
    }

    private func write(_ values: FieldValues, module: String, name: String, id: RecordID) throws {
        try context.flush()
        let records = try context.environment.adding(recordContext).records(model.name, [id])
        let isDone = try context.located(at: place, externalID: "\(module).\(name)") {
            if try records.exist() {
                if !values.isEmpty { try records.write(values) }
                context.book.touch(module, name)
                return true
            }
            // The row is gone: the external id is given to a new record.
            try context.environment.search(
                "ir.model.data", [["module", "=", .text(module)], ["name", "=", .text(name)]]
            ).unlink()
            try context.book.forget()
            return false
        }
        if isDone { return }
        try create(values, module: module, name: name)
    }
}
