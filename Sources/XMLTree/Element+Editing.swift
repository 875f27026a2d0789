internal import CLibXML2

/// Changes of a document's tree, for whoever has parsed it. An element that was taken out stays readable.
extension Element {
    /// Where content goes, seen from an element.
    public enum Place: Sendable {
        /// At the end of what is within it.
        case within
        case before, after
        /// In its place; the element goes.
        case instead
    }

    /// Sets an attribute, in the place it has or behind all others; nil takes it away.
    public func set(_ attribute: String, to value: String?) {
        if let value {
            xmlSetProp(node, attribute, value)
        } else if let old = attributeNodes.first(where: { Self.name($0.pointee.name, in: $0.pointee.ns) == attribute })
        {
            xmlRemoveProp(old)
        }
    }

    /// Adds an empty element at the end of what is within this one.
    ///
    /// - Parameter name: A name XML knows as one.
    @discardableResult
    public func append(_ name: String) -> Element? {
        xmlNewChild(node, nil, name, nil).map { Element(node: $0, document: document) }
    }

    /// Takes the element out of its document, together with the white space that follows it. The outermost element
    /// stays.
    public func remove() {
        guard parent != nil else { return }
        if let next = node.pointee.next, xmlIsBlankNode(next) == 1 { document.remove(next) }
        document.remove(node)
    }

    /// Puts copies of what is within another element, from its first child on, somewhere beside this one.
    ///
    /// In the place of the outermost element comes the first child alone. Beside it there is no place.
    ///
    /// - Returns: False when there is no such place or, for the outermost element, nothing to put there.
    @discardableResult
    public func insert(contentOf source: Element, _ place: Place) -> Bool {
        if parent == nil, place != .within {
            guard place == .instead, let first = source.children.first,
                let copy = xmlDocCopyNode(first.node, node.pointee.doc, 1)
            else { return false }
            document.replaceRoot(by: copy)
            return true
        }
        // A text that comes beside another one becomes part of it; no node that was there before is ever freed.
        let copies = source.contentFromFirstChild.compactMap { xmlDocCopyNode($0, node.pointee.doc, 1) }
        switch place {
        case .within: for copy in copies { xmlAddChild(node, copy) }
        case .before, .instead: for copy in copies { xmlAddPrevSibling(node, copy) }
        case .after: for copy in copies.reversed() { xmlAddNextSibling(node, copy) }
        }
        if place == .instead { remove() }
        return true
    }

    private var contentFromFirstChild: ArraySlice<xmlNodePtr> {
        Self.siblings(from: node.pointee.children).drop { $0.pointee.type == XML_TEXT_NODE }
    }
}
