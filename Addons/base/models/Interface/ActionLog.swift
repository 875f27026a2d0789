internal import ORM
internal import Values

/// What the server tells a user of his own doings: clients fetch unread lines after each click and show them once
/// (contract/views.md §7).
enum ActionLog {
    /// Keys of a context that say nothing of what was done.
    private static let fleetingKeys: Set<String> = ["tz", "lang", "client", "bin_size", "_terp_view_name"]
    private static let contextSize = 250

    static let definition = ModelDefinition.introducing("res.log") { model in
        model.order = "create_date desc"
        model.fields = [
            .char("name", "Message", size: 250, required: true, index: .basic),
            .many2one("user_id", "User", to: "res.users", default: .caller),
            .char("res_model", "Object", size: 128, index: .basic),
            .char("context", "Context", size: 250, default: "{}"),
            .integer("res_id", "Object ID"),
            .boolean("secondary", "Secondary Log"),
            .datetime("create_date", "Creation Date", readonly: true, index: .basic),
            .boolean("read", "Read"),
        ]
        model.overrides.create = { handle, rows, inherited in
            let context = handle.environment.context
            var extra: FieldValues = ["context": .text(storedContext(context))]
            // An import or an installation tells nothing of each record.
            if context["res_log_read"].isTruthy { extra["read"] = true }
            return try inherited(rows.map { $0.merging(extra) { given, _ in given } })
        }
        model.remote = [
            .modelMethod("get", writes: true, [.context]) { environment, _ in try unread(environment) }
        ]
    }

    /// The context as Python text, as far as it fits.
    private static func storedContext(_ context: Context) -> String {
        let kept = context.values.filter { !fleetingKeys.contains($0.key) }
        let text = Value.dictionary(kept).pythonText
        return text.unicodeScalars.count > contextSize ? "{}" : text
    }

    /// The caller's unread lines in the order they came, of each record the newest alone; from now on they are read.
    private static func unread(_ environment: Environment) throws -> Value {
        let lines = try environment.search(
            "res.log", [["user_id", "=", .integer(environment.uid)], ["read", "=", false]],
            order: "create_date desc, id desc")
        var seen: Set<[Value]> = []
        var told: [Value] = []
        for line in lines {
            let record = [try line.value("res_model"), try line.value("res_id")]
            guard seen.insert(record).inserted else { continue }
            told.append([
                "id": .integer(line.id), "name": try line.value("name"), "res_model": record[0], "res_id": record[1],
                "context": try line.value("context"),
            ])
        }
        try lines.write(["read": true])
        return .list(told.reversed())
    }
}
