internal import CLibXML2

/// A parsed XML document. It keeps libxml2's tree alive for the elements taken from it, and changes it only where it is
/// told to (`Element+Editing.swift`).
///
/// Nothing is fetched, no document type is read, no entity but XML's five is expanded; size, depth and the number of
/// nodes are bounded. CDATA sections become plain text. A document belongs to the thread that made it.
public final class Document {
    /// What a document may cost before it is refused.
    public struct Limits: Sendable {
        public var bytes = 64 << 20
        /// Elements within one another.
        public var depth = 200
        /// Elements, attributes, comments and processing instructions, all together.
        public var nodes = 2_000_000

        public init() {}
    }

    /// The file's name, for messages.
    public let file: String
    /// The outermost element. It is unowned here: elements hold their document, not the other way round.
    private var rootNode: xmlNodePtr
    private let handle: xmlDocPtr
    /// What was taken out of the tree; someone may still hold it as an element.
    private var removed: [xmlNodePtr] = []

    /// Parses a file's bytes, in the encoding they declare; UTF-8 when they declare none.
    ///
    /// - Throws: `XMLError` with file and line.
    public convenience init(
        parsing bytes: some Sequence<UInt8>, file: String, limits: Limits = Limits()
    ) throws(XMLError) {
        try self.init(parsing: Array(bytes), isText: false, file: file, limits: limits)
    }

    /// Parses text, such as a view's architecture; an encoding it declares was that of its file, and is not minded.
    ///
    /// - Throws: `XMLError` with file and line.
    public convenience init(parsing text: String, file: String, limits: Limits = Limits()) throws(XMLError) {
        try self.init(parsing: Array(text.utf8), isText: true, file: file, limits: limits)
    }

    private init(parsing bytes: [UInt8], isText: Bool, file: String, limits: Limits) throws(XMLError) {
        let tree = try TreeParser.parse(bytes, isText: isText, file: file, limits: limits)
        guard let root = xmlDocGetRootElement(tree) else {
            xmlFreeDoc(tree)
            throw .malformed("there is no element", file: file, line: 1, column: 1)
        }
        handle = tree
        rootNode = root
        self.file = file
    }

    deinit {
        // Their names may be kept by the document, so that they go first.
        for node in removed { xmlFreeNode(node) }
        xmlFreeDoc(handle)
    }

    /// The outermost element.
    public var root: Element { Element(node: rootNode, document: self) }

    // MARK: - Editing

    /// Takes a node out of the tree, and keeps it as long as the document.
    func remove(_ node: xmlNodePtr) {
        xmlUnlinkNode(node)
        removed.append(node)
    }

    /// Puts a node without a place in the place of the outermost element.
    func replaceRoot(by node: xmlNodePtr) {
        let old = rootNode
        xmlDocSetRootElement(handle, node)
        rootNode = node
        removed.append(old)
    }
}
