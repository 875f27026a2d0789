/// Why a document is no call.
public enum DecodingError: Error, Equatable {
    /// The XML itself is broken; said in the words of expat, which clients of OpenERP know (contract/wire.md §3).
    case malformed(String, line: Int, column: Int)
    /// Well-formed XML that is no XML-RPC.
    case unexpected(String, line: Int)
    /// A text that is no value of its type.
    case badValue(type: String, text: String, line: Int)
    /// Digits beyond 64 bits.
    case integerTooLarge(line: Int)
    /// A document type or entity declaration; neither is ever needed, both are ways to attack a parser.
    case declaration(line: Int)
    /// One of the `DecodingLimits`, or a single tag that no client writes.
    case tooLarge(what: String, limit: Int)
    /// The library could not be set up; memory is out.
    case parserUnavailable
}

extension DecodingError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .malformed(let reason, let line, let column): "\(reason): line \(line), column \(column)"
        case .unexpected(let what, let line): "unexpected \(what): line \(line)"
        case .badValue(let type, let text, let line): "\"\(text)\" is no value of type \(type): line \(line)"
        case .integerTooLarge(let line): "an integer exceeds 64 bits: line \(line)"
        case .declaration(let line): "document types and entity declarations are not accepted: line \(line)"
        case .tooLarge(let what, let limit): "more than \(limit) \(what)"
        case .parserUnavailable: "the XML parser could not be set up"
        }
    }
}
