public import ORM
internal import Values

/// Writes down what happened to records, one message each, one statement for all of them.
public enum MessageHistory {
    /// Adds an event such as `Open` or `Stage` to each record.
    ///
    /// - Parameter details: The message's text; nil takes the record's own description, where it has one.
    public static func add(_ keyword: String, to records: Records, details: String? = nil) throws {
        if records.isEmpty { return }
        let now = Timestamp.now()
        let model = records.model
        let rows = try Array(records).map { record -> FieldValues in
            var row: FieldValues = [
                "name": .text(keyword), "date": .text(now), "model": .text(model.name), "res_id": .integer(record.id),
                "user_id": .integer(record.environment.uid), "history": false,
            ]
            if let details {
                row["description"] = .text(details)
            } else if model.field("description") != nil {
                row["description"] = try record.value("description")
            }
            if model.field("partner_id") != nil { row["partner_id"] = try record.value("partner_id") }
            return row
        }
        _ = try records.environment.records("mailgate.message").create(rows)
    }
}
