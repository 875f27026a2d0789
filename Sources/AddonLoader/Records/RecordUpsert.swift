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
            if context.mode == .install { try wait(values(), module: context.addon.name, name: nil) }
            return
        }
        let (module, name) = ExternalIDBook.split(externalID, in: context.addon.name)
        if context.writer.isWaiting(module, name) { try context.flush() }
        guard let entry = try context.book.entry(module, name) else {
            if let adoption = context.adoption { return try adopt(values(), module, name, adoption) }
            return try create(values, module, name)
        }
        guard entry.model == model.name else {
            throw LoadError.wrongModel(
                "\(module).\(name)", found: entry.model, expected: model.name, at: place)
        }
        if context.mode == .adopt { return context.meet(module, name, entry.id) }
        guard try context.book.isLiving(entry, of: module) else {
            // The row is gone: the external id is given to a new record.
            try context.flush()
            try context.book.remove(module, name)
            return try create(values, module, name)
        }
        context.meet(module, name, entry.id)
        for delegate in model.delegates { context.book.meet(module, delegate.name(of: name)) }
        if context.mode == .update, isProtected { return }
        try wait(values(), module: module, name: name, id: entry.id)
    }

    private func create(_ values: () throws -> FieldValues, _ module: String, _ name: String) throws {
        context.book.meet(module, name)
        if context.mode == .update, isProtected, !forcesCreation { return }
        try wait(values(), module: module, name: name)
    }

    /// A record that is there under no name, or under another one, gets this one; what is not there is made.
    private func adopt(
        _ values: FieldValues, _ module: String, _ name: String, _ adoption: AdoptedRecords
    ) throws {
        var values = values
        switch try adoption.verdict(on: &values, of: model) {
        case .known(let id):
            try context.book.add(module, name, model: model.name, id: id, isNoUpdate: isNoUpdate)
            context.meet(module, name, id)
        case .new: try create({ values }, module, name)
        case .unwanted(let reason):
            adoption.leaveOut(.refused(reason, externalID: "\(module).\(name)", at: place))
        }
    }

    private func wait(_ values: FieldValues, module: String, name: String?, id: RecordID? = nil) throws {
        if !context.writer.accepts(model.name, isNew: id == nil, context: recordContext) { try context.flush() }
        context.writer.append(
            .init(module: module, name: name, id: id, values: values, isNoUpdate: isNoUpdate, place: place),
            of: model.name, context: recordContext)
    }
}
