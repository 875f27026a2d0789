internal import Values

/// Cells whose bytes come from a database's result (`RecordTable`), written without a `String` between.
extension ValueWriter {
    mutating func write(_ cell: UnsafeRawBufferPointer?, as kind: CellKind) {
        guard let cell else {
            switch kind {
            case .text, .identifier, .boolean, .datetime: output.append("<value><boolean>0</boolean></value>\n")
            case .integer: output.append("<value><int>0</int></value>\n")
            case .float: output.append("<value><double>0.0</double></value>\n")
            }
            return
        }
        switch kind {
        case .text: write(text: cell)
        case .datetime: write(text: UnsafeRawBufferPointer(rebasing: cell.prefix(19)))
        case .boolean: write(cell.first == UInt8(ascii: "t"))
        case .integer, .identifier: write(integer: cell)
        case .float: write(float: cell)
        }
    }

    private mutating func write(text cell: UnsafeRawBufferPointer) {
        output.append("<value><string>")
        output.append(escaping: cell)
        output.append("</string></value>\n")
    }

    private mutating func write(integer cell: UnsafeRawBufferPointer) {
        // Nine digits are within the wire's range whatever they are, and go out as they are.
        guard cell.count <= 9, Self.isDigits(cell) else {
            write(CellKind.identifier.value(of: cell).integer ?? 0)
            return
        }
        output.append("<value><int>")
        output.append(cell)
        output.append("</int></value>\n")
    }

    private static func isDigits(_ cell: UnsafeRawBufferPointer) -> Bool {
        !cell.isEmpty && cell.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    }

    /// PostgreSQL writes `10`, `12.50` and `1e+20` where Python writes `10.0`, `12.5` and `1e+20`.
    private mutating func write(float cell: UnsafeRawBufferPointer) {
        guard let length = Self.plainDecimalLength(of: cell) else {
            write(CellKind.float.value(of: cell).number ?? 0)
            return
        }
        output.append("<value><double>")
        output.append(UnsafeRawBufferPointer(rebasing: cell[..<length]))
        if !cell[..<length].contains(UInt8(ascii: ".")) { output.append(".0") }
        output.append("</double></value>\n")
    }

    /// The length without needless zeros after the point, when the digits are those that Python would write; nil when
    /// that takes more thought: exponents, `NaN`, more digits than a double surely tells apart, and very small numbers.
    private static func plainDecimalLength(of cell: UnsafeRawBufferPointer) -> Int? {
        let start = cell.first == UInt8(ascii: "-") ? 1 : 0
        guard cell.count > start, cell.count - start <= 16 else { return nil }
        var point: Int?
        for place in start..<cell.count {
            switch cell[place] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): continue
            case UInt8(ascii: ".") where point == nil && place > start && place < cell.count - 1: point = place
            default: return nil
            }
        }
        guard let point else { return cell.count - start <= 15 ? cell.count : nil }
        // From 0.0001 on downwards Python goes over to exponents.
        if point == start + 1, cell[start] == UInt8(ascii: "0"), cell.count > point + 4,
            cell[point + 1...point + 4].allSatisfy({ $0 == UInt8(ascii: "0") })
        {
            return nil
        }
        var length = cell.count
        while length > point + 2, cell[length - 1] == UInt8(ascii: "0") { length -= 1 }
        return length
    }
}
