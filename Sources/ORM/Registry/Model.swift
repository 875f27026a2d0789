public import Domain
public import SQL
public import Values

/// A model as all addons of a database together make it: folded once, frozen, shared by every call.
public final class Model: Sendable {
    public let name: ModelName
    /// What a person calls one such record, in faults and lists.
    public let title: String
    public let table: String
    public let isTransient: Bool
    /// The field that names a record.
    public let nameField: FieldName
    /// The model's own order.
    public let order: [OrderTerm]
    /// Own fields in the order they were declared.
    public let fields: [Field]
    /// Addons that say something of the model, the introducing one first.
    public let addons: [String]
    /// Which addon declared a field last.
    public let fieldOrigins: [FieldName: [String]]
    public let constraints: [Constraint]
    /// Parent models with the many2one that leads to each (`_inherits`), in the parents' alphabetical order.
    public let delegates: [Delegate]
    /// Methods that clients may call besides the standard ones.
    public let remote: [String: RemoteMethod]
    /// The names of all fields, own first, then inherited.
    public let fieldNames: [FieldName]
    /// The columns read together for Swift code, inherited ones included.
    let cheapColumns: [FieldName]
    public let isNestedSet: Bool
    /// The order of siblings in the nested set and of a `read`, which differs from that of a search where it is given.
    public let siblingOrder: [OrderTerm]
    public let logsAccess: Bool
    /// Whether who makes a record is told so by a line of `res.log`.
    let logsCreation: Bool
    public let parentTable: String?
    public let ownsTable: Bool
    public let tableSQL: [String]
    /// The SELECT behind a model that only shows what other tables hold.
    public let view: SQL?
    /// The sequence that numbers the records.
    public let sequence: String
    /// The field of the parent in a nested set or a hierarchy.
    public let parentField: FieldName
    /// The field by which a calendar places records.
    public let dateField: FieldName
    /// Reads a text by which clients name a record otherwise than by its number.
    let clientID: (@Sendable (String) -> RecordID?)?
    let overrides: OverrideChain
    let fieldsByName: [FieldName: Field]
    /// Fields of the parents that are not shadowed, with the way to them.
    let inherited: [FieldName: InheritedField]

    /// A parent model of a delegation.
    public struct Delegate: Hashable, Sendable {
        public let model: ModelName
        public let link: FieldName
    }

    /// A field that lives in a parent's table.
    struct InheritedField: Sendable {
        let field: Field
        let delegate: Delegate
    }

    init(_ draft: ModelDraft, inherited: [FieldName: InheritedField]) throws {
        name = draft.name
        title = draft.title ?? draft.name
        table = draft.table ?? draft.name.replacing(".", with: "_")
        isTransient = draft.isTransient
        nameField = draft.nameField ?? "name"
        order = try parseOrder(draft.order ?? "id")
        fields = draft.fields
        addons = draft.addons
        fieldOrigins = draft.fieldOrigins
        constraints = draft.constraints
        delegates = draft.delegates.sorted { $0.key < $1.key }.map { Delegate(model: $0.key, link: $0.value) }
        remote = draft.remote
        isNestedSet = draft.nestedSet ?? false
        siblingOrder = try parseOrder(draft.siblingOrder ?? draft.order ?? "id")
        logsAccess = draft.logsAccess ?? (draft.view == nil)
        logsCreation = draft.logsCreation ?? false
        parentTable = draft.parentTable
        ownsTable = draft.ownsTable ?? (draft.view == nil)
        tableSQL = draft.tableSQL
        view = draft.view
        sequence = draft.sequence ?? (draft.parentTable ?? table) + "_id_seq"
        parentField = draft.parentField ?? "parent_id"
        dateField = draft.dateField ?? "date"
        clientID = draft.clientID
        overrides = draft.overrides
        fieldsByName = Dictionary(draft.fields.map { ($0.name, $0) }, uniquingKeysWith: { _, later in later })
        self.inherited = inherited
        fieldNames = draft.fields.map(\.name) + inherited.keys.sorted()
        cheapColumns =
            draft.fields.filter(\.isCheapColumn).map(\.name)
            + inherited.filter { $0.value.field.isCheapColumn }.map(\.key).sorted()
    }

    /// A field of the model's own; nil for `id`, the log columns and inherited fields.
    public func ownField(_ name: FieldName) -> Field? { fieldsByName[name] }

    /// A field, own or inherited.
    public func field(_ name: FieldName) -> Field? { fieldsByName[name] ?? inherited[name]?.field }

    /// True when records are rows of a view, which cannot be changed.
    public var isView: Bool { view != nil }

    /// The columns that tell who created and changed a record, and when.
    public static let logColumns: [FieldName] = ["create_uid", "create_date", "write_uid", "write_date"]

    /// True for columns every table has without declaring them.
    func isMagic(_ column: FieldName) -> Bool {
        column == "id" || (logsAccess && Self.logColumns.contains(column))
    }

    /// The name of a constraint as PostgreSQL knows it.
    func constraintName(_ key: String) -> String { table + "_" + key }

    /// True when a column of the model's own table holds the names.
    var hasNameColumn: Bool { fieldsByName[nameField].map { $0.hasColumn && !$0.isNamedByTarget } ?? false }

    /// True when, besides, no addon changed how records are named.
    var hasPlainNames: Bool { overrides.displayNames.isEmpty && hasNameColumn }

    /// True when records can be hidden by their field `active`.
    var hasActive: Bool { field("active") != nil }
}
