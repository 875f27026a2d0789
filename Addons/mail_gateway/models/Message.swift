internal import Foundation
internal import ORM
internal import Values

/// One event on a record of any model: an e-mail, a note, a change of state (contract/crm.md §7).
enum Message {
    static let definition = ModelDefinition.introducing("mailgate.message") { model in
        model.title = "Mailgateway Message"
        model.order = "date desc"
        model.fields = [
            .text("name", "Subject", readonly: true),
            .char("model", "Object Name", size: 128, readonly: true, index: .basic),
            .integer("res_id", "Resource ID", readonly: true, index: .basic),
            .char(
                "ref_id", "Reference Id", size: 256, readonly: true, index: .basic,
                help: "The id of the mail that began the exchange."),
            .datetime("date", "Date", readonly: true),
            .boolean("history", "Is History?", readonly: true, help: "Set for e-mails, unset for other events."),
            .many2one("user_id", "User Responsible", to: "res.users", readonly: true),
            .many2one("partner_id", "Partner", to: "res.partner"),
            .text("message", "Description", readonly: true),
            .text("description", "Description", readonly: true),
            .char("email_from", "From", size: 128, readonly: true, help: "Whom the mail came from."),
            .char("email_to", "To", size: 256, readonly: true, help: "Whom the mail went to."),
            .char("email_cc", "Cc", size: 256, readonly: true, help: "Who got a copy that all could see."),
            .char("email_bcc", "Bcc", size: 256, readonly: true, help: "Who got a copy unseen by the others."),
            .char(
                "message_id", "Message Id", size: 1024, readonly: true, index: .basic,
                help: "The mail's own id, which answers refer to."),
            .text("references", "References", readonly: true, help: "The ids of the mails this one answers."),
            .many2many(
                "attachment_ids", "Attachments", of: "ir.attachment",
                through: .init(table: "message_attachment_rel", own: "message_id", other: "attachment_id"),
                readonly: true),
            .computed("display_text", "Display Text", .text, get: displayTexts).with { $0.size = 512 },
        ]
        model.remote = remote
        model.tableSQL = [
            // The lines of one record are asked for by model and number together.
            """
            CREATE INDEX IF NOT EXISTS "mailgate_message_res_id_model_idx" ON "mailgate_message" ("res_id", "model")
            """
        ]
    }

    private static func displayTexts(_ messages: Records) throws -> [RecordID: Value] {
        // Times are stored as the server's; a zone that is not known leaves them so.
        let zone = messages.environment.context["tz"].text.flatMap { TimeZone(identifier: $0) }
        return try messages.map { .text(try displayText(of: $0, in: zone)) }
    }

    /// What a list of messages shows of one.
    private static func displayText(of message: Record, in zone: TimeZone?) throws -> String {
        let stored = try message.text("date")
        let date = stored.map { time in zone.map { MailDate.shown(time, in: $0) } ?? time } ?? "n/a"
        let name = try message.text("name") ?? ""
        let text = try message.text("description") ?? ""
        if try message.flag("history") {
            let sender = try message.text("email_from") ?? "/"
            return "\(sender) wrote on \(date):\n\t\(MessageText.beginning(of: text))"
        }
        let user = try message.one("user_id")?.text("name") ?? ""
        return switch name {
        case "Opportunity": "\(user) on \(date):\n\tConverted to Opportunity"
        case "Note": "\(user) added note on \(date):\n\t\(text)"
        case "Stage": "\(user) on \(date):\n\tChanged Stage to: \(text)"
        default: "\(user) on \(date):\n\tChanged Status to: \(name)"
        }
    }
}

/// Text of messages as lists shorten it.
enum MessageText {
    /// The first three lines, then dots.
    static func beginning(of text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count > 3 else { return text }
        return lines.prefix(3).joined(separator: "\n\t") + "..."
    }
}
