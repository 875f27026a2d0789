internal import ORM
internal import Values

/// Collects records of one model that are new, or that are known, until something else must happen, and creates or
/// writes them together: files of countries or access rights become a few statements.
final class RecordWriterQueue {
    /// A record that waits.
    struct Waiting {
        let module: String
        /// nil for a record without an external id.
        let name: String?
        /// The record, if it is known.
        let id: RecordID?
        let values: FieldValues
        let isNoUpdate: Bool
        let place: SourcePlace

        var isNew: Bool { id == nil }
        var externalID: String? { name.map { "\(module).\($0)" } }
    }

    /// How many records wait at most: enough that nobody waits for round trips, and bounded in memory.
    private static let limit = 1000

    private let environment: Environment
    private let book: ExternalIDBook
    /// Told of records that the engine refuses, which are then left out; nil makes such a refusal an error.
    private let refused: ((LoadError) -> Void)?
    private var model: ModelName = ""
    private var context: [String: Value] = [:]
    private var waiting: [Waiting] = []
    /// The external ids of new records that wait.
    private var names: Set<String> = []

    init(environment: Environment, book: ExternalIDBook, refused: ((LoadError) -> Void)? = nil) {
        self.environment = environment
        self.book = book
        self.refused = refused
    }

    /// Whether a new record with the id waits.
    func isWaiting(_ module: String, _ name: String) -> Bool { names.contains(module + "." + name) }

    /// Whether a record of the model waits.
    func isWaiting(_ model: ModelName) -> Bool { !waiting.isEmpty && self.model == model }

    /// Whether a record can wait with those that are there already.
    func accepts(_ model: ModelName, isNew: Bool, context: [String: Value]) -> Bool {
        guard let first = waiting.first else { return true }
        return self.model == model && first.isNew == isNew && self.context == context && waiting.count < Self.limit
    }

    func append(_ record: Waiting, of model: ModelName, context: [String: Value]) {
        // Those that wait already are alike: `accepts` saw to that.
        self.model = model
        self.context = context
        waiting.append(record)
        if record.isNew, let externalID = record.externalID { names.insert(externalID) }
    }

    /// Creates or writes what waits; the new ids by the external ids.
    ///
    /// - Throws: `LoadError.refused` for the record that is to blame, unless such are left out.
    func flush() throws -> [(module: String, name: String, id: RecordID)] {
        if waiting.isEmpty { return [] }
        let records = waiting
        waiting = []
        names = []
        let handle = try environment.adding(context).records(model)
        let ids = try handle.environment.inParts(records) { records -> [RecordID?] in
            let known = records.compactMap(\.id)
            if known.isEmpty { return try handle.create(records.map(\.values)) }
            try handle.write(each: zip(known, records).map { (id: $0, values: $1.values) })
            return known
        } refused: { record, error in
            let error =
                error as? LoadError
                ?? LoadError.refused("\(error)", externalID: record.externalID, at: record.place)
            guard let refused else { throw error }
            refused(error)
            return nil
        }
        let made = zip(records, ids).compactMap { record, id in id.map { (record, $0) } }
        return try note(made.map(\.0), made.map(\.1))
    }

    private func note(
        _ records: [Waiting], _ ids: [RecordID]
    ) throws -> [(module: String, name: String, id: RecordID)] {
        var made: [(module: String, name: String, id: RecordID)] = []
        for (record, id) in zip(records, ids) {
            guard let name = record.name else { continue }
            if record.isNew {
                try book.add(record.module, name, model: model, id: id, isNoUpdate: record.isNoUpdate)
                made.append((record.module, name, id))
            } else {
                book.touch(record.module, name)
            }
        }
        if records.first?.isNew == true { try nameParents(of: records, ids) }
        return made
    }

    /// Records that hold a record of another model within them name it after themselves (contract/addons.md §7).
    private func nameParents(of records: [Waiting], _ ids: [RecordID]) throws {
        let handle = try environment.records(model, ids)
        for delegate in handle.model.delegates {
            for (record, made) in zip(records, handle) {
                guard let name = record.name.map(delegate.name(of:)), let parent = try made.one(delegate.link)?.id,
                    try book.entry(record.module, name) == nil
                else { continue }
                try book.add(record.module, name, model: delegate.model, id: parent, isNoUpdate: record.isNoUpdate)
            }
        }
    }
}

extension Model.Delegate {
    /// The name of the parent of a record with a name: `user_ann_res_partner`.
    func name(of child: String) -> String {
        "\(child)_\(model.replacing(".", with: "_"))".cut(to: ExternalIDBook.nameLimit)
    }
}
