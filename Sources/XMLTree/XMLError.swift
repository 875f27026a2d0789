/// Why a file is no usable XML, with the place.
public enum XMLError: Error, Equatable {
    /// Not well-formed; libxml2's words.
    case malformed(String, file: String, line: Int, column: Int)
    /// A document type; addon files and views need none, and entities of a file's own are a way to attack a parser.
    case declaration(file: String, line: Int)
    /// One of the document's limits, or a tag or comment too long to be read at all.
    case tooLarge(what: String, limit: Int, file: String, line: Int)
    /// No XPath expression, or one whose result is no set of nodes, or one that never comes to an end.
    case badPath(String, file: String, line: Int)
}

extension XMLError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .malformed(let reason, let file, let line, let column): "\(file):\(line):\(column): \(reason)"
        case .declaration(let file, let line): "\(file):\(line): document types are not accepted"
        case .tooLarge(let what, let limit, let file, let line): "\(file):\(line): more than \(limit) \(what)"
        case .badPath(let path, let file, let line): "\(file):\(line): \"\(path)\" is no XPath to elements"
        }
    }
}
