internal import CLibXML2

/// A parsed XML document. It keeps libxml2's tree alive for the elements taken from it.
///
/// Nothing is fetched, no document type is read, no entity of a file's own is expanded; size and depth are bounded.
public final class Document {
    /// The file's name, for messages.
    public let file: String
    private let handle: xmlDocPtr
    private let rootNode: xmlNodePtr

    /// What a document may be like.
    public struct Limits: Sendable {
        public var bytes = 64 << 20
        public var depth = 200

        public init() {}
    }

    /// - Throws: `XMLError` with file, line and column.
    public init(
        parsing bytes: some Sequence<UInt8>, file: String, limits: Limits = Limits()
    ) throws(XMLError) {
        let content = Array(bytes)
        guard content.count <= limits.bytes else {
            throw .tooLarge(what: "bytes", limit: limits.bytes, file: file)
        }
        let options =
            XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
            | XML_PARSE_BIG_LINES.rawValue
        guard let context = xmlNewParserCtxt() else {
            throw .malformed("the parser could not be set up", file: file, line: 0, column: 0)
        }
        defer { xmlFreeParserCtxt(context) }
        let parsed = content.withUnsafeBytes { buffer in
            xmlCtxtReadMemory(
                context, buffer.bindMemory(to: CChar.self).baseAddress, Int32(buffer.count), nil, nil,
                Int32(options))
        }
        guard let parsed, let root = xmlDocGetRootElement(parsed) else {
            if let parsed { xmlFreeDoc(parsed) }
            throw Self.error(of: context, file: file)
        }
        handle = parsed
        rootNode = root
        self.file = file
        // From here on `deinit` frees the tree.
        guard parsed.pointee.intSubset == nil else { throw .declaration(file: file) }
        guard Self.isDepth(of: root, within: limits.depth) else {
            throw .tooLarge(what: "elements within one another", limit: limits.depth, file: file)
        }
    }

    /// Parses text, such as a view's architecture.
    public convenience init(parsing text: String, file: String, limits: Limits = Limits()) throws(XMLError) {
        try self.init(parsing: text.utf8, file: file, limits: limits)
    }

    deinit { xmlFreeDoc(handle) }

    public var root: Element { Element(node: rootNode, document: self) }

    private static func error(of context: xmlParserCtxtPtr, file: String) -> XMLError {
        guard let error = xmlCtxtGetLastError(context) else {
            return .malformed("there is no element", file: file, line: 1, column: 0)
        }
        let message = error.pointee.message.map { String(cString: $0) } ?? "not well-formed"
        return .malformed(
            message.split(separator: "\n").first.map(String.init) ?? message, file: file,
            line: Int(error.pointee.line), column: Int(error.pointee.int2))
    }

    /// Walks with a counter instead of calling itself: the depth is what is being checked.
    private static func isDepth(of root: xmlNodePtr, within limit: Int) -> Bool {
        var node: xmlNodePtr? = root
        var depth = 1
        while let current = node {
            if depth > limit { return false }
            if let child = current.pointee.children, current.pointee.type == XML_ELEMENT_NODE {
                node = child
                depth += 1
                continue
            }
            var up: xmlNodePtr? = current
            while let end = up, end != root, end.pointee.next == nil {
                up = end.pointee.parent
                depth -= 1
            }
            node = up == root ? nil : up?.pointee.next
        }
        return true
    }
}
