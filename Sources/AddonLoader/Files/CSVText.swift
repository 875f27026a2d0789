/// Rows of comma-separated values: quotes around what holds commas, quotes or line feeds; two quotes are one
/// (contract/addons.md §6).
enum CSVText {
    struct Row: Equatable {
        let cells: [String]
        /// The line the row begins on, counted from 1.
        let line: Int
    }

    /// Where a quote stands that is never closed.
    struct OpenQuote: Error, Equatable {
        let line: Int
    }

    /// All rows but empty ones. A row that is no UTF-8 is Latin-1.
    static func rows(of bytes: some Sequence<UInt8>) throws(OpenQuote) -> [Row] {
        var rows: [Row] = []
        var cells: [[UInt8]] = []
        var cell: [UInt8] = []
        var quote: Int?
        var line = 1
        var start = 1
        var iterator = bytes.makeIterator()
        var ahead = iterator.next()
        func endRow() {
            cells.append(cell)
            cell = []
            if cells.contains(where: { !$0.isEmpty }) { rows.append(Row(cells: text(of: cells), line: start)) }
            cells = []
        }
        while let byte = ahead {
            ahead = iterator.next()
            switch byte {
            case UInt8(ascii: "\"") where quote != nil && ahead == UInt8(ascii: "\""):
                cell.append(byte)
                ahead = iterator.next()
            case UInt8(ascii: "\"") where quote != nil: quote = nil
            case UInt8(ascii: "\"") where cell.isEmpty: quote = line
            case UInt8(ascii: ",") where quote == nil:
                cells.append(cell)
                cell = []
            case UInt8(ascii: "\r") where quote == nil && ahead == UInt8(ascii: "\n"): continue
            case UInt8(ascii: "\n"):
                line += 1
                if quote == nil {
                    endRow()
                    start = line
                } else {
                    cell.append(byte)
                }
            default: cell.append(byte)
            }
        }
        if let quote { throw OpenQuote(line: quote) }
        if !cell.isEmpty || !cells.isEmpty { endRow() }
        return rows
    }

    private static func text(of cells: [[UInt8]]) -> [String] {
        let texts = cells.compactMap { String(validating: $0, as: UTF8.self) }
        if texts.count == cells.count { return texts }
        return cells.map { bytes in
            var text = ""
            for byte in bytes { text.unicodeScalars.append(Unicode.Scalar(byte)) }
            return text
        }
    }
}
