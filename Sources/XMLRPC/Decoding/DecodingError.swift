/// Why a document is no call.
public enum DecodingError: Error, Equatable {
    /// The XML itself is broken; the parser's words and where it was.
    case malformed(String, line: Int, column: Int)
    /// Well-formed XML that is no XML-RPC.
    case unexpected(String, line: Int)
    /// A text that is no value of its type.
    case badValue(type: String, text: String)
    /// A document type or entity declaration; neither is ever needed, both are ways to attack a parser.
    case declaration
    case tooLarge(what: String, limit: Int)
    /// The library could not be set up; memory is out.
    case parserUnavailable
}

extension DecodingError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .malformed(let reason, let line, let column): "\(reason): line \(line), column \(column)"
        case .unexpected(let what, let line): "unexpected \(what) on line \(line)"
        case .badValue(let type, let text): "\"\(text)\" is no value of type \(type)"
        case .declaration: "document types and entity declarations are not accepted"
        case .tooLarge(let what, let limit): "more than \(limit) \(what)"
        case .parserUnavailable: "the XML parser could not be set up"
        }
    }
}
