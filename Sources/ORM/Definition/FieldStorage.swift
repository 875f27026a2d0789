public import Domain
public import Values

/// Where a field's value comes from.
public enum FieldStorage: Sendable {
    /// A column of the model's table; for one2many and many2many the other table.
    case stored
    case computed(Computation)
    /// Read along a path of relations, as the superuser: `partner_id`, `customer` (contract/orm.md §9).
    case related([FieldName])
}

/// A field that Swift code computes.
public struct Computation: Sendable {
    /// The values of all records of a call at once. A record left out has no value. Ids of a many2one are given bare.
    public typealias Get = @Sendable (Records) throws -> [RecordID: Value]
    /// Stores a written value where it belongs, for all records of a `write`.
    public typealias Set = @Sendable (Records, Value) throws -> Void
    /// The domain that stands for a leaf on this field; `[]` matches everything.
    public typealias Search = @Sendable (Environment, Leaf) throws -> Value

    public let get: Get
    public let set: Set?
    public let search: Search?
    public let store: Store

    /// Whether, and when, the value is kept in a column.
    public enum Store: Sendable {
        /// Computed at each read.
        case never
        /// Kept, and computed again when the record itself is created or written.
        case always
        /// Kept, and computed again when one of these happens.
        case triggered([Trigger])

        var isKept: Bool { if case .never = self { false } else { true } }
    }

    /// A change that makes a stored value stale.
    public struct Trigger: Sendable {
        /// The model whose change is watched.
        public let model: ModelName
        /// The fields whose writing counts; empty means any.
        public let fields: [FieldName]
        /// The records to compute anew, from the changed ones. Runs as the superuser.
        public let records: @Sendable (Records) throws -> [RecordID]

        public init(
            on model: ModelName, fields: [FieldName] = [], records: @escaping @Sendable (Records) throws -> [RecordID]
        ) {
            self.model = model
            self.fields = fields
            self.records = records
        }
    }
}
