/// Rows of comma-separated values: quotes around what holds commas, quotes or line feeds; two quotes are one
/// (contract/addons.md §6).
struct CSVText {
    struct Row: Equatable {
        let cells: [String]
        /// The line the row begins on, counted from 1.
        let line: Int
    }

    /// All rows but empty ones.
    static func rows(of text: String) -> [Row] {
        var rows: [Row] = []
        var cells: [String] = []
        var cell = ""
        var isQuoted = false
        var line = 1
        var start = 1
        var characters = text.unicodeScalars.makeIterator()
        var ahead = characters.next()
        func endRow() {
            cells.append(cell)
            cell = ""
            if cells.contains(where: { !$0.isEmpty }) { rows.append(Row(cells: cells, line: start)) }
            cells = []
        }
        while let character = ahead {
            ahead = characters.next()
            switch character {
            case "\"" where isQuoted && ahead == "\"":
                cell.append("\"")
                ahead = characters.next()
            case "\"" where isQuoted || cell.isEmpty: isQuoted.toggle()
            case "," where !isQuoted:
                cells.append(cell)
                cell = ""
            case "\r" where !isQuoted && ahead == "\n": continue
            case "\n":
                line += 1
                if isQuoted {
                    cell.append("\n")
                } else {
                    endRow()
                    start = line
                }
            default: cell.unicodeScalars.append(character)
            }
        }
        if !cell.isEmpty || !cells.isEmpty { endRow() }
        return rows
    }
}
