public import PostgreSQL
public import SQL
public import Values

/// Who calls, with which context, in which transaction, on which registry.
///
/// It belongs to one call on one thread and is deliberately not `Sendable`. Environments derived from one another
/// share the transaction and the work that waits for its end.
public final class Environment {
    public let transaction: Transaction
    /// The calling user's id. 1 is the superuser, whom access rights do not bind.
    public let uid: RecordID
    public let context: Context
    let pending: PendingWork

    /// The superuser's id in every database.
    public static let superuserID = 1

    /// - Parameter isStrict: Whether reading and writing what is no field of a model is refused; clients rely on its being
    ///   overlooked (contract/README.md, difference 4).
    public convenience init(
        registry: Registry, transaction: Transaction, uid: RecordID, context: Context = Context(),
        isStrict: Bool = false
    ) {
        let pending = PendingWork(registry, isStrict: isStrict)
        self.init(transaction: transaction, uid: uid, context: context, pending: pending)
        transaction.afterCommit.append { pending.registry.ports.caches.changed(pending.touched) }
    }

    private init(transaction: Transaction, uid: RecordID, context: Context, pending: PendingWork) {
        self.transaction = transaction
        self.uid = uid
        self.context = context
        self.pending = pending
    }

    /// True when access rights do not bind the caller.
    public var isSuperuser: Bool { uid == Self.superuserID }

    /// Counts names that no field has.
    ///
    /// - Throws: `ORMError.unknownField` for one of them, if they are refused.
    func overlook(_ unknown: [FieldName], of model: Model) throws {
        guard let name = unknown.first else { return }
        if pending.isStrict { throw ORMError.unknownField(name, of: model.name) }
        registry.ports.overlooked.note(unknown, of: model.name)
    }

    /// The models as this call knows them: those of its database, and what the call itself has added to them.
    public var registry: Registry { pending.registry }

    /// The models some of whose records this call has created, written or deleted so far; caches over them are stale.
    public var touchedModels: Set<ModelName> { pending.touched }

    /// Says that records of a model were changed by a statement of the caller's own.
    public func noteTouched(_ model: ModelName) { pending.touched.insert(model) }

    /// The same call with the superuser's rights.
    public var superuser: Environment { isSuperuser ? self : with(uid: Self.superuserID) }

    public func with(uid: RecordID) -> Environment {
        Environment(transaction: transaction, uid: uid, context: context, pending: pending)
    }

    public func with(context: Context) -> Environment {
        Environment(transaction: transaction, uid: uid, context: context, pending: pending)
    }

    /// The same call with some keys of the context changed.
    public func adding(_ changes: [String: Value]) -> Environment {
        with(context: Context(context.values.merging(changes) { _, new in new }))
    }

    /// Records of a model, in the order of the ids; whether they exist is not asked.
    ///
    /// - Throws: `ORMError.unknownModel`.
    public func records(_ model: ModelName, _ ids: [RecordID] = []) throws -> Records {
        Records(of: try registry.model(model), ids, in: self)
    }

    /// One record, whether or not it exists.
    public func record(_ model: ModelName, _ id: RecordID) throws -> Record {
        Record(id: id, in: try records(model, [id]))
    }

    /// The records a domain matches, as the caller may see them.
    public func search(
        _ model: ModelName, _ domain: Value = [], limit: Int? = nil, order: String? = nil
    ) throws -> Records {
        try records(model).search(SearchRequest(domain, limit: limit, order: order))
    }

    /// Creates one record and gives it back.
    @discardableResult
    public func create(_ model: ModelName, _ values: FieldValues) throws -> Record {
        let ids = try records(model).create([values])
        return Record(id: ids[0], in: try records(model, ids))
    }

    /// The record an external id `module.name` stands for, or nil.
    public func record(externalID: String) throws -> Record? {
        guard let reference = try registry.ports.externalIDs.target(of: externalID, in: self) else { return nil }
        return try record(reference.model, reference.id)
    }

    /// Runs a statement within the call's transaction.
    @discardableResult
    public func rows(_ statement: SQL) throws -> Result { try transaction.rows(statement) }
}
