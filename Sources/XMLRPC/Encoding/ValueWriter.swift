internal import Values

/// Writes values, each with its `<value>` element and a line feed.
struct ValueWriter {
    let output: OutputBuffer

    func write(_ value: Value) throws(EncodingError) {
        switch value {
        case .null: write(false)
        case .boolean(let flag): write(flag)
        case .integer(let number): try write(number)
        case .float(let number):
            output.append("<value><double>")
            var text = number.pythonText
            text.withUTF8 { output.append(UnsafeRawBufferPointer($0)) }
            output.append("</double></value>\n")
        case .text(let text): write(text: text)
        case .list(let elements):
            output.append("<value><array><data>\n")
            for element in elements { try write(element) }
            output.append("</data></array></value>\n")
        case .dictionary(let members):
            output.append("<value><struct>\n")
            for (key, member) in members {
                output.append("<member>\n<name>")
                var key = key
                key.withUTF8 { output.append(escaping: UnsafeRawBufferPointer($0)) }
                output.append("</name>\n")
                try write(member)
                output.append("</member>\n")
            }
            output.append("</struct></value>\n")
        }
    }

    @inline(__always)
    func write(_ flag: Bool) {
        if flag {
            output.append("<value><boolean>1</boolean></value>\n")
        } else {
            output.append("<value><boolean>0</boolean></value>\n")
        }
    }

    @inline(__always)
    func write(_ number: Int) throws(EncodingError) {
        guard Int32(exactly: number) != nil else { throw .integerOutOfRange(number) }
        output.append("<value><int>")
        output.append(number)
        output.append("</int></value>\n")
    }

    func write(text: String) {
        output.append("<value><string>")
        var text = text
        text.withUTF8 { output.append(escaping: UnsafeRawBufferPointer($0)) }
        output.append("</string></value>\n")
    }
}
