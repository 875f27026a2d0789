import CLibPQ
public import Values

/// The answer to one statement. The cells stay PostgreSQL's bytes, in text format, until somebody asks for a value.
///
/// It owns its memory and may outlive connection and transaction; it belongs to one thread at a time. Rows and columns
/// count from 0, and asking beyond the last is a programming error.
public final class Result: CellSource {
    private let handle: OpaquePointer
    /// The number of rows; 0 for statements that answer none.
    public let rowCount: Int
    /// The number of columns; 0 for statements that answer no rows.
    public let columnCount: Int

    /// Takes over the memory of `handle`.
    init(_ handle: OpaquePointer) {
        self.handle = handle
        rowCount = Int(PQntuples(handle))
        columnCount = Int(PQnfields(handle))
    }

    deinit { PQclear(handle) }

    /// How many rows were inserted, updated, deleted or selected; 0 for other statements.
    public var affectedRows: Int { PQcmdTuples(handle).flatMap { Int(String(cString: $0)) } ?? 0 }

    /// The columns' names, in order; two may be equal.
    public var columnNames: [String] {
        (0..<Int32(columnCount)).map { PQfname(handle, $0).map { String(cString: $0) } ?? "" }
    }

    /// What was done, in PostgreSQL's words: `COMMIT`, `INSERT 0 1`.
    var commandTag: String { PQcmdStatus(handle).map { String(cString: $0) } ?? "" }

    /// The bytes of a cell, or nil for NULL and where there is no such row; valid as long as the result lives.
    public func bytes(row: Int, column: Int) -> UnsafeRawBufferPointer? {
        guard row >= 0, row < rowCount, column >= 0, column < columnCount else { return nil }
        let length = PQgetlength(handle, Int32(row), Int32(column))
        // Only an empty cell can be NULL: one call into C less for all others.
        if length == 0 && PQgetisnull(handle, Int32(row), Int32(column)) != 0 { return nil }
        return UnsafeRawBufferPointer(start: PQgetvalue(handle, Int32(row), Int32(column)), count: Int(length))
    }

    /// A cell as text; nil for NULL and where there is no such row.
    public func text(_ row: Int, _ column: Int) -> String? {
        bytes(row: row, column: column).map { String(decoding: $0, as: UTF8.self) }
    }

    /// A cell as integer; nil for NULL, for no such row and for what is not one.
    public func integer(_ row: Int, _ column: Int) -> Int? {
        bytes(row: row, column: column).flatMap(Self.integer)
    }

    /// A cell as floating point number; nil for NULL, for no such row and for what is not one.
    public func float(_ row: Int, _ column: Int) -> Double? {
        text(row, column).flatMap { Double($0) }
    }

    /// A cell as boolean; nil for NULL, for no such row and for what is not one.
    public func boolean(_ row: Int, _ column: Int) -> Bool? {
        guard let bytes = bytes(row: row, column: column), bytes.count == 1 else { return nil }
        return switch bytes[0] {
        case UInt8(ascii: "t"): true
        case UInt8(ascii: "f"): false
        default: nil
        }
    }

    /// The integers of a column, in row order; NULL is left out.
    public func integers(column: Int) -> [Int] {
        var values: [Int] = []
        values.reserveCapacity(rowCount)
        for row in 0..<rowCount { if let value = integer(row, column) { values.append(value) } }
        return values
    }

    /// A value of each row by the integer in its first column; rows without either are left out, a later row wins.
    public func byID<Content>(_ value: (_ row: Int) -> Content?) -> [Int: Content] {
        var values = [Int: Content](minimumCapacity: rowCount)
        for row in 0..<rowCount {
            if let id = integer(row, 0), let value = value(row) { values[id] = value }
        }
        return values
    }

    /// The texts of a column, in row order; nil for NULL.
    public func texts(column: Int) -> [String?] {
        (0..<rowCount).map { text($0, column) }
    }

    private static func integer(_ bytes: UnsafeRawBufferPointer) -> Int? {
        var digits = bytes[...]
        let isNegative = digits.first == UInt8(ascii: "-")
        if isNegative { digits = digits.dropFirst() }
        guard !digits.isEmpty else { return nil }
        var value = 0
        for byte in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            let (product, tooLarge) = value.multipliedReportingOverflow(by: 10)
            // Counted downwards, since the most negative number has no positive twin.
            let (difference, tooSmall) = product.subtractingReportingOverflow(Int(byte - UInt8(ascii: "0")))
            if tooLarge || tooSmall { return nil }
            value = difference
        }
        if isNegative { return value }
        return value == .min ? nil : -value
    }
}
