internal import CLibXML2

extension CallReader {
    /// Keeps a well-formedness error, with libxml2's number put into the words that expat has for it: clients and logs
    /// of OpenERP know those. The column counts from 0, as expat's do, and is where libxml2 noticed, which can be further on.
    mutating func failMalformed(code: Int32, line: Int, column: Int) {
        let phrase =
            switch xmlParserErrors(UInt32(bitPattern: code)) {
            case XML_ERR_DOCUMENT_EMPTY: "syntax error"
            case XML_ERR_DOCUMENT_END: hasEnded ? "junk after document element" : "no element found"
            case XML_ERR_TAG_NOT_FINISHED: "no element found"
            case XML_ERR_TAG_NAME_MISMATCH: "mismatched tag"
            case XML_ERR_UNDECLARED_ENTITY: "undefined entity"
            case XML_ERR_ATTRIBUTE_REDEFINED: "duplicate attribute"
            case XML_ERR_RESERVED_XML_NAME: "XML or text declaration not at start of entity"
            case XML_ERR_UNKNOWN_ENCODING, XML_ERR_UNSUPPORTED_ENCODING: "unknown encoding"
            default: "not well-formed (invalid token)"
            }
        keep(.malformed(phrase, line: max(1, line), column: max(0, column - 1)))
    }
}
