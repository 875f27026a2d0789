public import ORM
internal import PostgreSQL
internal import SQL
public import Values

/// Writes down what happened to records, one message each, one statement for all of them.
public enum MessageHistory {
    /// Adds an event such as `Open` or `Stage` to each record.
    ///
    /// - Parameter details: The message's text; nil takes the record's own description, where it has one.
    public static func add(
        _ keyword: String, to records: Records, details: String? = nil, attachments: [Mail.Attachment] = []
    ) throws {
        let event: FieldValues = ["name": .text(keyword), "date": .text(Timestamp.now()), "history": false]
        try add(event, to: records, text: details, attachments: attachments)
    }

    /// Adds a mail that was sent or received to each record (contract/crm.md §7).
    public static func add(_ mail: Mail, to records: Records) throws {
        try add(mail.values, to: records, text: mail.text, attachments: mail.attachments)
    }

    /// The mail address of who is responsible for a record; False without one.
    public static func responsibleAddress(of record: Record) throws -> Value {
        guard record.model.field("user_id")?.kind.target == "res.users" else { return false }
        return try record.one("user_id")?.value("user_email") ?? false
    }

    private static func add(
        _ values: FieldValues, to records: Records, text: String?, attachments: [Mail.Attachment]
    ) throws {
        if records.isEmpty { return }
        let model = records.model
        let files = try attach(attachments, to: records)
        let rows = try Array(records).map { record -> FieldValues in
            var row = values
            row["model"] = .text(model.name)
            row["res_id"] = .integer(record.id)
            row["user_id"] = .integer(record.environment.uid)
            if let text {
                row["description"] = .text(text)
            } else if model.field("description") != nil {
                row["description"] = try record.value("description")
            }
            if model.name == "res.partner" {
                row["partner_id"] = .integer(record.id)
            } else if model.field("partner_id") != nil {
                row["partner_id"] = try record.value("partner_id")
            }
            if row["history"] == true, row["email_from"] == nil {
                row["email_from"] = try responsibleAddress(of: record)
            }
            return row
        }
        let messages = try records.environment.records("mailgate.message").create(rows)
        let links = zip(messages, records.ids).flatMap { message, id in (files[id] ?? []).map { (message, $0) } }
        if links.isEmpty { return }
        // One statement for all: commands of the field would take two for each message.
        try records.environment.rows(
            """
            INSERT INTO "message_attachment_rel" ("message_id", "attachment_id") \
            SELECT * FROM unnest(\(links.map(\.0))::integer[], \(links.map(\.1))::integer[])
            """)
    }

    /// Gives each record a copy of each file; the new attachments by record.
    @discardableResult
    public static func attach(
        _ files: [Mail.Attachment], to records: Records, description: String? = nil
    ) throws -> [RecordID: [RecordID]] {
        if files.isEmpty { return [:] }
        let pairs = records.ids.flatMap { id in files.map { (id: id, file: $0) } }
        let ids = try records.environment.records("ir.attachment").create(
            pairs.map { id, file in
                [
                    "name": .text(file.name), "datas": .text(file.content), "datas_fname": .text(file.name),
                    "res_model": .text(records.model.name), "res_id": .integer(id),
                    "description": description.map { .text($0) } ?? false,
                ]
            })
        return Dictionary(zip(pairs.map(\.id), ids.map { [$0] })) { $0 + $1 }
    }
}
