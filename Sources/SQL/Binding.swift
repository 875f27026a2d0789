public import Values

/// A value that travels beside a statement's text, never in it.
public enum Binding: Hashable, Sendable {
    case null
    case boolean(Bool)
    case integer(Int)
    case float(Double)
    case text(String)
    /// An array parameter; its element type is what the statement compares it with.
    case integers([Int])
    case texts([String])
    case floats([Double])
    /// An array of values of one column, for statements that insert or update many rows; nil is NULL.
    case column([String?])

    /// A value of the wire as a parameter: no value is NULL; a list binds as an array of texts or integers, a
    /// dictionary as its Python text.
    public init(_ value: Value) {
        switch value {
        case .null: self = .null
        case .boolean(let value): self = .boolean(value)
        case .integer(let value): self = .integer(value)
        case .float(let value): self = .float(value)
        case .text(let value): self = .text(value)
        case .list(let elements):
            let numbers = elements.compactMap(\.integer)
            self = numbers.count == elements.count ? .integers(numbers) : .texts(elements.map(\.plainText))
        case .dictionary: self = .text(value.pythonText)
        }
    }

    /// The parameter in PostgreSQL's text format; nil is NULL.
    public var wireText: String? {
        switch self {
        case .null: nil
        case .boolean(let value): value ? "t" : "f"
        case .integer(let value): String(value)
        case .float(let value): value.pythonText
        case .text(let value): value
        case .integers(let values): "{" + values.map(String.init).joined(separator: ",") + "}"
        case .floats(let values): "{" + values.map(\.pythonText).joined(separator: ",") + "}"
        case .texts(let values): Self.array(values)
        case .column(let values): Self.array(values)
        }
    }

    private static func array(_ values: [String?]) -> String {
        var text = "{"
        for (index, value) in values.enumerated() {
            if index > 0 { text += "," }
            guard let value else {
                text += "NULL"
                continue
            }
            text += "\""
            for scalar in value.unicodeScalars {
                if scalar == "\"" || scalar == "\\" { text += "\\" }
                text.unicodeScalars.append(scalar)
            }
            text += "\""
        }
        return text + "}"
    }
}
