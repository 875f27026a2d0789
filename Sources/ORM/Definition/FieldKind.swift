public import Values

/// What a field holds, and with it how it is stored, converted and written on a wire (contract/orm.md §2).
public indirect enum FieldKind: Sendable {
    /// Text cut to `size` characters; nil is text of any length.
    case char(Int?)
    case text
    case boolean
    case integer
    /// A number beyond 32 bits; XML-RPC cannot carry those that are.
    case bigInteger
    /// With digits it is stored as exact decimal and rounded to the scale.
    case float(Digits?)
    case date
    case datetime
    case time
    /// Base64 text, stored as it is sent.
    case binary
    /// With the size -1 the keys are whole numbers, and so is the column.
    case selection(Selection, size: Int?)
    /// Text `model,id`; the selection lists the models.
    case reference(Selection, size: Int?)
    /// Any value, stored as Python text.
    case serialized
    case many2one(ModelName, onDelete: DeleteAction)
    case one2many(ModelName, inverse: FieldName)
    case many2many(ModelName, through: RelationTable)

    /// The name OpenERP's clients know, as `fields_get` gives it.
    public var wireName: String {
        switch self {
        case .char: "char"
        case .text: "text"
        case .boolean: "boolean"
        case .integer: "integer"
        case .bigInteger: "integer_big"
        case .float: "float"
        case .date: "date"
        case .datetime: "datetime"
        case .time: "time"
        case .binary: "binary"
        case .selection: "selection"
        case .reference: "reference"
        case .serialized: "serialized"
        case .many2one: "many2one"
        case .one2many: "one2many"
        case .many2many: "many2many"
        }
    }

    /// The model a relational field leads to.
    public var target: ModelName? {
        switch self {
        case .many2one(let model, _), .one2many(let model, _), .many2many(let model, _): model
        default: nil
        }
    }

    /// True for one2many alone.
    var isOneToMany: Bool { if case .one2many = self { true } else { false } }

    /// True for a selection whose keys are whole numbers.
    var hasIntegerKeys: Bool { if case .selection(_, let size) = self { size == -1 } else { false } }

    /// The table of a many2many's links.
    var linkTable: String? { if case .many2many(_, let relation) = self { relation.table } else { nil } }

    /// True for one2many and many2many, whose value is a list of ids and which have no column.
    public var isToMany: Bool {
        switch self {
        case .one2many, .many2many: true
        default: false
        }
    }
}

/// Precision and scale of an exact decimal: `Digits(16, 2)` is up to 16 digits, 2 of them after the point.
public struct Digits: Hashable, Sendable {
    public let precision: Int
    public let scale: Int

    public init(_ precision: Int, _ scale: Int) {
        self.precision = precision
        self.scale = scale
    }
}

/// What happens to a many2one when its target is deleted.
public enum DeleteAction: String, Sendable {
    case setNull = "SET NULL"
    case cascade = "CASCADE"
    case restrict = "RESTRICT"

    /// OpenERP's spelling: `set null`.
    public var wireName: String { rawValue.lowercased() }
}

/// The table of a many2many: its name, the column of the own record and that of the other one.
public struct RelationTable: Hashable, Sendable {
    public let table: String
    public let own: String
    public let other: String

    public init(table: String, own: String, other: String) {
        self.table = table
        self.own = own
        self.other = other
    }
}
