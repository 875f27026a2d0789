/// A piece of SQL as a value: text, bound parameters and spliced pieces, rendered once at the end.
///
///     let statement: SQL = "SELECT \(column: "id") FROM \(table: "res_partner") WHERE \(column: "name") = \(name)"
///
/// `\(value)` binds, `\(piece)` splices another `SQL`, `\(column:)` and `\(table:)` quote an identifier. Only
/// `\(trusted:)` takes a string as SQL text: it is for text from definitions in source, never for input.
/// Lists bind as one array (`= ANY(\(ids))`), so that the statement's text, and with it the prepared statement, is the
/// same for every length.
public struct SQL: Hashable, Sendable, ExpressibleByStringInterpolation {
    enum Segment: Hashable, Sendable {
        case text(String)
        case binding(Binding)
    }

    var segments: [Segment]

    init(segments: [Segment]) { self.segments = segments }

    public init(stringLiteral value: String) { segments = [.text(value)] }
    public init(stringInterpolation: Interpolation) { segments = stringInterpolation.segments }

    /// Nothing; joins and splices as no text at all.
    public static let empty = SQL(segments: [])

    /// SQL text from a definition in source code. Never pass input.
    public init(trusted text: String) { segments = [.text(text)] }

    /// True when there is neither text nor a parameter.
    public var isEmpty: Bool { segments.isEmpty }

    public static func + (first: SQL, second: SQL) -> SQL { SQL(segments: first.segments + second.segments) }
    public static func += (first: inout SQL, second: SQL) { first.segments += second.segments }

    /// The name in double quotes, inner quotes doubled: the only way a name becomes SQL.
    public static func quoted(_ name: String) -> SQL {
        SQL(trusted: quotedName(name))
    }

    static func quotedName(_ name: String) -> String {
        var text = "\""
        for character in name.unicodeScalars {
            if character == "\"" { text += "\"" }
            text.unicodeScalars.append(character)
        }
        return text + "\""
    }
}

extension SQL {
    /// Builds the segments of an interpolated literal.
    public struct Interpolation: StringInterpolationProtocol {
        var segments: [Segment] = []

        public init(literalCapacity: Int, interpolationCount: Int) {
            segments.reserveCapacity(interpolationCount * 2 + 1)
        }

        public mutating func appendLiteral(_ literal: String) {
            if !literal.isEmpty { segments.append(.text(literal)) }
        }

        public mutating func appendInterpolation(_ piece: SQL) { segments += piece.segments }
        public mutating func appendInterpolation(column name: String) { segments.append(.text(SQL.quotedName(name))) }
        public mutating func appendInterpolation(table name: String) { segments.append(.text(SQL.quotedName(name))) }
        public mutating func appendInterpolation(trusted text: String) { segments.append(.text(text)) }
        public mutating func appendInterpolation(_ value: Binding) { segments.append(.binding(value)) }
        public mutating func appendInterpolation(_ value: String) { segments.append(.binding(.text(value))) }
        public mutating func appendInterpolation(_ value: Int) { segments.append(.binding(.integer(value))) }
        public mutating func appendInterpolation(_ value: Double) { segments.append(.binding(.float(value))) }
        public mutating func appendInterpolation(_ value: Bool) { segments.append(.binding(.boolean(value))) }
        public mutating func appendInterpolation(_ value: [Int]) { segments.append(.binding(.integers(value))) }
        public mutating func appendInterpolation(_ value: [String]) { segments.append(.binding(.texts(value))) }
    }

    /// Text with `$1`, `$2` … and the parameters in that order.
    public struct Rendered: Hashable, Sendable {
        public let text: String
        public let bindings: [Binding]
    }

    /// Renders the statement; linear in its length.
    public func rendered() -> Rendered {
        var text = ""
        var bindings: [Binding] = []
        for segment in segments {
            switch segment {
            case .text(let piece): text += piece
            case .binding(let value):
                bindings.append(value)
                text += "$"
                text += String(bindings.count)
            }
        }
        return Rendered(text: text, bindings: bindings)
    }
}

extension Sequence<SQL> {
    /// The pieces with `separator` between them; `SQL.empty` when there are none.
    public func joined(by separator: String) -> SQL {
        var segments: [SQL.Segment] = []
        for piece in self {
            if !segments.isEmpty { segments.append(.text(separator)) }
            segments += piece.segments
        }
        return SQL(segments: segments)
    }
}
