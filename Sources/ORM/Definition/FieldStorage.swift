public import Domain
public import Values

/// Where a field's value comes from.
public enum FieldStorage: Sendable {
    /// A column of the model's table; for one2many and many2many the other table.
    case stored
    case computed(Computation)
    /// Read along a path of relations, as the superuser: `partner_id`, `customer` (contract/orm.md §9).
    case related([FieldName], store: Computation.Store)
    /// Kept apart from the record, for each company, with a default for records that have none
    /// (contract/orm.md §10).
    case property
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
    /// What computes the field together with others; nil when `get` stands alone.
    var group: ComputationGroup?

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
        /// Of what is to be computed at the end of a change, lower numbers come first.
        public let priority: Int
        /// Records that were written less than so many hours ago keep their value.
        public let hours: Int?

        public init(
            on model: ModelName, fields: [FieldName] = [], priority: Int = 10, hours: Int? = nil,
            records: @escaping @Sendable (Records) throws -> [RecordID]
        ) {
            self.model = model
            self.fields = fields
            self.priority = priority
            self.hours = hours
            self.records = records
        }
    }
}

/// Computes several fields in one go (`multi`): those of the group that are asked for together.
public struct ComputationGroup: Sendable {
    /// The values of the asked-for fields for all records of a call at once. A record left out has no values.
    public typealias Get = @Sendable (Records, [FieldName]) throws -> [RecordID: FieldValues]

    /// Tells the groups of a model apart.
    public let name: String
    public let get: Get

    public init(_ name: String, get: @escaping Get) {
        self.name = name
        self.get = get
    }

    /// The group's part in one field, for whoever asks for that field alone.
    func get(_ field: FieldName) -> Computation.Get {
        { [get] records in try get(records, [field]).compactMapValues { $0[field] } }
    }
}
