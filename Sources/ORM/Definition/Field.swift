public import Values

/// One field of a model, as its definition declares it. Made by the factories of `Field+Factories.swift`.
public struct Field: Sendable {
    public let name: FieldName
    /// What a person reads beside it.
    public var label: String
    public let kind: FieldKind
    public let storage: FieldStorage
    public var attributes: Attributes
    public var fallback: Default?

    /// What `fields_get` tells besides kind and label.
    public struct Attributes: Sendable {
        public var required = false
        public var readonly = false
        public var translate = false
        public var invisible = false
        /// A size that OpenERP tells of a kind that is never cut, such as text.
        public var size: Int?
        /// The client asks whether a value shall become the user's default.
        public var changeDefault = false
        public var index: Index = .none
        public var help: String?
        /// A list that is also applied by the server, or text that only the client evaluates.
        public var domain: Value = []
        public var context: Value = [:]
        /// `{'done': [('readonly', True)]}`.
        public var states: Value = [:]
        /// `avg` and the like for `read_group`; nil is `sum`.
        public var groupOperator: String?
        /// External ids of the groups that may see the field; empty means everybody. Not even the superuser is exempt.
        public var readGroups: [String] = []
        /// External ids of the groups that may write the field; what others write is overlooked.
        public var writeGroups: [String] = []
        /// Of a write's to-many and function fields those with lower numbers are set first.
        public var priority = 0
        /// The name the column had before; it is renamed when the tables are brought up to date.
        public var oldName: FieldName?
        /// Told to clients that load the views of a relation along with the form (`ir.model.fields`).
        public var loadsViews = false
        /// The names clients are told of the functions that read and write the field; nil tells made-up ones.
        public var readingFunction: String?
        public var writingFunction: String?
        /// Clients are told of an ordinary column, whatever stands behind it.
        public var isToldAsColumn = false
        /// Which files a client offers for a binary field: `*.png,*.gif`.
        public var filters: String?
        /// The digits of a float where the database sets them; values are rounded to them before they are stored.
        public var digits: (@Sendable (Environment) throws -> Digits)?
        /// How many records of a one2many or many2many a read tells; nil tells all.
        public var limit: Int?

        public init() {}
    }

    /// An index on the column, and whether clients offer the field for searching.
    public enum Index: Int, Sendable {
        case none = 0
        case basic = 1
        case advanced = 2
        /// As `basic`, in the words of definitions that say True: clients are told so.
        case yes = 3
    }

    init(_ name: FieldName, _ label: String, _ kind: FieldKind, storage: FieldStorage, fallback: Default?) {
        self.name = name
        self.label = label
        self.kind = kind
        self.storage = storage
        self.fallback = fallback
        attributes = Attributes()
    }

    /// True when the model's table has a column for it.
    public var hasColumn: Bool {
        if kind.isToMany { return false }
        return if case .stored = storage { true } else { store.isKept }
    }

    /// Whether, and when, the value of a function field is kept in a column.
    var store: Computation.Store {
        switch storage {
        case .computed(let computation): computation.store
        case .related(_, let store): store
        case .stored, .property: .never
        }
    }

    /// The computation, when Swift code computes the field.
    public var computation: Computation? { if case .computed(let computation) = storage { computation } else { nil } }

    /// True for what OpenERP calls function fields, the related ones among them.
    public var isFunction: Bool { if case .stored = storage { false } else { true } }

    /// True for values that are kept apart from the record, for each company.
    public var isProperty: Bool { if case .property = storage { true } else { false } }

    /// Whether a search can use the field.
    public var isSelectable: Bool { computation.map { $0.store.isKept || $0.search != nil } ?? !isProperty }

    /// The same field, clients being told these names of the functions behind it.
    public func called(_ reading: String, writing: String? = nil) -> Field {
        with { attributes in
            attributes.readingFunction = reading
            attributes.writingFunction = writing
        }
    }

    /// The same field as another kind.
    func of(_ kind: FieldKind) -> Field {
        var field = Field(name, label, kind, storage: storage, fallback: fallback)
        field.attributes = attributes
        return field
    }

    /// The same field with changed attributes, for the rare ones that no factory takes:
    /// `.char("zip", "Zip", size: 24).with { $0.changeDefault = true }`.
    public func with(_ change: (inout Attributes) -> Void) -> Field {
        var field = self
        change(&field.attributes)
        return field
    }
}
