internal import ORM
internal import Values

/// A record that messages belong to; models that have them inherit its field.
enum Thread {
    static let definition = ModelDefinition.introducing("mailgate.thread") { model in
        model.title = "Mailgateway Thread"
        model.fields = [
            .one2many("message_ids", "Messages", of: "mailgate.message", inverse: "res_id", readonly: true)
        ]
    }
}
