public import XMLTree

/// Why a view cannot be used.
public enum ViewError: Error, Equatable {
    case unreadable(XMLError)
    /// No element of the view is the one an extension means.
    case notFound(tag: String)
    case invalidPosition(String)
    /// An extension takes away the outermost element and puts nothing there, or puts something beside it.
    case noRoot(tag: String)
    /// Extensions, each small enough, that make too deep a view together.
    case tooDeep(limit: Int)
    /// An element, attribute or value that no client knows.
    case invalid(String, line: Int)
}

extension ViewError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unreadable(let error): error.description
        case .notFound(let tag): "Element '\(tag)' not found"
        case .invalidPosition(let position): "Invalid position value: '\(position)'"
        case .noRoot(let tag): "'\(tag)' would leave the view without its outermost element, or with two"
        case .tooDeep(let limit): "more than \(limit) elements within one another"
        case .invalid(let reason, let line): "line \(line): \(reason)"
        }
    }
}
