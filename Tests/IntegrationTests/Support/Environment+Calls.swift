import ORM
import Values

extension Environment {
    /// Calls a method as a client does.
    @discardableResult
    func call(_ model: ModelName, _ method: String, _ arguments: Value...) throws -> Value {
        try RemoteCall(method, of: model, in: registry, positional: arguments).run(in: self).value
    }

    /// Some fields of one record, as a client reads them.
    func read(_ model: ModelName, _ id: RecordID, _ fields: [FieldName]) throws -> [String: Value] {
        try call(model, "read", .integer(id), .list(fields.map { .text($0) })).dictionary ?? [:]
    }

    /// What is written down about a record, oldest first.
    func messages(_ model: ModelName, _ id: RecordID) throws -> [String] {
        let found = try superuser.search(
            "mailgate.message", [["model", "=", .text(model)], ["res_id", "=", .integer(id)]], order: "id")
        return try found.map { try $0.text("name") ?? "" as String }.sorted { $0.key < $1.key }.map(\.value)
    }

    /// The record an external id stands for.
    ///
    /// - Throws: `MissingRecord`.
    func demo(_ externalID: String) throws -> RecordID {
        guard let record = try record(externalID: externalID) else { throw MissingRecord(externalID: externalID) }
        return record.id
    }
}

/// A record that the addons' data should bring is not there.
struct MissingRecord: Error {
    let externalID: String
}
