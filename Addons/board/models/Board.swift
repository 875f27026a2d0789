internal import ORM
internal import Values

/// A dashboard: window actions side by side. A view of its own, made from its lines, shows it.
enum Board {
    static let definition = ModelDefinition.introducing("board.board") { model in
        model.title = "Board"
        model.fields = [
            .char("name", "Dashboard", size: 64, required: true, default: "Dashboard"),
            .many2one("view_id", "Board View", to: "ir.ui.view"),
            .one2many("line_ids", "Action Views", of: "board.board.line", inverse: "board_id"),
        ]
        model.overrides.create = { boards, rows, inherited in
            let ids = try inherited(rows)
            try draw(boards.other(ids))
            return ids
        }
        model.overrides.write = { boards, values, inherited in
            try inherited(boards, values)
            // What `draw` itself writes changes nothing that is drawn.
            if Set(values.keys) != ["view_id"] { try draw(boards.refreshed) }
        }
        model.overrides.copy = { _, values, inherited in
            try inherited(values.merging(["view_id": false]) { given, _ in given })
        }
        model.remote = [
            .method("create_view", writes: true, ["ids", .context]) { boards, _ in
                try draw(boards)
                return try boards.refreshed.first?.one("view_id").map { .integer($0.id) } ?? false
            }
        ]
    }

    static let line = ModelDefinition.introducing("board.board.line") { model in
        model.title = "Board Line"
        model.order = "position,sequence"
        model.fields = [
            .char("name", "Title", size: 64, required: true),
            .integer("sequence", "Sequence", help: "Lines with lower numbers stand higher."),
            .integer("height", "Height"),
            .integer("width", "Width"),
            .many2one("board_id", "Dashboard", to: "board.board", onDelete: .cascade, required: true),
            .many2one("action_id", "Action", to: "ir.actions.act_window", required: true),
            .selection(
                "position", "Position", ["left": "Left", "right": "Right"], required: true, default: "left"),
        ]
    }

    // MARK: - Views

    /// Makes the boards' views, or brings them up to date; as the superuser, since views are not the caller's to write.
    private static func draw(_ boards: Records) throws {
        let views = try boards.environment.superuser.records("ir.ui.view")
        var undrawn: [(board: Record, view: FieldValues)] = []
        for board in boards {
            let name = Value.text(try board.text("name") ?? "")
            let arch = Value.text(try arch(of: board))
            if let view = try board.one("view_id"), try isDrawn(view) {
                // Each view has an arch of its own.
                try views.other([view.id]).write(["name": name, "arch": arch])
            } else {
                undrawn.append(
                    (board, ["name": name, "model": "board.board", "priority": 16, "type": "form", "arch": arch]))
            }
        }
        let ids = try views.create(undrawn.map(\.view))
        for (undrawn, id) in zip(undrawn, ids) { try undrawn.board.write(["view_id": .integer(id)]) }
    }

    /// Whether a view is one that was made for a board. Who may change boards may name any view, and shall not overwrite
    /// it by that.
    private static func isDrawn(_ view: Record) throws -> Bool {
        let view = try view.environment.superuser.record("ir.ui.view", view.id)
        guard try view.text("model") == "board.board" else { return false }
        let externalIDs = view.environment.registry.ports.externalIDs
        return try externalIDs.names(of: view.alone)[view.id]?.isEmpty != false
    }

    /// `<form>` with the lines' actions in two columns.
    private static func arch(of board: Record) throws -> String {
        let lines = try board.many("line_ids")
        func column(_ position: String) throws -> String {
            try lines.filter { try $0.text("position") == position }.map { line in
                let (width, height) = (try line.integer("width"), try line.integer("height"))
                let size =
                    (width > 0 ? " width=\"\(width)\"" : "") + (height > 0 ? " height=\"\(height)\"" : "")
                return """
                            <action string="\(escaped(try line.text("name") ?? ""))" \
                    name="\(try line.one("action_id")?.id ?? 0)" colspan="4"\(size)/>

                    """
            }.joined()
        }
        return """
            <?xml version="1.0"?>
            <form string="\(escaped(try board.text("name") ?? ""))">
                <hpaned>
                    <child1>
            \(try column("left"))        </child1>
                    <child2>
            \(try column("right"))        </child2>
                </hpaned>
            </form>

            """
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }
}
