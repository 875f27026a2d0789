public import ORM
internal import Values

/// The addon `mail_gateway`: messages on records of any model.
public enum MailGateway {
    public static let addon = AddonModels(
        "mail_gateway", definitions: [Message.definition, Thread.definition, MailTools.definition, partner])

    private static let partner = ModelDefinition.extending("res.partner") { model in
        model.fields = [
            .one2many(
                "emails", "Emails", of: "mailgate.message", inverse: "partner_id", readonly: true,
                domain: [["history", "=", true]])
        ]
    }
}
