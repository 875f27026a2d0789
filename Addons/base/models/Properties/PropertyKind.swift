internal import ORM
internal import SQL
internal import Values

/// The type of a property, which decides the column its value is kept in.
enum PropertyKind: String, CaseIterable {
    case char, float, boolean, integer
    case bigInteger = "integer_big"
    case text, binary, many2one, date, datetime

    /// nil for kinds of fields that cannot be properties.
    init?(of kind: FieldKind) {
        switch kind {
        // Clients choose among options, but what is kept is text.
        case .char, .selection, .reference: self = .char
        case .text, .serialized, .time: self = .text
        case .float: self = .float
        case .boolean: self = .boolean
        case .integer: self = .integer
        case .bigInteger: self = .bigInteger
        case .binary: self = .binary
        case .many2one: self = .many2one
        case .date: self = .date
        case .datetime: self = .datetime
        case .one2many, .many2many: return nil
        }
    }

    var column: FieldName {
        switch self {
        case .char, .text: "value_text"
        case .float: "value_float"
        case .boolean, .integer, .bigInteger: "value_integer"
        case .binary: "value_binary"
        case .many2one: "value_reference"
        case .date, .datetime: "value_datetime"
        }
    }

    /// The value of a row of `ir_property AS p` as text.
    var text: SQL {
        let column: SQL = "\"p\".\(column: column)"
        return switch self {
        case .char, .text, .float, .boolean, .integer, .bigInteger: "\(column)::text"
        case .binary: "encode(\(column), 'escape')"
        case .many2one: "split_part(\(column), ',', 2)"
        case .date: "\(column)::date::text"
        case .datetime: "\(column)::timestamp(0)::text"
        }
    }

    /// The text of a cell as the column's value.
    func stored(_ text: SQL) -> SQL {
        switch self {
        case .char, .text, .many2one: "\(text)::text"
        case .float: "\(text)::double precision"
        case .boolean, .integer, .bigInteger: "\(text)::bigint"
        case .binary: "convert_to(\(text)::text, 'UTF8')"
        case .date, .datetime: "\(text)::timestamp"
        }
    }

    /// What a text from `text` stands for; nil for no value.
    func value(of text: String?) -> Value? {
        guard let text else { return nil }
        switch self {
        case .char, .text, .binary, .date, .datetime: return .text(text)
        case .float: return Double(text).map { .float($0) }
        case .boolean: return .boolean(text != "0")
        case .integer, .bigInteger: return Int(text).map { .integer($0) }
        case .many2one: return Int(text).map { .integer($0) }
        }
    }
}
