/// Why a file is no usable XML, with the place.
public enum XMLError: Error, Equatable {
    case malformed(String, file: String, line: Int, column: Int)
    /// A document type or an entity of its own; addon files need neither.
    case declaration(file: String)
    case tooLarge(what: String, limit: Int, file: String)
    case badPath(String)
}

extension XMLError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .malformed(let reason, let file, let line, let column): "\(file):\(line):\(column): \(reason)"
        case .declaration(let file): "\(file): document types and entity declarations are not accepted"
        case .tooLarge(let what, let limit, let file): "\(file): more than \(limit) \(what)"
        case .badPath(let path): "\"\(path)\" is no XPath expression"
        }
    }
}
