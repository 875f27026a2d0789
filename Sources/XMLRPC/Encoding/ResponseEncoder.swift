public import Values

/// Writes answers, faults and calls as XML-RPC documents, in the form of Python 2's `xmlrpclib` (contract/wire.md §3).
///
/// It holds one document at a time. One for each thread, used again: the memory stays. Records go from PostgreSQL's
/// bytes to the wire's without a `String`.
public struct ResponseEncoder {
    /// A class, so that the encoder can be kept in any structure. Documents replace each other, so a copy of the encoder
    /// never has to copy one: whoever writes to a shared writer takes a new one.
    private final class Storage {
        var writer = ValueWriter()
    }

    private var storage = Storage()

    public init() {}

    /// The bytes of the document.
    public var count: Int { storage.writer.output.count }

    /// Empties the encoder; it keeps up to a MiB of memory.
    public mutating func reset() { write { _ in } }

    /// The document's bytes, valid within `body`.
    public func withBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
        try body(storage.writer.output.bytes)
    }

    /// A copy of the document.
    public func takeBytes() -> [UInt8] { withBytes { Array($0) } }

    /// An answer, in place of what was there. No value at all is `False` (contract/README.md, difference 1).
    ///
    /// - Throws: `EncodingError`; the encoder is empty then.
    public mutating func response(_ result: MethodResult) throws(EncodingError) {
        write { writer in
            writer.output.append("<?xml version='1.0'?>\n<methodResponse>\n<params>\n<param>\n")
            switch result {
            case .value(let value): writer.write(value)
            case .table(let table): TableWriter(table).write(to: &writer)
            case .record(let table): TableWriter(table).writeFirst(to: &writer)
            }
            writer.output.append("</param>\n</params>\n</methodResponse>\n")
        }
        guard let number = storage.writer.integerOutOfRange else { return }
        reset()
        throw .integerOutOfRange(number)
    }

    /// A fault, in place of what was there. Its code is a text, or one of the few numbers that stand for one.
    public mutating func fault(code: Value, string: String) {
        write { writer in
            writer.output.append("<?xml version='1.0'?>\n<methodResponse>\n<fault>\n<value><struct>\n")
            writer.openMember("faultCode")
            writer.write(code)
            writer.output.append("</member>\n")
            writer.openMember("faultString")
            writer.write(string)
            writer.output.append("</member>\n</struct></value>\n</fault>\n</methodResponse>\n")
        }
    }

    /// A request, in place of what was there, for clients and tests. Integers of all sizes are written as they are,
    /// since servers read them.
    public mutating func call(_ call: MethodCall) {
        write { writer in
            writer.output.append("<?xml version='1.0'?>\n<methodCall>\n<methodName>")
            writer.output.append(escaping: call.method)
            writer.output.append("</methodName>\n<params>\n")
            for parameter in call.parameters {
                writer.output.append("<param>\n")
                writer.write(parameter)
                writer.output.append("</param>\n")
            }
            writer.output.append("</params>\n</methodCall>\n")
        }
    }

    private mutating func write(_ document: (inout ValueWriter) -> Void) {
        if !isKnownUniquelyReferenced(&storage) { storage = Storage() }
        storage.writer.reset()
        document(&storage.writer)
    }
}
