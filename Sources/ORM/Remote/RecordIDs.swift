internal import Values

/// Reads the ids a client sent: one, or a list; numbers, digit texts or dictionaries with `id` (contract/orm.md §4).
struct RecordIDs {
    let ids: [RecordID]
    /// True when one bare id was sent, which `read` answers by one dictionary.
    let isSingle: Bool

    /// - Throws: `ORMError.badValue` for anything that names no record of the model.
    init(_ value: Value, of model: Model) throws {
        if case .list(let elements) = value {
            ids = try elements.map { try Self.id($0, of: model) }
            isSingle = false
        } else {
            ids = [try Self.id(value, of: model)]
            isSingle = true
        }
    }

    /// The ids a client sent; none for no value at all.
    ///
    /// - Throws: As `init`.
    static func list(_ value: Value, of model: Model) throws -> [RecordID] {
        value.isAbsent ? [] : try RecordIDs(value, of: model).ids
    }

    private static func id(_ value: Value, of model: Model) throws -> RecordID {
        let number = value.dictionary?["id"] ?? value
        if let clientID = model.clientID, let id = number.text.flatMap(clientID) { return id }
        guard let id = number.recordID, Int32(exactly: id) != nil else {
            throw ORMError.badValue("invalid input syntax for type integer: \"\(number.plainText)\"")
        }
        return id
    }
}
