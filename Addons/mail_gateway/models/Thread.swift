internal import ORM
internal import Values

/// A record that messages belong to; models that have them take over its methods (`MessageHistory.methods`).
enum Thread {
    static let definition = ModelDefinition.introducing("mailgate.thread") { model in
        model.title = "Mailgateway Thread"
        model.fields = [
            .one2many("message_ids", "Messages", of: "mailgate.message", inverse: "res_id", readonly: true)
        ]
        model.overrides.copy = { _, values, inherited in
            // What was said stays with the original.
            try inherited(values.merging(["message_ids": []]) { given, _ in given })
        }
        model.remote = MessageHistory.methods
    }
}
