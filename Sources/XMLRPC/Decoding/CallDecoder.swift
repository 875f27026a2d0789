internal import CLibXML2
public import Values

/// Reads calls with libxml2's push parser, straight into values. One for each thread, used again for each document.
///
/// No network, no document type, no entities but the five that XML has; sizes, depth and counts are bounded.
public final class CallDecoder {
    /// The answer to a call, for clients and tests.
    public enum Response: Hashable, Sendable {
        case value(Value)
        case fault(code: Value, string: String)
    }

    private let limits: DecodingLimits
    /// The parser and what its callbacks build; nil until the first document, and again after one that was refused,
    /// so that no error of one document can reach into the next.
    private var parser: Parser?

    public init(limits: DecodingLimits = DecodingLimits()) { self.limits = limits }

    /// Reads a request.
    public func decode(_ body: UnsafeRawBufferPointer) throws(DecodingError) -> MethodCall {
        let parser = try read(body, root: .methodCall)
        guard let method = parser.reader.pointee.method, !method.isEmpty else {
            throw .unexpected("methodCall without a methodName", line: 1)
        }
        return MethodCall(method, parser.reader.pointee.values)
    }

    /// Reads an answer.
    public func decodeResponse(_ body: UnsafeRawBufferPointer) throws(DecodingError) -> Response {
        let parser = try read(body, root: .methodResponse)
        let values = parser.reader.pointee.values
        guard values.count == 1 else { throw .unexpected("methodResponse with \(values.count) values", line: 1) }
        guard parser.reader.pointee.isFault else { return .value(values[0]) }
        guard let code = values[0].dictionary?["faultCode"], let string = values[0].dictionary?["faultString"]?.text
        else { throw .unexpected("fault without faultCode and faultString", line: 1) }
        return .fault(code: code, string: string)
    }

    private func read(_ body: UnsafeRawBufferPointer, root: Tag) throws(DecodingError) -> Parser {
        guard body.count <= limits.bodyBytes else { throw .tooLarge(what: "bytes", limit: limits.bodyBytes) }
        guard !body.isEmpty else { throw .malformed("no element found", line: 1, column: 0) }
        guard let parser = self.parser ?? Parser(limits: limits) else { throw .parserUnavailable }
        self.parser = nil
        try parser.read(body, root: root)
        if parser.isWorthKeeping { self.parser = parser }
        return parser
    }
}
