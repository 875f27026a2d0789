internal import CLibXML2

extension Element {
    /// The element as XML text, without what follows it, in libxml2's spelling: `<a/>` when empty, values in double
    /// quotes, `& < >` escaped. Characters beyond ASCII become `&#xE4;` when `asciiOnly`.
    public func serialized(asciiOnly: Bool = false) -> String {
        var serializer = Serializer(asciiOnly: asciiOnly)
        serializer.append(node, isOutermost: true)
        return serializer.text
    }

    /// All within from the first child element or comment on, as XML text: the text before it is lost, what follows it
    /// stays (contract/addons.md §5, `type="xml"`).
    public func serializedChildren(asciiOnly: Bool) -> String {
        var serializer = Serializer(asciiOnly: asciiOnly)
        var node = self.node.pointee.children
        while let current = node, current.pointee.type == XML_TEXT_NODE { node = current.pointee.next }
        while let current = node {
            serializer.append(current, isOutermost: true)
            node = current.pointee.next
        }
        return serializer.text
    }
}
