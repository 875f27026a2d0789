/// What a column holds, as far as comparing goes.
public enum ColumnKind: Hashable, Sendable {
    case boolean
    case integer
    /// A number; with digits, values are rounded to the scale.
    case float(digits: Int?)
    /// Text; with a size, values are cut to it as they would be on storing.
    case text(size: Int?)
    case date
    case datetime
    case time
    /// A record id: `id` itself, or a many2one.
    case identifier
    case binary

    /// The type as PostgreSQL's faults name it.
    var typeName: String {
        switch self {
        case .boolean: "boolean"
        case .integer, .identifier: "integer"
        case .float: "double precision"
        case .text: "character varying"
        case .date: "date"
        case .datetime: "timestamp without time zone"
        case .time: "time without time zone"
        case .binary: "bytea"
        }
    }

    var isText: Bool { if case .text = self { true } else { false } }
}
