internal import CLibXML2

/// Writes nodes as XML text.
///
/// libxml2 could do it, but lets the encoding that a document once declared decide over attributes, and leaves out
/// namespaces declared further up.
struct Serializer {
    let asciiOnly: Bool
    private var bytes: [UInt8] = []

    init(asciiOnly: Bool) { self.asciiOnly = asciiOnly }

    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// An outermost element declares the namespaces it has from those around it.
    mutating func append(_ node: xmlNodePtr, isOutermost: Bool) {
        switch node.pointee.type {
        case XML_ELEMENT_NODE: append(element: node, isOutermost: isOutermost)
        case XML_TEXT_NODE: append(escaping: node.pointee.content, isAttribute: false)
        case XML_COMMENT_NODE:
            append("<!--")
            append(node.pointee.content)
            append("-->")
        case XML_PI_NODE:
            append("<?")
            append(node.pointee.name)
            if let content = node.pointee.content {
                append(" ")
                append(content)
            }
            append("?>")
        default: break
        }
    }

    // MARK: - Elements

    private mutating func append(element: xmlNodePtr, isOutermost: Bool) {
        append("<")
        append(name: element.pointee.name, in: element.pointee.ns)
        appendNamespaces(of: element, withThoseAround: isOutermost)
        var attribute = element.pointee.properties
        while let current = attribute {
            append(" ")
            append(name: current.pointee.name, in: current.pointee.ns)
            append("=\"")
            var part = current.pointee.children
            while let text = part {
                append(escaping: text.pointee.content, isAttribute: true)
                part = text.pointee.next
            }
            append("\"")
            attribute = current.pointee.next
        }
        guard element.pointee.children != nil else { return append("/>") }
        append(">")
        var child = element.pointee.children
        while let current = child {
            append(current, isOutermost: false)
            child = current.pointee.next
        }
        append("</")
        append(name: element.pointee.name, in: element.pointee.ns)
        append(">")
    }

    private mutating func append(name: UnsafePointer<UInt8>?, in space: UnsafeMutablePointer<xmlNs>?) {
        if let prefix = space?.pointee.prefix {
            append(prefix)
            append(":")
        }
        append(name)
    }

    private mutating func appendNamespaces(of element: xmlNodePtr, withThoseAround: Bool) {
        var declared: Set<String> = []
        var around: xmlNodePtr? = element
        while let current = around, current.pointee.type == XML_ELEMENT_NODE {
            var space = current.pointee.nsDef
            while let declaration = space {
                let prefix = declaration.pointee.prefix.map { String(cString: $0) } ?? ""
                if declared.insert(prefix).inserted {
                    append(prefix.isEmpty ? " xmlns" : " xmlns:")
                    bytes += prefix.utf8
                    append("=\"")
                    append(escaping: declaration.pointee.href, isAttribute: true)
                    append("\"")
                }
                space = declaration.pointee.next
            }
            around = withThoseAround ? current.pointee.parent : nil
        }
    }

    // MARK: - Text

    private mutating func append(_ text: StaticString) {
        bytes += UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    }

    private mutating func append(_ text: UnsafePointer<UInt8>?) {
        if let text { bytes += UnsafeBufferPointer(start: text, count: Int(xmlStrlen(text))) }
    }

    private mutating func append(escaping text: UnsafePointer<UInt8>?, isAttribute: Bool) {
        guard let text else { return }
        for scalar in String(cString: text).unicodeScalars {
            switch scalar {
            case "&": append("&amp;")
            case "<": append("&lt;")
            case ">": append("&gt;")
            case "\r": append("&#13;")
            case "\"" where isAttribute: append("&quot;")
            case "\n" where isAttribute: append("&#10;")
            case "\t" where isAttribute: append("&#9;")
            case _ where asciiOnly && !scalar.isASCII:
                append("&#x")
                bytes += String(scalar.value, radix: 16, uppercase: true).utf8
                append(";")
            default: bytes += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
            }
        }
    }
}
