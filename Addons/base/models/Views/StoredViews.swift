internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values

/// A stored view with all that inherit from it.
struct StoredViews {
    struct View {
        let id: RecordID
        let name: String
        let type: String
        let model: ModelName
        let fieldParent: String?
        let text: String
        /// `module.name`; empty for views that people have made.
        let externalID: String
    }

    /// The one that inherits from none.
    let root: View
    private var heirs: [RecordID: [View]] = [:]

    /// One statement: the view named, or the model's first one of a type; from there up to the one it inherits from, and
    /// down to all of the model's that inherit from that.
    static func statement(model: ModelName, id: RecordID?, type: String) -> SQL {
        let wanted: SQL = id.map { "\"id\" = \($0)" } ?? "\"type\" = \(type) AND \"inherit_id\" IS NULL"
        return """
            WITH RECURSIVE "first" AS (SELECT "id", "inherit_id" FROM "ir_ui_view" \
            WHERE "model" = \(model) AND \(wanted) ORDER BY "priority", "id" LIMIT 1), \
            "up" AS (SELECT * FROM "first" UNION SELECT "v"."id", "v"."inherit_id" FROM "up" \
            JOIN "ir_ui_view" AS "v" ON "v"."id" = "up"."inherit_id"), \
            "down" AS (SELECT "id" FROM "up" WHERE "inherit_id" IS NULL UNION SELECT "v"."id" FROM "down" \
            JOIN "ir_ui_view" AS "v" ON "v"."inherit_id" = "down"."id" AND "v"."model" = \(model)) \
            SELECT "v"."id", "v"."name", "v"."type", "v"."model", "v"."field_parent", "v"."arch", "v"."inherit_id", \
            (SELECT "module" || '.' || "name" FROM "ir_model_data" AS "d" WHERE "d"."model" = 'ir.ui.view' \
            AND "d"."res_id" = "v"."id" ORDER BY "d"."id" LIMIT 1) \
            FROM "down" JOIN "ir_ui_view" AS "v" ON "v"."id" = "down"."id" ORDER BY "v"."priority", "v"."id"
            """
    }

    /// nil when there is no such view.
    init?(_ rows: Result) {
        var root: View?
        for row in 0..<rows.rowCount {
            let parent = rows.text(row, 4)
            let view = View(
                id: rows.integer(row, 0) ?? 0, name: rows.text(row, 1) ?? "", type: rows.text(row, 2) ?? "",
                model: rows.text(row, 3) ?? "", fieldParent: parent?.isEmpty == true ? nil : parent,
                text: rows.text(row, 5) ?? "", externalID: rows.text(row, 7) ?? "")
            if let inherited = rows.integer(row, 6) {
                heirs[inherited, default: []].append(view)
            } else {
                root = view
            }
        }
        guard let root else { return nil }
        self.root = root
    }

    /// Every view that inherits from the root, after what it inherits from and before what comes later by priority.
    var inOrder: [(view: View, parent: View)] {
        var order: [(view: View, parent: View)] = []
        var waiting = heirs(of: root)
        while let next = waiting.popLast() {
            order.append(next)
            waiting += heirs(of: next.view)
        }
        return order
    }

    /// Those next below, the last one first.
    private func heirs(of parent: View) -> [(view: View, parent: View)] {
        (heirs[parent.id] ?? []).reversed().map { (view: $0, parent: parent) }
    }
}
