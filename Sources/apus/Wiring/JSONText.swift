internal import Foundation
internal import Values

/// Values as JSON, for the command line.
enum JSONText {
    /// - Throws: `CommandError.badArgument` when the text is no JSON.
    static func value(of text: String) throws -> Value {
        do {
            return try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8)).value
        } catch {
            throw CommandError.badArgument("the arguments are no JSON: \(text)")
        }
    }

    static func text(of value: Value) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        // Infinite numbers are all that JSON cannot write.
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        let data = (try? encoder.encode(JSONValue(value: value))) ?? Data()
        return String(decoding: data, as: UTF8.self)
    }
}

/// A value with JSON's coding.
private struct JSONValue: Codable {
    let value: Value

    init(value: Value) { self.value = value }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            value = .null
        } else if let flag = try? container.decode(Bool.self) {
            value = .boolean(flag)
        } else if let number = try? container.decode(Int.self) {
            value = .integer(number)
        } else if let number = try? container.decode(Double.self) {
            value = .float(number)
        } else if let text = try? container.decode(String.self) {
            value = .text(text)
        } else if let list = try? container.decode([JSONValue].self) {
            value = .list(list.map(\.value))
        } else {
            value = .dictionary(try container.decode([String: JSONValue].self).mapValues(\.value))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch value {
        case .null: try container.encodeNil()
        case .boolean(let flag): try container.encode(flag)
        case .integer(let number): try container.encode(number)
        case .float(let number): try container.encode(number)
        case .text(let text): try container.encode(text)
        case .list(let list): try container.encode(list.map(JSONValue.init(value:)))
        case .dictionary(let members): try container.encode(members.mapValues(JSONValue.init(value:)))
        }
    }
}
