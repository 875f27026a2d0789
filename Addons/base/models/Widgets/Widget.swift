internal import ORM
internal import SQL
internal import Values

/// A panel of the start page that the web client shows; its content is HTML.
enum Widget {
    static let definition = ModelDefinition.introducing("res.widget") { model in
        model.nameField = "title"
        model.fields = [
            .char("title", "Title", size: 64, required: true, translate: true),
            .text("content", "Content", required: true),
        ]
    }
}

/// A panel on a user's start page; without a user it is on everybody's.
enum UserWidget {
    static let definition = ModelDefinition.introducing("res.widget.user") { model in
        model.order = "sequence"
        model.fields = [
            .integer("sequence", "Sequence"),
            .many2one("user_id", "User", to: "res.users", index: .basic),
            .many2one("widget_id", "Widget", to: "res.widget", onDelete: .cascade, required: true),
        ]
        model.overrides.create = { handle, rows, inherited in
            // One after the other: a row may ask for a panel that the row before it has brought.
            try rows.map { row in
                let known = try handle.search(
                    SearchRequest(
                        [
                            ["user_id", "=", row["user_id"] ?? false], ["widget_id", "=", row["widget_id"] ?? false],
                        ], limit: 1))
                return try known.ids.first ?? inherited([row])[0]
            }
        }
    }
}

/// The window in which a user chooses one more panel.
enum WidgetWizard {
    static let definition = ModelDefinition.introducing("res.widget.wizard", transient: true) { model in
        model.title = "Add a widget for User"
        model.fields = [
            .selection("widgets_list", "Widget", .computed(widgets), size: -1, required: true)
        ]
        model.remote = [
            .modelMethod("widgets_list_get", writes: false, [.context]) { environment, _ in
                .list(
                    try environment.search("res.widget").displayNames().sorted { $0.key < $1.key }
                        .map { [.integer($0.key), .text($0.value)] })
            },
            .method("res_widget_add", writes: true, ["ids", .context]) { wizards, _ in
                let environment = wizards.environment
                _ = try environment.records("res.widget.user").create(
                    wizards.map { try $0.value("widgets_list") }.values
                        .map { ["user_id": .integer(environment.uid), "widget_id": $0] })
                return CloseAction.answer
            },
            .modelMethod("action_get", writes: false, [.context]) { environment, _ in
                try WindowAction.read(externalID: "base.action_res_widget_wizard", in: environment)
            },
        ]
    }

    private static func widgets(_ environment: Environment) throws -> [Selection.Option] {
        try environment.options("SELECT \"id\"::text, \"title\" FROM \"res_widget\" ORDER BY \"id\"")
    }
}
