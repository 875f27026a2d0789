internal import ORM
internal import Values

/// A menu entry that a user keeps within reach.
enum Shortcut {
    static let definition = ModelDefinition.introducing("ir.ui.view_sc") { model in
        model.order = "sequence,name"
        model.fields = [
            .char("name", "Shortcut Name", size: 64),
            .integer("res_id", "Resource Ref.", help: "The number of the record it leads to."),
            .integer("sequence", "Sequence"),
            .many2one(
                "user_id", "User Ref.", to: "res.users", onDelete: .cascade, required: true, index: .yes,
                default: .caller),
            .char("resource", "Resource Name", size: 64, required: true, index: .yes, default: "ir.ui.menu"),
        ]
        model.constraints = [
            .sql(
                "shortcut_unique", "unique(res_id, resource, user_id)",
                message: "Shortcut for this menu already exists!")
        ]
        model.remote = [
            .modelMethod("get_sc", writes: false, ["user_id", .optional("model", "ir.ui.menu"), .context], list)
        ]
    }

    /// A user's shortcuts under the present names of what they lead to; those that lead nowhere are left out.
    private static func list(_ environment: Environment, _ arguments: Arguments) throws -> Value {
        let resource = arguments["model"].plainText
        let target = try environment.registry.model(resource)
        let shortcuts = try environment.search(
            "ir.ui.view_sc", [["user_id", "=", arguments["user_id"]], ["resource", "=", .text(resource)]])
        let records = try environment.records(target.name, shortcuts.map { try $0.integer("res_id") }.values.sorted())
        var names: [RecordID: Value] = [:]
        for row in try records.read([target.nameField]).dictionaries() {
            if let id = row["id"]?.integer { names[id] = row[target.nameField] }
        }
        return .list(
            try shortcuts.compactMap { shortcut in
                let target = try shortcut.integer("res_id")
                return names[target].map { ["res_id": .integer(target), "id": .integer(shortcut.id), "name": $0] }
            })
    }
}
