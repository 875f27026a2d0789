internal import ORM
internal import Values

/// What a message leads to: the windows clients open from it (contract/crm.md §7).
extension Message {
    static let remote: [RemoteMethod] = [
        .method("open_document", writes: false, ["ids", .context]) { messages, _ in
            guard let message = messages.first, let model = try message.text("model"),
                case let id = try message.integer("res_id"), id > 0
            else { return false }
            let actions = try messages.environment.search(
                "ir.actions.act_window", [["res_model", "=", .text(model)]], limit: 1, order: "id")
            return try window(actions, showing: [id])
        },
        .method("open_attachment", writes: false, ["ids", .context]) { messages, _ in
            let files = try messages.first?.many("attachment_ids").ids ?? []
            let action = try messages.environment.record(externalID: "base.action_attachment")
            return try window(action?.alone, showing: files)
        },
    ]

    /// All of an action as clients read it, with just these records in its window; False without an action.
    private static func window(_ actions: Records?, showing ids: [RecordID]) throws -> Value {
        guard var action = try actions?.read().dictionaries().first else { return false }
        let domain =
            ids.count == 1 ? "('id','=',\(ids[0]))" : "('id','in',[\(ids.map(String.init).joined(separator: ","))])"
        action["domain"] = .text("[\(domain)]")
        return .dictionary(action)
    }
}
