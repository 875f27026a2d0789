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
                    arguments["keyword"].plainText, to: records, details: arguments["details"].joinedText,
                    attachments: Mail.Attachment.all(in: arguments["attach"]))
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
        mail.subject = arguments["subject"].joinedText
        mail.text = arguments["details"].joinedText
        mail.sender = arguments["email_from"].joinedText
        mail.recipients = arguments["email"].joinedText
        mail.copies = arguments["email_cc"].joinedText
        mail.blindCopies = arguments["email_bcc"].joinedText
        mail.messageID = arguments["message_id"].joinedText
        mail.references = arguments["references"].joinedText
        mail.date = arguments["email_date"].joinedText
        mail.attachments = try Mail.Attachment.all(in: arguments["attach"])
        return mail
    }
}

extension Value {
    /// The text, or several joined by commas; nil when there is none.
    fileprivate var joinedText: String? {
        guard isTruthy else { return nil }
        return list.map { $0.map(\.plainText).joined(separator: ", ") } ?? plainText
    }
}
