public import ORM

/// The addon `board`: dashboards, notes on them, and how much is going on.
public enum Dashboards {
    public static let addon = AddonModels(
        "board",
        definitions: [
            Board.definition, Board.line, BoardMenu.definition, BoardNote.kind, BoardNote.definition,
            ActivityReport.definition,
        ])
}
