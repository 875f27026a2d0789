internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values

/// What a menu entry opens. It is kept as a stored value `Menuitem`, not in the menu's own table.
extension Menu {
    private static let actionModelNames = [
        "ir.actions.report.xml", "ir.actions.act_window", "ir.actions.wizard", "ir.actions.url", "ir.actions.server",
    ]

    /// The kinds of action a menu may open.
    static let actionModels = Selection.fixed(actionModelNames.map { Selection.Option($0, $0) })

    static func actions(_ menus: Records) throws -> [RecordID: Value] {
        try actionTexts(of: menus.ids, in: menus.environment).mapValues { .text($0) }
    }

    /// `model,id` of what each menu opens; menus that open nothing are absent.
    static func actionTexts(of menus: [RecordID], in environment: Environment) throws -> [RecordID: String] {
        let result = try environment.rows(
            """
            SELECT DISTINCT ON ("res_id") "res_id", "value" FROM "ir_values" \
            WHERE \(isMenuItem) AND "res_id" = ANY(\(menus)) ORDER BY "res_id", "id"
            """)
        return result.byID { row in result.text(row, 1).flatMap { $0.isEmpty ? nil : $0 } }
    }

    static func storeAction(_ menus: Records, _ value: Value) throws {
        let environment = menus.environment
        if value.isTruthy { try check(action: value.plainText) }
        try environment.rows("DELETE FROM \"ir_values\" WHERE \(isMenuItem) AND \"res_id\" = ANY(\(menus.ids))")
        if !value.isTruthy { return }
        try environment.rows(
            """
            INSERT INTO "ir_values" ("name", "key", "key2", "model", "value", "object", "res_id", "create_uid", \
            "create_date") SELECT 'Menuitem', 'action', 'tree_but_open', 'ir.ui.menu', \(value.plainText)::text, TRUE, \
            "id", \(environment.uid)::int, now() FROM unnest(\(menus.ids)::int[]) AS "menu"("id")
            """)
    }

    private static let isMenuItem: SQL =
        "\"model\" = 'ir.ui.menu' AND \"key\" = 'action' AND \"key2\" = 'tree_but_open'"

    private static func check(action text: String) throws {
        guard let action = ActionReference(text), actionModelNames.contains(action.model) else {
            throw ORMError.notInSelection(value: text, field: "action")
        }
    }
}

/// An action as text names it: `ir.actions.act_window,12`.
struct ActionReference: Hashable {
    let model: ModelName
    let id: RecordID

    /// nil unless the text is a name, a comma and a number above 0.
    init?(_ text: String) {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, let id = Int(parts[1]), id > 0 else { return nil }
        model = String(parts[0])
        self.id = id
    }
}
