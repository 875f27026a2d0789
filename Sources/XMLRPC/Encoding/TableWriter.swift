internal import Values

/// Writes a table of records as structs, cell by cell. What comes before a cell is made once for each column.
struct TableWriter: ~Copyable {
    private let table: RecordTable
    /// `<member>` and name of each column, one after the other.
    private var heads = OutputBuffer(capacity: 1 << 10)
    /// Where the head of each column begins, and where the last one ends.
    private var bounds = [0]

    init(_ table: RecordTable) {
        self.table = table
        for name in table.names {
            heads.append("<member>\n<name>")
            heads.append(escaping: name)
            heads.append("</name>\n")
            bounds.append(heads.count)
        }
    }

    /// All records, as an array.
    func write(to writer: inout ValueWriter) {
        writer.output.append("<value><array><data>\n")
        for row in 0..<table.count { write(row: row, to: &writer) }
        writer.output.append("</data></array></value>\n")
    }

    /// The first record alone; `False` when there is none.
    func writeFirst(to writer: inout ValueWriter) {
        if table.count == 0 { writer.write(false) } else { write(row: 0, to: &writer) }
    }

    private func write(row: Int, to writer: inout ValueWriter) {
        writer.output.append("<value><struct>\n")
        for column in table.columns.indices {
            writer.output.append(UnsafeRawBufferPointer(rebasing: heads.bytes[bounds[column]..<bounds[column + 1]]))
            switch table.columns[column] {
            case .raw(let source, let index, let kind):
                writer.write(source.bytes(row: row, column: index), as: kind)
            case .references(let source, let index, let names):
                write(reference: source.bytes(row: row, column: index), names, to: &writer)
            case .values(let cells): writer.write(cells[row])
            }
            writer.output.append("</member>\n")
        }
        writer.output.append("</struct></value>\n")
    }

    private func write(
        reference cell: UnsafeRawBufferPointer?, _ names: [RecordID: String], to writer: inout ValueWriter
    ) {
        guard let id = CellKind.identifier.value(of: cell).integer, let name = names[id] else {
            writer.write(false)
            return
        }
        writer.output.append("<value><array><data>\n")
        writer.write(id)
        writer.write(name)
        writer.output.append("</data></array></value>\n")
    }
}
