internal import CLibXML2

/// An element of a document; the document stays alive as long as one of its elements is held.
///
/// Two elements are equal when they are one and the same place in one document.
public struct Element: Equatable {
    let node: xmlNodePtr
    let document: Document

    init(node: xmlNodePtr, document: Document) {
        self.node = node
        self.document = document
    }

    public static func == (left: Element, right: Element) -> Bool { left.node == right.node }

    /// What stands within an element.
    public enum Node: Equatable {
        case element(Element)
        case text(String)
        case comment(String)
    }

    /// The tag's name, with its namespace prefix when it has one.
    public var name: String { Self.name(node.pointee.name, in: node.pointee.ns) }

    /// The line its tag ends on, counted from 1.
    public var line: Int {
        let line = Int(node.pointee.line)
        // The parser leaves the number here where the field for it is too small.
        guard line == Int(UInt16.max), let large = node.pointee.psvi else { return line }
        return Int(bitPattern: large)
    }

    /// The file the document was parsed from.
    public var file: String { document.file }

    // MARK: - Attributes

    /// Names and values in the order written; a namespaced name has its prefix. Namespace declarations are none.
    public var attributes: [(name: String, value: String)] {
        attributeNodes.map { (Self.name($0.pointee.name, in: $0.pointee.ns), Self.value(of: $0)) }
    }

    /// The names of all attributes, in the order written.
    public var attributeNames: [String] { attributeNodes.map { Self.name($0.pointee.name, in: $0.pointee.ns) } }

    /// An attribute's value; nil when it is absent.
    public subscript(attribute: String) -> String? {
        attributeNodes.first { Self.name($0.pointee.name, in: $0.pointee.ns) == attribute }.map(Self.value)
    }

    var attributeNodes: [xmlAttrPtr] {
        var attributes: [xmlAttrPtr] = []
        var attribute = node.pointee.properties
        while let current = attribute {
            attributes.append(current)
            attribute = current.pointee.next
        }
        return attributes
    }

    // MARK: - Content

    /// Everything directly within, in order, without processing instructions.
    public var nodes: [Node] {
        Self.siblings(from: node.pointee.children).compactMap { child in
            switch child.pointee.type {
            case XML_ELEMENT_NODE: .element(Element(node: child, document: document))
            case XML_TEXT_NODE: .text(Self.content(of: child))
            case XML_COMMENT_NODE: .comment(Self.content(of: child))
            default: nil
            }
        }
    }

    /// The elements directly within, in order.
    public var children: [Element] {
        Self.siblings(from: node.pointee.children).filter { $0.pointee.type == XML_ELEMENT_NODE }
            .map { Element(node: $0, document: document) }
    }

    /// The element around this one; nil for the root.
    public var parent: Element? {
        guard let parent = node.pointee.parent, parent.pointee.type == XML_ELEMENT_NODE else { return nil }
        return Element(node: parent, document: document)
    }

    /// The text up to the first child, be it element or comment, untouched.
    public var text: String {
        Self.siblings(from: node.pointee.children).prefix { $0.pointee.type == XML_TEXT_NODE }
            .map(Self.content).joined()
    }

    /// All text within, that of elements within included and that of comments not.
    public var fullText: String {
        nodes.map { node in
            switch node {
            case .element(let element): element.fullText
            case .text(let text): text
            case .comment: ""
            }
        }.joined()
    }

    /// Whether anything but white space stands directly within, child elements aside.
    public var hasText: Bool {
        Self.siblings(from: node.pointee.children).contains {
            $0.pointee.type == XML_TEXT_NODE && xmlIsBlankNode($0) == 0
        }
    }

    // MARK: - libxml2's nodes

    static func siblings(from first: xmlNodePtr?) -> [xmlNodePtr] {
        var nodes: [xmlNodePtr] = []
        var node = first
        while let current = node {
            nodes.append(current)
            node = current.pointee.next
        }
        return nodes
    }

    private static func content(of node: xmlNodePtr) -> String {
        node.pointee.content.map { String(cString: $0) } ?? ""
    }

    private static func value(of attribute: xmlAttrPtr) -> String {
        siblings(from: attribute.pointee.children).map(content).joined()
    }

    static func name(_ local: UnsafePointer<UInt8>, in space: UnsafeMutablePointer<xmlNs>?) -> String {
        guard let prefix = space?.pointee.prefix else { return String(cString: local) }
        return String(cString: prefix) + ":" + String(cString: local)
    }
}
