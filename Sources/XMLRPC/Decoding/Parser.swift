internal import CLibXML2

/// A context of libxml2 together with the reader that its callbacks feed. It is used for one document after another: a
/// context that is reset keeps its buffers and its dictionary of names.
final class Parser {
    let reader: UnsafeMutablePointer<CallReader>
    private let context: xmlParserCtxtPtr

    /// No client writes attributes into a call, so a tag has no reason to be long.
    private static let longestTag = 16 << 10
    /// Names of attributes stay in the dictionary; a document full of new ones must not make it grow for ever.
    private static let dictionaryBytes = 64 << 10
    private static let prepared: Void = xmlInitParser()

    /// Nil when memory is out.
    init?(limits: DecodingLimits) {
        Self.prepared
        var handler = Self.handler
        reader = .allocate(capacity: 1)
        guard let context = xmlCreatePushParserCtxt(&handler, reader, nil, 0, nil) else {
            reader.deallocate()
            return nil
        }
        self.context = context
        reader.initialize(to: CallReader(limits: limits, parser: context))
        reader.pointee.parser = context
    }

    deinit {
        xmlFreeParserCtxt(context)
        reader.deinitialize(count: 1)
        reader.deallocate()
    }

    var isWorthKeeping: Bool { xmlDictGetUsage(context.pointee.dict) <= Self.dictionaryBytes }

    func read(_ body: UnsafeRawBufferPointer, root: Tag) throws(DecodingError) {
        reader.pointee.reset()
        reader.pointee.root = root
        apus_silence()
        let bytes = body.assumingMemoryBound(to: CChar.self)
        // The first four bytes tell the encoding.
        let start = min(4, bytes.count)
        guard xmlCtxtResetPush(context, bytes.baseAddress, Int32(start), nil, nil) == 0 else {
            throw .parserUnavailable
        }
        // HUGE lifts libxml2's own limit of 10 MB a text; ours is checked as the text arrives.
        xmlCtxtUseOptions(context, Int32(XML_PARSE_NONET.rawValue | XML_PARSE_HUGE.rawValue))
        let outcome = apus_push(
            context, bytes.baseAddress?.advanced(by: start), bytes.count - start, Self.longestTag, Self.longestTag)
        if let error = reader.pointee.error { throw error }
        guard outcome == APUS_PUSH_DONE else {
            throw .tooLarge(what: "bytes in one tag or comment", limit: Self.longestTag)
        }
        guard context.pointee.wellFormed != 0 else { throw .malformed("no element found", line: 1, column: 0) }
    }

    // MARK: - Callbacks

    private static var handler: xmlSAXHandler {
        var handler = xmlSAXHandler()
        handler.initialized = UInt32(XML_SAX2_MAGIC)
        handler.startElementNs = { data, name, prefix, _, namespaces, _, attributes, _, _ in
            guard let reader = Parser.reader(data), let name else { return }
            // libxml2 compares all attributes of a tag with each other; one tag may try that, not a thousand.
            if attributes + namespaces > 16 {
                return reader.pointee.fail(.tooLarge(what: "attributes in one tag", limit: 16))
            }
            reader.pointee.start(name, prefix: prefix)
        }
        handler.endElementNs = { data, _, _, _ in Parser.reader(data)?.pointee.end() }
        handler.characters = { data, text, length in
            if let text { Parser.reader(data)?.pointee.characters(text, Int(length)) }
        }
        handler.ignorableWhitespace = handler.characters
        handler.cdataBlock = handler.characters
        handler.internalSubset = { data, _, _, _ in
            guard let reader = Parser.reader(data) else { return }
            reader.pointee.fail(.declaration(line: reader.pointee.line))
        }
        handler.serror = { data, error in
            guard let error, error.pointee.level == XML_ERR_FATAL, let reader = Parser.reader(data) else { return }
            reader.pointee.failMalformed(
                code: error.pointee.code, line: Int(error.pointee.line), column: Int(error.pointee.int2))
        }
        return handler
    }

    private static func reader(_ data: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<CallReader>? {
        data?.assumingMemoryBound(to: CallReader.self)
    }
}
