internal import CLibXML2

/// Lets libxml2 build a tree, and watches it while it does: what is too deep, too much or forbidden stops it at once,
/// before it costs memory.
struct TreeParser {
    private let file: String
    private let limits: Document.Limits
    private var nodes = 0
    private var error: XMLError?

    /// Tags of views and data files hold domains and contexts, comments whole blocks that someone has taken out.
    private static let longestTag = 64 << 10
    private static let longestComment = 1 << 20
    private static let attributesOfTag = 256
    private static let prepared: Void = xmlInitParser()

    /// The tree, which the caller has to free.
    static func parse(
        _ bytes: [UInt8], isText: Bool, file: String, limits: Document.Limits
    ) throws(XMLError) -> xmlDocPtr {
        guard bytes.count <= limits.bytes else {
            throw .tooLarge(what: "bytes", limit: limits.bytes, file: file, line: 1)
        }
        guard !bytes.isEmpty else { throw .malformed("there is no element", file: file, line: 1, column: 1) }
        Self.prepared
        apus_silence()
        var parser = TreeParser(file: file, limits: limits)
        let outcome = bytes.withUnsafeBytes { parser.run($0.assumingMemoryBound(to: CChar.self), isText: isText) }
        switch outcome {
        case .success(let tree): return tree
        case .failure(let error): throw error
        }
    }

    private init(file: String, limits: Document.Limits) {
        self.file = file
        self.limits = limits
    }

    private mutating func run(_ bytes: UnsafeBufferPointer<CChar>, isText: Bool) -> Result<xmlDocPtr, XMLError> {
        // The first four bytes tell the encoding.
        let start = min(4, bytes.count)
        guard let context = xmlCreatePushParserCtxt(nil, nil, bytes.baseAddress, Int32(start), nil) else {
            return .failure(malformed("the parser could not be set up", line: 1, column: 1))
        }
        defer { xmlFreeParserCtxt(context) }
        let options = XML_PARSE_NONET.rawValue | XML_PARSE_NOCDATA.rawValue | XML_PARSE_BIG_LINES.rawValue
        xmlCtxtUseOptions(context, Int32(options | (isText ? XML_PARSE_IGNORE_ENC.rawValue : 0)))
        Self.watch(context)
        let outcome = withUnsafeMutablePointer(to: &self) { parser in
            context.pointee._private = UnsafeMutableRawPointer(parser)
            return apus_push(
                context, bytes.baseAddress?.advanced(by: start), bytes.count - start, Self.longestTag,
                Self.longestComment)
        }
        if error == nil, let longest = Self.longest(of: outcome) {
            error = .tooLarge(
                what: "bytes in one tag or comment", limit: longest, file: file, line: Self.line(context))
        }
        if error == nil, context.pointee.wellFormed != 0, let tree = context.pointee.myDoc { return .success(tree) }
        if let tree = context.pointee.myDoc { xmlFreeDoc(tree) }
        return .failure(error ?? malformed("not well-formed", line: Self.line(context), column: 1))
    }

    /// The limit that a tag or a comment has gone beyond.
    private static func longest(of outcome: apus_push_result) -> Int? {
        switch outcome {
        case APUS_PUSH_TAG_TOO_LONG: longestTag
        case APUS_PUSH_COMMENT_TOO_LONG: longestComment
        default: nil
        }
    }

    // MARK: - Callbacks

