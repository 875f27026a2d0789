public import Values

/// An ordered list of record ids with the environment they are seen in.
///
/// Reading a field of one record reads it for all records of the list at once. Methods run with the rights of the
/// environment's user, overrides included.
public struct Records: Sequence {
    public let model: Model
    public let ids: [RecordID]
    public let environment: Environment
    let prefetch: Prefetch

    init(of model: Model, _ ids: [RecordID], in environment: Environment) {
        self.init(of: model, ids, in: environment, prefetch: Prefetch(ids))
    }

    init(of model: Model, _ ids: [RecordID], in environment: Environment, prefetch: Prefetch) {
        self.model = model
        self.ids = ids
        self.environment = environment
        self.prefetch = prefetch
    }

    public var isEmpty: Bool { ids.isEmpty }
    public var count: Int { ids.count }

    /// The first record, or nil.
    public var first: Record? { ids.first.map { Record(id: $0, in: self) } }

    public func makeIterator() -> some IteratorProtocol<Record> {
        ids.lazy.map { Record(id: $0, in: self) }.makeIterator()
    }

    /// A value for each record, as `Computation.Get` answers it.
    public func map<T>(_ transform: (Record) throws -> T) rethrows -> [RecordID: T] {
        var results = [RecordID: T](minimumCapacity: ids.count)
        for record in self { results[record.id] = try transform(record) }
        return results
    }

    /// The records that fulfil a condition, in order.
    public func only(_ condition: (Record) throws -> Bool) rethrows -> Records {
        var kept: [RecordID] = []
        for record in self where try condition(record) { kept.append(record.id) }
        return Records(of: model, kept, in: environment, prefetch: prefetch)
    }

    /// The same records seen in another environment; nothing that was read is taken along.
    public func seen(in environment: Environment) -> Records { Records(of: model, ids, in: environment) }

    /// The same records with the superuser's rights.
    public var asSuperuser: Records { seen(in: environment.superuser) }

    /// The same records, to be read anew: after a write through another way.
    public var refreshed: Records { Records(of: model, ids, in: environment) }

    /// Other records of the same model.
    public func other(_ ids: [RecordID]) -> Records { Records(of: model, ids, in: environment) }
}
