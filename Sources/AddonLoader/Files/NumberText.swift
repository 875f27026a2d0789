internal import Foundation
internal import ORM
internal import Values

/// Numbers as data files write them; nil for anything else.
enum NumberText {
    static func integer(_ text: String) -> Int? { Int(text.trimmingCharacters(in: .whitespacesAndNewlines)) }

    /// Decimal, with an exponent if need be; neither hexadecimal nor `nan`.
    static func float(_ text: String) -> Double? {
        let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard trimmed.allSatisfy({ "0123456789+-.eE".contains($0) }) else { return nil }
        return Double(trimmed).flatMap { $0.isFinite ? $0 : nil }
    }

    /// - Throws: `LoadError.malformed`, with the field's name where there is one.
    static func integerValue(_ text: String, for field: FieldName? = nil, at place: SourcePlace) throws -> Value {
        .integer(try require(integer(text), "integer", text, field, place))
    }

    /// - Throws: `LoadError.malformed`, with the field's name where there is one.
    static func floatValue(_ text: String, for field: FieldName? = nil, at place: SourcePlace) throws -> Value {
        .float(try require(float(text), "number", text, field, place))
    }

    private static func require<Number>(
        _ number: Number?, _ kind: String, _ text: String, _ field: FieldName?, _ place: SourcePlace
    ) throws -> Number {
        guard let number else {
            throw LoadError.malformed("\"\(text)\" is no \(kind)\(field.map { " for \($0)" } ?? "")", at: place)
        }
        return number
    }
}
