public import Values

/// Writes answers, faults and calls as XML-RPC documents, in the form of Python 2's `xmlrpclib` (contract/wire.md §3).
///
/// One for each thread, emptied and used again. Records go from PostgreSQL's bytes to the wire's without a `String`.
public struct ResponseEncoder {
    private let output = OutputBuffer()

    public init() {}

    public var count: Int { output.count }

    /// Empties the encoder; it keeps up to a MiB of memory.
    public mutating func reset() { output.removeAll() }

    /// The document; valid until the next change.
    public func withBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R { try body(output.bytes) }

    /// An answer's document.
    ///
    /// - Throws: `EncodingError`; then the content is incomplete and must be reset.
    public mutating func response(_ result: MethodResult) throws(EncodingError) {
        output.append("<?xml version='1.0'?>\n<methodResponse>\n<params>\n<param>\n")
        let values = ValueWriter(output: output)
        switch result {
        case .value(let value): try values.write(value)
        case .table(let table): try TableWriter(output: output, table: table).writeList()
        case .record(let table):
            if table.count == 0 {
                values.write(false)
            } else {
                try TableWriter(output: output, table: table).writeFirst()
            }
        }
        output.append("</param>\n</params>\n</methodResponse>\n")
    }

    /// A fault's document.
    public mutating func fault(code: Value, string: String) {
        output.append(
            "<?xml version='1.0'?>\n<methodResponse>\n<fault>\n<value><struct>\n<member>\n<name>faultCode</name>\n")
        let values = ValueWriter(output: output)
        // A code is a text or the number 1; neither can be out of range.
        if case .integer(let number) = code {
            output.append("<value><int>")
            output.append(number)
            output.append("</int></value>\n")
        } else {
            values.write(text: code.plainText)
        }
        output.append("</member>\n<member>\n<name>faultString</name>\n")
        values.write(text: string)
        output.append("</member>\n</struct></value>\n</fault>\n</methodResponse>\n")
    }

    /// A request's document, for clients and tests.
    ///
    /// - Throws: `EncodingError`; then the content is incomplete and must be reset.
    public mutating func call(_ call: MethodCall) throws(EncodingError) {
        output.append("<?xml version='1.0'?>\n<methodCall>\n<methodName>")
        var method = call.method
        method.withUTF8 { output.append(escaping: UnsafeRawBufferPointer($0)) }
        output.append("</methodName>\n<params>\n")
        for parameter in call.parameters {
            output.append("<param>\n")
            try ValueWriter(output: output).write(parameter)
            output.append("</param>\n")
        }
        output.append("</params>\n</methodCall>\n")
    }
}
