internal import ORM
internal import Values

/// An e-mail as the history of a record keeps it; that it is written down sends nothing.
public struct Mail: Sendable {
    public var subject: String?
    /// What the mail says; nil takes the record's own description, where it has one.
    public var text: String?
    /// nil takes the mail address of who is responsible for the record.
    public var sender: String?
    /// Addresses separated by commas, as are those of the copies.
    public var recipients: String?
    public var copies: String?
    public var blindCopies: String?
    public var messageID: String?
    /// The ids of the mails this one answers to, as its header has them.
    public var references: String?
    /// The mail's own date header, as `MailDate` reads it; what it cannot read counts as now.
    public var date: String?
    public var attachments: [Attachment] = []

    public init() {}

    /// What the fields of a message hold, but for those that its record decides.
    var values: FieldValues {
        var values: FieldValues = ["name": .text(subject ?? "History"), "history": true]
        let parts: [(FieldName, String?)] = [
            ("email_from", sender), ("email_to", recipients), ("email_cc", copies), ("email_bcc", blindCopies),
            ("message_id", messageID), ("references", references),
        ]
        for (field, part) in parts { values[field] = part.map { .text($0) } }
        values["date"] = .text(date.flatMap { MailDate.serverTime(of: $0) } ?? Timestamp.now())
        return values
    }
}
