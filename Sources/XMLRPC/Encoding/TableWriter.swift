internal import Values

/// Writes a table of records as structs, cell by cell from the bytes of the database's answer.
struct TableWriter {
    let output: OutputBuffer
    let table: RecordTable
    private let values: ValueWriter
    /// `<member>`, name and line feed of each column, made once.
    private let prefixes: [[UInt8]]

    init(output: OutputBuffer, table: RecordTable) {
        self.output = output
        self.table = table
        values = ValueWriter(output: output)
        prefixes = table.names.map { name in
            let buffer = OutputBuffer()
            var name = name
            buffer.append("<member>\n<name>")
            name.withUTF8 { buffer.append(escaping: UnsafeRawBufferPointer($0)) }
            buffer.append("</name>\n")
            return Array(buffer.bytes)
        }
    }

    func writeList() throws(EncodingError) {
        output.append("<value><array><data>\n")
        for row in 0..<table.count { try write(row: row) }
        output.append("</data></array></value>\n")
    }

    func writeFirst() throws(EncodingError) { try write(row: 0) }

    private func write(row: Int) throws(EncodingError) {
        output.append("<value><struct>\n")
        for (place, column) in table.columns.enumerated() {
            output.append(prefixes[place])
            switch column {
            case .raw(let source, let index, let kind):
                try write(source.bytes(row: row, column: index), as: kind)
            case .references(let source, let index, let names):
                try write(reference: source.bytes(row: row, column: index), names)
            case .values(let cells):
                try values.write(cells[row])
            }
            output.append("</member>\n")
        }
        output.append("</struct></value>\n")
    }

    private func write(_ bytes: UnsafeRawBufferPointer?, as kind: CellKind) throws(EncodingError) {
        guard let bytes else {
            try values.write(kind.value(of: nil))
            return
        }
        switch kind {
        case .text:
            output.append("<value><string>")
            output.append(escaping: bytes)
            output.append("</string></value>\n")
        case .datetime:
            output.append("<value><string>")
            output.append(escaping: UnsafeRawBufferPointer(rebasing: bytes.prefix(19)))
            output.append("</string></value>\n")
        case .boolean:
            values.write(bytes.first == UInt8(ascii: "t"))
        case .integer, .identifier:
            // Up to nine digits are always within the wire's range and go out as they are.
            if bytes.count <= 9 {
                output.append("<value><int>")
                output.append(bytes)
                output.append("</int></value>\n")
            } else {
                try values.write(kind.value(of: bytes))
            }
        case .float: write(float: bytes)
        }
    }

    /// PostgreSQL writes `10` where Python writes `10.0`; plain digits with a point are the same in both.
    private func write(float bytes: UnsafeRawBufferPointer) {
        var point: Int?
        for (place, byte) in bytes.enumerated() {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): continue
            case UInt8(ascii: "-") where place == 0: continue
            case UInt8(ascii: ".") where point == nil: point = place
            default:
                write(parsedFloat: bytes)
                return
            }
        }
        output.append("<value><double>")
        switch point {
        case nil where bytes.count <= 15:
            output.append(bytes)
            output.append(".0")
        case .some where bytes.count <= 16 && bytes.last != UInt8(ascii: "0"):
            output.append(bytes)
        default:
            appendParsed(bytes)
        }
        output.append("</double></value>\n")
    }

    private func write(parsedFloat bytes: UnsafeRawBufferPointer) {
        output.append("<value><double>")
        appendParsed(bytes)
        output.append("</double></value>\n")
    }

    private func appendParsed(_ bytes: UnsafeRawBufferPointer) {
        let number = CellKind.float.value(of: bytes).number ?? 0
        var text = number.pythonText
        text.withUTF8 { output.append(UnsafeRawBufferPointer($0)) }
    }

    private func write(reference bytes: UnsafeRawBufferPointer?, _ names: [RecordID: String]) throws(EncodingError) {
        guard let id = bytes.flatMap({ CellKind.identifier.value(of: $0).integer }), let name = names[id] else {
            values.write(false)
            return
        }
        output.append("<value><array><data>\n")
        try values.write(id)
        values.write(text: name)
        output.append("</data></array></value>\n")
    }
}