    /// Puts a check before what libxml2 does to build the tree.
    private static func watch(_ context: xmlParserCtxtPtr) {
        guard let handler = context.pointee.sax else { return }
        handler.pointee.startElementNs = { data, name, prefix, uri, count, spaces, attributes, defaulted, values in
            guard let context = TreeParser.context(data) else { return }
            let size = 1 + Int(count) + Int(attributes)
            guard TreeParser.parser(context)?.pointee.admits(size, in: context) == true else { return }
            xmlSAX2StartElementNs(data, name, prefix, uri, count, spaces, attributes, defaulted, values)
            // The tree's own line numbers end at 65535; the field beside them is free.
            let line = TreeParser.line(context)
            if line >= Int(UInt16.max) {
                context.pointee.node?.pointee.psvi = UnsafeMutableRawPointer(bitPattern: line)
            }
        }
        handler.pointee.comment = { data, text in
            guard let context = TreeParser.context(data) else { return }
            if TreeParser.parser(context)?.pointee.admits(1, in: context) == true { xmlSAX2Comment(data, text) }
        }
        handler.pointee.processingInstruction = { data, target, text in
            guard let context = TreeParser.context(data) else { return }
            guard TreeParser.parser(context)?.pointee.admits(1, in: context) == true else { return }
            xmlSAX2ProcessingInstruction(data, target, text)
        }
        handler.pointee.internalSubset = { data, _, _, _ in
            guard let context = TreeParser.context(data), let parser = TreeParser.parser(context) else { return }
            parser.pointee.stop(context, .declaration(file: parser.pointee.file, line: TreeParser.line(context)))
        }
        handler.pointee.serror = { data, error in
            guard let error, error.pointee.level == XML_ERR_FATAL, let context = TreeParser.context(data),
                let parser = TreeParser.parser(context), parser.pointee.error == nil
            else { return }
            let words =
                TreeParser.words(for: xmlParserErrors(UInt32(bitPattern: error.pointee.code)), in: context)
                ?? error.pointee.message.map { String(cString: $0) } ?? "not well-formed"
            parser.pointee.error = parser.pointee.malformed(
                words, line: Int(error.pointee.line), column: Int(error.pointee.int2))
        }
    }

    /// Counts an element with its attributes, or a comment, and stops the parser when it is one too many.
    private mutating func admits(_ size: Int, in context: xmlParserCtxtPtr) -> Bool {
        nodes += size
        let excess: (what: String, limit: Int)? =
            if size > Self.attributesOfTag + 1 {
                ("attributes in one tag", Self.attributesOfTag)
            } else if Int(context.pointee.nodeNr) >= limits.depth {
                ("elements within one another", limits.depth)
            } else if nodes > limits.nodes {
                ("nodes", limits.nodes)
            } else {
                nil
            }
        guard let excess else { return true }
        stop(context, .tooLarge(what: excess.what, limit: excess.limit, file: file, line: Self.line(context)))
        return false
    }

    private mutating func stop(_ context: xmlParserCtxtPtr, _ error: XMLError) {
        if self.error == nil { self.error = error }
        xmlStopParser(context)
    }

    /// Better words where libxml2's mislead: its push parser has one error for an end too early and one too late.
    private static func words(for code: xmlParserErrors, in context: xmlParserCtxtPtr) -> String? {
        switch code {
        case XML_ERR_DOCUMENT_EMPTY: return "there is no element"
        case XML_ERR_DOCUMENT_END:
            if let open = context.pointee.node, context.pointee.nodeNr > 0 {
                return "the document ends within <\(String(cString: open.pointee.name))>"
            }
            let root = context.pointee.myDoc.flatMap { xmlDocGetRootElement($0) }
            return root == nil ? "there is no element" : nil
        default: return nil
        }
    }

    /// An error in libxml2's words, which end with a line feed and may go on after one.
    private func malformed(_ words: String, line: Int, column: Int) -> XMLError {
        let reason = words.prefix { $0 != "\n" }.prefix(300)
        return .malformed(String(reason), file: file, line: max(1, line), column: max(1, column))
    }

    private static func line(_ context: xmlParserCtxtPtr) -> Int { Int(xmlSAX2GetLineNumber(context)) }

    private static func context(_ data: UnsafeMutableRawPointer?) -> xmlParserCtxtPtr? {
        data?.assumingMemoryBound(to: xmlParserCtxt.self)
    }

    private static func parser(_ context: xmlParserCtxtPtr) -> UnsafeMutablePointer<TreeParser>? {
        context.pointee._private?.assumingMemoryBound(to: TreeParser.self)
    }
}
