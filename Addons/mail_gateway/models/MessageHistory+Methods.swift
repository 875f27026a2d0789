internal import Foundation
public import ORM
internal import Values

extension MessageHistory {
    /// What clients may ask of every model whose records have messages (contract/crm.md §2, §7).
    public static let methods: [RemoteMethod] = [
        .method(
            "history", writes: true,
            [
                "cases", "keyword", .optional("history", false), .optional("subject"), .optional("email", false),
                .optional("details"), .optional("email_from", false), .optional("message_id", false),
                .optional("references"), .optional("attach"), .optional("email_cc"), .optional("email_bcc"),
                .optional("email_date"), .context,
            ]
        ) { records, arguments in
            if arguments["history"].isTruthy {
                try add(mail(arguments), to: records)
            } else {
                try add(
                    arguments["keyword"].plainText, to: records, details: words(arguments["details"]),
                    attachments: attachments(arguments["attach"]))
            }
            return true
        },
        // The original answers integer keys, which XML-RPC cannot carry.
        .method("message_followers", writes: false, ["ids", .context]) { records, _ in
            let hasCopies = records.model.field("email_cc") != nil
            var followers: [String: Value] = [:]
            for record in records {
                followers[String(record.id)] = [
                    hasCopies ? try record.value("email_cc") : false,
                    try responsibleAddress(of: record),
                ]
            }
            return .dictionary(followers)
        },
    ]

    private static func mail(_ arguments: Arguments) throws -> Mail {
        var mail = Mail()
        mail.subject = words(arguments["subject"])
        mail.text = words(arguments["details"])
        mail.sender = words(arguments["email_from"])
        mail.recipients = words(arguments["email"])
        mail.copies = words(arguments["email_cc"])
        mail.blindCopies = words(arguments["email_bcc"])
        mail.messageID = words(arguments["message_id"])
        mail.references = words(arguments["references"])
        mail.date = words(arguments["email_date"])
        mail.attachments = try attachments(arguments["attach"])
        return mail
    }

    /// The text, or several joined by commas; nil when there is none.
    private static func words(_ value: Value) -> String? {
        guard value.isTruthy else { return nil }
        return value.list.map { $0.map(\.plainText).joined(separator: ", ") } ?? value.plainText
    }

    /// Pairs of a name and the file's bytes, which come as text.
    private static func attachments(_ value: Value) throws -> [Mail.Attachment] {
        guard value.isTruthy else { return [] }
        guard let pairs = value.list else { throw ORMError.badValue("attach is no list of names and contents") }
        return try pairs.map { pair in
            guard let parts = pair.list, parts.count == 2, let name = parts[0].text, let content = parts[1].text else {
                throw ORMError.badValue("an attachment is a name and a content")
            }
            return Mail.Attachment(name: name, content: Data(content.utf8).base64EncodedString())
        }
    }
}
