import Testing
import Values
import XMLRPC

/// A call in XML, decoded by a decoder of its own.
func decode(_ xml: String, limits: DecodingLimits = DecodingLimits()) throws(DecodingError) -> MethodCall {
    try decode(Array(xml.utf8), limits: limits)
}

func decode(_ bytes: [UInt8], limits: DecodingLimits = DecodingLimits()) throws(DecodingError) -> MethodCall {
    try decode(bytes, with: CallDecoder(limits: limits))
}

func decode(_ bytes: [UInt8], with decoder: CallDecoder) throws(DecodingError) -> MethodCall {
    try bytes.withUnsafeBufferPointer { body throws(DecodingError) in
        try decoder.decode(UnsafeRawBufferPointer(body))
    }
}

func decodeResponse(_ bytes: [UInt8]) throws(DecodingError) -> CallDecoder.Response {
    try bytes.withUnsafeBufferPointer { body throws(DecodingError) in
        try CallDecoder(limits: DecodingLimits()).decodeResponse(UnsafeRawBufferPointer(body))
    }
}

/// A call of the method `m` with one parameter, given as the inside of its `<value>`.
func document(_ content: String) -> String {
    "<?xml version='1.0'?>\n<methodCall><methodName>m</methodName><params><param><value>\(content)</value>"
        + "</param></params></methodCall>"
}

/// The answer's document as text. All of it has to be UTF-8: a decoding that repairs would hide what is not.
func encoded(_ result: MethodResult) throws(EncodingError) -> String {
    var encoder = ResponseEncoder()
    try encoder.response(result)
    let text = String(validating: encoder.takeBytes(), as: UTF8.self)
    #expect(text != nil, "the document is no UTF-8")
    return text ?? ""
}

/// The same, without what stands around the value.
func encodedValue(_ result: MethodResult) throws(EncodingError) -> String {
    let document = try encoded(result)
    return String(
        document.dropFirst("<?xml version='1.0'?>\n<methodResponse>\n<params>\n<param>\n".count)
            .dropLast("\n</param>\n</params>\n</methodResponse>\n".count))
}

/// Cells as PostgreSQL would give them out.
final class FakeResult: CellSource {
    private let cells: [[UnsafeRawBufferPointer?]]

    init(_ rows: [[[UInt8]?]]) {
        cells = rows.map { row in
            row.map { cell in
                guard let cell else { return nil }
                let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: cell.count, alignment: 1)
                memory.copyBytes(from: cell)
                return UnsafeRawBufferPointer(memory)
            }
        }
    }

    deinit { for cell in cells.joined() { cell?.deallocate() } }

    func bytes(row: Int, column: Int) -> UnsafeRawBufferPointer? { cells[row][column] }
}
