import Glibc
import SQL

/// Parameters of statements in PostgreSQL's text format, one after the other in one buffer, each closed by NUL.
///
/// One buffer serves a connection for its whole life, so that a statement usually allocates nothing for its parameters.
struct ParameterBuffer {
    private var bytes: [UInt8] = []
    /// Where each parameter begins; -1 for NULL.
    private var starts: [Int] = []

    /// What a connection keeps between statements; a larger buffer is given back.
    private static let keptCapacity = 1 << 20

    /// Forgets all parameters.
    mutating func removeAll() {
        let keeping = bytes.capacity <= Self.keptCapacity
        bytes.removeAll(keepingCapacity: keeping)
        starts.removeAll(keepingCapacity: keeping)
    }

    /// Appends the parameters of one statement and answers which of the buffer's they are; nil when a text has a NUL
    /// byte, at which a C string would end in silence.
    mutating func append(_ bindings: [Binding]) -> Range<Int>? {
        let first = starts.count
        for binding in bindings {
            guard var text = binding.wireText else {
                starts.append(-1)
                continue
            }
            starts.append(bytes.count)
            let isClean = text.withUTF8 { utf8 in
                guard let base = utf8.baseAddress, memchr(base, 0, utf8.count) == nil else { return utf8.isEmpty }
                bytes.append(contentsOf: utf8)
                return true
            }
            guard isClean else { return nil }
            bytes.append(0)
        }
        return first..<starts.count
    }

    /// Calls `body` with the parameters as libpq takes them; nil when there are none.
    func withPointers<R>(_ range: Range<Int>, _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> R) -> R {
        if range.isEmpty { return body(nil) }
        return bytes.withUnsafeBytes { buffer in
            withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: range.count) { pointers in
                for (index, start) in starts[range].enumerated() {
                    let pointer = start < 0 ? nil : buffer.baseAddress?.advanced(by: start)
                    pointers.initializeElement(at: index, to: pointer?.assumingMemoryBound(to: CChar.self))
                }
                return body(pointers.baseAddress)
            }
        }
    }
}
