internal import ORM
internal import Values

/// A note for everybody who looks at a dashboard, and the kinds of notes there are.
enum BoardNote {
    static let kind = ModelDefinition.introducing("board.note.type") { model in
        model.title = "Note Type"
        model.fields = [.char("name", "Note Type", size: 64, required: true)]
    }

    static let definition = ModelDefinition.introducing("board.note") { model in
        model.title = "Note"
        model.fields = [
            .char("name", "Subject", size: 128, required: true),
            .text("note", "Note"),
            .many2one("user_id", "Author", to: "res.users", default: .caller).with { $0.size = 64 },
            .date("date", "Date", required: true, default: .today).with { $0.size = 64 },
            .selection("type", "Note type", .computed(kinds), size: 64),
        ]
    }

    /// A note keeps the name of its kind.
    @Sendable private static func kinds(_ environment: Environment) throws -> [Selection.Option] {
        let kinds = try environment.superuser.search("board.note.type", order: "id")
        return try kinds.compactMap { try $0.text("name") }.distinct.map { Selection.Option($0, $0) }
    }
}
