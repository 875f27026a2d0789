internal import ORM
internal import PostgreSQL
internal import Values

/// Collects new records of one kind until something else must happen, and creates them together: files of countries
/// or access rights become a few statements.
final class RecordWriterQueue {
    /// A record that waits to be created.
    struct Waiting {
        let module: String
        /// nil for a record without an external id.
        let name: String?
        let values: FieldValues
        let isNoUpdate: Bool
        let place: SourcePlace
    }

    private let environment: Environment
    private let book: ExternalIDBook
    private var model: ModelName = ""
    private var context: [String: Value] = [:]
    private var fields: Set<FieldName> = []
    private var waiting: [Waiting] = []
    private var names: Set<String> = []

    init(environment: Environment, book: ExternalIDBook) {
        self.environment = environment
        self.book = book
    }

    func isWaiting(_ module: String, _ name: String) -> Bool { names.contains(module + "." + name) }

    /// Whether a record of the model waits.
    func isWaiting(_ model: ModelName) -> Bool { !waiting.isEmpty && self.model == model }

    /// Whether the record can wait with those that are there already.
    func accepts(_ model: ModelName, _ values: FieldValues, context: [String: Value]) -> Bool {
        waiting.isEmpty
            || (self.model == model && fields == Set(values.keys) && self.context == context && waiting.count < 500)
    }

    func append(_ record: Waiting, of model: ModelName, context: [String: Value]) {
        // Those that wait already are alike: `accepts` saw to that.
        if waiting.isEmpty {
            self.model = model
            self.context = context
            fields = Set(record.values.keys)
        }
        waiting.append(record)
        if let name = record.name { names.insert(record.module + "." + name) }
    }

    /// Creates what waits; the ids by the names the addon knows them by.
    func flush() throws -> [(String, RecordID)] {
        if waiting.isEmpty { return [] }
        let records = waiting
        waiting = []
        names = []
        let ids = try create(records)
        var met: [(String, RecordID)] = []
        for (record, id) in zip(records, ids) {
            guard let name = record.name else { continue }
            try book.add(record.module, name, model: model, id: id, isNoUpdate: record.isNoUpdate)
            met.append((name, id))
        }
        try nameParents(of: records, ids)
        return met
    }

    /// Records that hold a record of another model within them name it after themselves (contract/addons.md §7).
    private func nameParents(of records: [Waiting], _ ids: [RecordID]) throws {
        let handle = try environment.records(model, ids)
        for delegate in handle.model.delegates {
            let suffix = "_" + delegate.model.replacing(".", with: "_")
            for (record, made) in zip(records, handle) {
                guard let name = record.name, let parent = try made.value(delegate.link).integer,
                    try book.entry(record.module, name + suffix) == nil
                else { continue }
                try book.add(
                    record.module, name + suffix, model: delegate.model, id: parent, isNoUpdate: record.isNoUpdate)
            }
        }
    }

    /// All at once; when that is refused, one after the other, which finds the record that is to blame.
    private func create(_ records: [Waiting]) throws -> [RecordID] {
        let handle = try environment.adding(context).records(model)
        if records.count > 1 {
            let ids = try? environment.transaction.savepoint { try handle.create(records.map(\.values)) }
            if let ids { return ids }
        }
        return try records.map { record in
            do {
                return try handle.create([record.values])[0]
            } catch let error as PostgreSQLError where error.isRetryable || error.isConnectionLoss {
                throw error
            } catch {
                throw LoadError.refused(
                    "\(error)", externalID: record.name.map { "\(record.module).\($0)" }, at: record.place)
            }
        }
    }
}
