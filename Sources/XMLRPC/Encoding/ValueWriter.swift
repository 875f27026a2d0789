internal import Values

/// Writes values, each with its `<value>` element and a line feed, as `xmlrpclib` does.
///
/// An integer that the wire has no room for does not stop it: it is remembered, and whoever began the document throws it
/// away. That keeps the hot paths free of error handling.
struct ValueWriter: ~Copyable {
    var output: OutputBuffer
    /// The first integer beyond 32 bits that was written.
    private(set) var integerOutOfRange: Int?

    init() { output = OutputBuffer(capacity: 16 << 10) }

    /// Ready for another document.
    mutating func reset() {
        output.removeAll()
        integerOutOfRange = nil
    }

    mutating func write(_ value: Value) {
        switch value {
        case .null: write(false)
        case .boolean(let flag): write(flag)
        case .integer(let number): write(number)
        case .float(let number): write(number)
        case .text(let text): write(text)
        case .list(let elements):
            output.append("<value><array><data>\n")
            for element in elements { write(element) }
            output.append("</data></array></value>\n")
        case .dictionary(let members):
            output.append("<value><struct>\n")
            for (name, member) in members {
                openMember(name)
                write(member)
                output.append("</member>\n")
            }
            output.append("</struct></value>\n")
        }
    }

    mutating func write(_ flag: Bool) {
        if flag {
            output.append("<value><boolean>1</boolean></value>\n")
        } else {
            output.append("<value><boolean>0</boolean></value>\n")
        }
    }

    mutating func write(_ number: Int) {
        if Int32(exactly: number) == nil, integerOutOfRange == nil { integerOutOfRange = number }
        output.append("<value><int>")
        output.append(number)
        output.append("</int></value>\n")
    }

    mutating func write(_ number: Double) {
        output.append("<value><double>")
        output.append(verbatim: number.pythonText)
        output.append("</double></value>\n")
    }

    mutating func write(_ text: String) {
        output.append("<value><string>")
        output.append(escaping: text)
        output.append("</string></value>\n")
    }

    /// The start of a member, up to its value.
    mutating func openMember(_ name: String) {
        output.append("<member>\n<name>")
        output.append(escaping: name)
        output.append("</name>\n")
    }
}
