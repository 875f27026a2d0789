internal import CLibXML2

extension Element {
    /// So many steps are allowed before an expression is taken to be made to keep the server busy.
    private static let steps: UInt = 5_000_000
    /// Deep nesting in an expression costs stack; what addons write has some dozen characters.
    private static let longestPath = 2_000

    /// The elements an XPath finds, seen from this one, in document order. Attributes and texts it finds are left out.
    ///
    /// - Throws: `XMLError.badPath` for a mistake in the expression, for one that yields a number, text or truth, and for
    ///   one that takes too long.
    public func xpath(_ path: String) throws(XMLError) -> [Element] {
        guard let nodes = nodes(at: path) else {
            throw .badPath(String(path.prefix(100)), file: file, line: line)
        }
        return nodes.filter { $0.pointee.type == XML_ELEMENT_NODE }.map { Element(node: $0, document: document) }
    }

    private func nodes(at path: String) -> [xmlNodePtr]? {
        guard path.utf8.count <= Self.longestPath, let context = xmlXPathNewContext(node.pointee.doc) else {
            return nil
        }
        defer { xmlXPathFreeContext(context) }
        context.pointee.node = node
        context.pointee.opLimit = Self.steps
        apus_silence()
        guard let result = xmlXPathEvalExpression(path, context) else { return nil }
        defer { xmlXPathFreeObject(result) }
        guard result.pointee.type == XPATH_NODESET else { return nil }
        guard let found = result.pointee.nodesetval else { return [] }
        xmlXPathNodeSetSort(found)
        guard let table = found.pointee.nodeTab else { return [] }
        return UnsafeBufferPointer(start: table, count: Int(found.pointee.nodeNr)).compactMap { $0 }
    }
}
