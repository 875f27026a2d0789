/// Where the bytes of a column's cells lie until someone asks for a value: PostgreSQL's answer, in text format.
///
/// `Values` must not know a database library, so the result of a query hands its cells out through this seam.
public protocol CellSource: AnyObject {
    /// The bytes of a cell, or nil for SQL's NULL. They live as long as the source.
    func bytes(row: Int, column: Int) -> UnsafeRawBufferPointer?
}

/// What the text of a raw cell stands for, which decides how it is written on a wire.
public enum CellKind: Sendable {
    /// Text that goes out as it is; NULL is `False`.
    case text
    /// Decimal digits; NULL is 0.
    case integer
    /// Decimal digits; NULL is `False`: ids, and integers of results that are no fields.
    case identifier
    /// PostgreSQL's float or numeric text; NULL is 0.0.
    case float
    /// `t` or `f`; NULL is `False`.
    case boolean
    /// A timestamp, cut to whole seconds; NULL is `False`.
    case datetime
}

/// The answer of a `read`, column by column: names once, cells that stay PostgreSQL's bytes until they are asked for.
///
/// On the wire it is a list of dictionaries. A table belongs to the thread that made it.
public struct RecordTable {
    /// One field of all records.
    public enum Column {
        /// Cells straight from a result: column `index` of `source`, in the table's row order.
        case raw(source: any CellSource, index: Int, kind: CellKind)
        /// A many2one: ids from a result, written `[id, name]`; an id that has no name is `False`.
        case references(source: any CellSource, index: Int, names: [RecordID: String])
        /// Values that Swift code made, one a row.
        case values([Value])
    }

    /// The number of records.
    public let count: Int
    /// Field names, in the order of `columns`.
    public private(set) var names: [FieldName] = []
    public private(set) var columns: [Column] = []

    public init(count: Int) { self.count = count }

    /// Adds a field. A column of values must have `count` elements.
    public mutating func append(_ name: FieldName, _ column: Column) {
        if case .values(let values) = column {
            precondition(values.count == count, "column \(name) has \(values.count) values for \(count) records")
        }
        names.append(name)
        columns.append(column)
    }

    /// Puts another column in the place of one that is there; without it nothing happens.
    public mutating func replace(_ name: FieldName, by column: Column) {
        if let place = names.firstIndex(of: name) { columns[place] = column }
    }

    /// One cell as a value. Costs a `String` for text; meant for Swift code, not for encoders.
    public func value(row: Int, column: Int) -> Value {
        switch columns[column] {
        case .values(let values): values[row]
        case .raw(let source, let index, let kind):
            kind.value(of: source.bytes(row: row, column: index))
        case .references(let source, let index, let names):
            if let id = CellKind.identifier.value(of: source.bytes(row: row, column: index)).integer,
                let name = names[id]
            {
                [.integer(id), .text(name)]
            } else {
                false
            }
        }
    }

    /// One field of all records as values, in row order; nil when the table has no such field.
    public func values(of name: FieldName) -> [Value]? {
        guard let column = names.firstIndex(of: name) else { return nil }
        return (0..<count).map { value(row: $0, column: column) }
    }

    /// The same, with False for every record when the table has no such field.
    public func cells(of name: FieldName) -> [Value] {
        values(of: name) ?? Array(repeating: false, count: count)
    }

    /// The records as dictionaries, in order.
    public func dictionaries() -> [[String: Value]] {
        (0..<count).map { row in
            var record = [String: Value](minimumCapacity: names.count)
            for (column, name) in names.enumerated() { record[name] = value(row: row, column: column) }
            return record
        }
    }
}

extension CellKind {
    /// The value of a cell's bytes, with this kind's reading of NULL.
    public func value(of bytes: UnsafeRawBufferPointer?) -> Value {
        guard let bytes else {
            return switch self {
            case .text, .identifier, .boolean, .datetime: false
            case .integer: 0
            case .float: 0.0
            }
        }
        switch self {
        case .text: return .text(String(decoding: bytes, as: UTF8.self))
        case .integer, .identifier: return .integer(Int(String(decoding: bytes, as: UTF8.self)) ?? 0)
        case .float: return .float(Double(String(decoding: bytes, as: UTF8.self)) ?? 0)
        case .boolean: return .boolean(bytes.first == UInt8(ascii: "t"))
        case .datetime: return .text(String(decoding: bytes.prefix(19), as: UTF8.self))
        }
    }
}
