internal import ORM
internal import Values

/// The window that empties references of partners. It changes nothing, as in OpenERP.
enum ClearIDsWizard {
    static let definition = ModelDefinition.introducing("partner.clear.ids", transient: true) { model in
        model.title = "Clear IDs"
        model.remote = [
            .method("clear_ids", writes: false, ["ids", .context]) { _, _ in [:] }
        ]
    }
}

/// The window for a short message to partners.
enum ShortMessageWizard {
    static let definition = ModelDefinition.introducing("partner.sms.send", transient: true) { model in
        model.title = "Send SMS"
        model.fields = [
            .char("mobile_to", "To", size: 256, required: true, default: .computed(mobile)),
            .char("app_id", "API ID", size: 256, required: true),
            .char("user", "Login", size: 256, required: true),
            .char("password", "Password", size: 256, required: true),
            .text("text", "SMS Message", required: true),
        ]
        model.remote = [
            .method("sms_send", writes: true, ["ids", .context]) { _, _ in
                throw UserError("Error", "This server knows no service that sends short messages.")
            }
        ]
    }

    /// The mobile number of the partner the window was opened from.
    private static func mobile(_ environment: Environment) throws -> Value {
        guard let id = environment.context["active_id"].recordID else { return false }
        return try environment.record("res.partner", id).text("mobile").map { .text($0) } ?? false
    }
}

/// The window for a mail to all addresses of partners.
enum MassMailingWizard {
    static let definition = ModelDefinition.introducing("partner.wizard.spam", transient: true) { model in
        model.title = "Mass Mailing"
        model.fields = [
            .char("email_from", "Sender's email", size: 256, required: true),
            .char("subject", "Subject", size: 256, required: true),
            .text("text", "Message", required: true),
        ]
        model.remote = [
            .method("mass_mail_send", writes: true, ["ids", .context]) { _, _ in
                throw UserError("Error", "This server cannot send mails yet.")
            }
        ]
    }
}
