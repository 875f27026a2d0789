internal import CLibXML2

/// An element of a document; the document stays alive as long as one of its elements is held.
public struct Element {
    private let node: xmlNodePtr
    private let document: Document

    init(node: xmlNodePtr, document: Document) {
        self.node = node
        self.document = document
    }

    public var name: String { String(cString: node.pointee.name) }

    /// The line its tag begins on, counted from 1.
    public var line: Int { xmlGetLineNo(node) }

    /// The file the document was parsed from.
    public var file: String { document.file }

    /// An attribute's value; nil when it is absent.
    public subscript(attribute: String) -> String? {
        guard let value = xmlGetProp(node, attribute) else { return nil }
        defer { apus_xml_free(value) }
        return String(cString: value)
    }

    /// The names of all attributes, in the order written.
    public var attributeNames: [String] {
        var names: [String] = []
        var attribute = node.pointee.properties
        while let current = attribute {
            names.append(String(cString: current.pointee.name))
            attribute = current.pointee.next
        }
        return names
    }

    /// The elements directly within, in order.
    public var children: [Element] {
        nodes.filter { $0.pointee.type == XML_ELEMENT_NODE }.map { Element(node: $0, document: document) }
    }

    /// The text up to the first child element, untouched.
    public var text: String {
        var text = ""
        for node in nodes {
            if node.pointee.type == XML_ELEMENT_NODE { break }
            if node.pointee.type == XML_TEXT_NODE || node.pointee.type == XML_CDATA_SECTION_NODE,
                let content = node.pointee.content
            {
                text += String(cString: content)
            }
        }
        return text
    }

    /// Whether anything but white space stands directly within, child elements aside.
    public var hasText: Bool {
        nodes.contains { node in
            (node.pointee.type == XML_TEXT_NODE || node.pointee.type == XML_CDATA_SECTION_NODE)
                && xmlIsBlankNode(node) == 0
        }
    }

    /// The child elements as XML text, with the text and comments after the first of them (contract/addons.md §5,
    /// `type="xml"`). Characters beyond ASCII become character references when `asciiOnly`.
    public func serializedChildren(asciiOnly: Bool) -> String {
        let kept = nodes.drop { $0.pointee.type != XML_ELEMENT_NODE }
        return kept.map { serialized($0, asciiOnly: asciiOnly) }.joined()
    }

    /// The elements an XPath finds, seen from this one.
    ///
    /// - Throws: `XMLError.badPath`.
    public func elements(at path: String) throws(XMLError) -> [Element] {
        guard let context = xmlXPathNewContext(node.pointee.doc) else { throw .badPath(path) }
        defer { xmlXPathFreeContext(context) }
        context.pointee.node = node
        guard let result = xmlXPathEvalExpression(path, context) else { throw .badPath(path) }
        defer { xmlXPathFreeObject(result) }
        guard let set = result.pointee.nodesetval, let table = set.pointee.nodeTab else { return [] }
        return (0..<Int(set.pointee.nodeNr)).compactMap { table[$0] }
            .filter { $0.pointee.type == XML_ELEMENT_NODE }
            .map { Element(node: $0, document: document) }
    }

    private var nodes: [xmlNodePtr] {
        var nodes: [xmlNodePtr] = []
        var node = node.pointee.children
        while let current = node {
            nodes.append(current)
            node = current.pointee.next
        }
        return nodes
    }

    private func serialized(_ node: xmlNodePtr, asciiOnly: Bool) -> String {
        guard let buffer = xmlBufferCreate() else { return "" }
        defer { xmlBufferFree(buffer) }
        // ASCII as the encoding makes the library write character references.
        let options = Int32(XML_SAVE_NO_DECL.rawValue | XML_SAVE_AS_XML.rawValue)
        guard let save = xmlSaveToBuffer(buffer, asciiOnly ? "US-ASCII" : "UTF-8", options) else { return "" }
        xmlSaveTree(save, node)
        xmlSaveClose(save)
        return xmlBufferContent(buffer).map { String(cString: $0) } ?? ""
    }
}
