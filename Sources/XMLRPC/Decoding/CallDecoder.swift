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
    private let reader: CallReader
    private let context: xmlParserCtxtPtr?

    /// So many bytes go to the parser at a time, so that it is stopped soon after something is wrong.
    private static let portion = 64 << 10

    public init(limits: DecodingLimits = DecodingLimits()) {
        self.limits = limits
        reader = CallReader(limits: limits)
        var handler = Self.handler()
        context = xmlCreatePushParserCtxt(&handler, Unmanaged.passUnretained(reader).toOpaque(), nil, 0, nil)
        Self.setOptions(of: context)
        reader.parser = context
    }

    deinit { if let context { xmlFreeParserCtxt(context) } }

    /// Reads a request.
    public func decode(_ body: UnsafeRawBufferPointer) throws(DecodingError) -> MethodCall {
        let parameters = try parse(body)
        guard let method = reader.method else { throw .unexpected("document without a method name", line: 1) }
        return MethodCall(method, parameters)
    }

    /// Reads an answer.
    public func decodeResponse(_ body: UnsafeRawBufferPointer) throws(DecodingError) -> Response {
        let values = try parse(body)
        guard let value = values.first, values.count == 1 else {
            throw .unexpected("answer with \(values.count) values", line: 1)
        }
        guard reader.isFault else { return .value(value) }
        return .fault(
            code: value.dictionary?["faultCode"] ?? .null, string: value.dictionary?["faultString"]?.text ?? "")
    }

    private func parse(_ body: UnsafeRawBufferPointer) throws(DecodingError) -> [Value] {
        guard let context else { throw .parserUnavailable }
        guard body.count <= limits.bodyBytes else { throw .tooLarge(what: "bytes", limit: limits.bodyBytes) }
        reader.reset()
        guard xmlCtxtResetPush(context, nil, 0, nil, nil) == 0 else { throw .parserUnavailable }
        Self.setOptions(of: context)
        defer { if let document = context.pointee.myDoc { xmlFreeDoc(document); context.pointee.myDoc = nil } }

        let bytes = body.bindMemory(to: CChar.self)
        var start = 0
        while start < bytes.count, reader.error == nil {
            let length = min(Self.portion, bytes.count - start)
            if xmlParseChunk(context, bytes.baseAddress?.advanced(by: start), Int32(length), 0) != 0 { break }
            start += length
        }
        if reader.error == nil { xmlParseChunk(context, nil, 0, 1) }
        if let error = reader.error { throw error }
        if context.pointee.wellFormed == 0 { throw .malformed("no element found", line: 1, column: 0) }
        return reader.finish()
    }

    private static func setOptions(of context: xmlParserCtxtPtr?) {
        // HUGE lifts libxml2's own limit on a single text; ours are checked as the text arrives.
        xmlCtxtUseOptions(
            context,
            Int32(
                XML_PARSE_NONET.rawValue | XML_PARSE_HUGE.rawValue | XML_PARSE_NOERROR.rawValue
                    | XML_PARSE_NOWARNING.rawValue))
    }

    private static func handler() -> xmlSAXHandler {
        var handler = xmlSAXHandler()
        handler.initialized = UInt32(XML_SAX2_MAGIC)
        handler.startElementNs = { data, name, _, _, _, _, _, _, _ in
            guard let reader = CallDecoder.reader(data), let name else { return }
            reader.start(UnsafeBufferPointer(start: name, count: Int(xmlStrlen(name))))
        }
        handler.endElementNs = { data, _, _, _ in CallDecoder.reader(data)?.end() }
        handler.characters = { data, text, length in
            CallDecoder.reader(data)?.characters(UnsafeBufferPointer(start: text, count: Int(length)))
        }
        handler.cdataBlock = handler.characters
        handler.ignorableWhitespace = handler.characters
        handler.internalSubset = { data, _, _, _ in CallDecoder.reader(data)?.fail(.declaration) }
        handler.entityDecl = { data, _, _, _, _, _ in CallDecoder.reader(data)?.fail(.declaration) }
        handler.serror = { data, error in
            guard let error, error.pointee.level.rawValue >= XML_ERR_ERROR.rawValue else { return }
            let message = error.pointee.message.map { String(cString: $0) } ?? "not well-formed"
            let line = message.split(separator: "\n").first.map(String.init) ?? message
            CallDecoder.reader(data)?.fail(
                .malformed(line, line: Int(error.pointee.line), column: Int(error.pointee.int2)))
        }
        return handler
    }

    private static func reader(_ data: UnsafeMutableRawPointer?) -> CallReader? {
        data.map { Unmanaged<CallReader>.fromOpaque($0).takeUnretainedValue() }
    }
}
