internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values

/// An entry of the menu; entries form a tree (contract/views.md §9).
enum Menu {
    static let definition = ModelDefinition.introducing("ir.ui.menu") { model in
        model.order = "sequence,id"
        model.fields = [
            .char("name", "Menu", size: 64, required: true, translate: true),
            .integer("sequence", "Sequence", default: 10),
            .one2many("child_id", "Child IDs", of: "ir.ui.menu", inverse: "parent_id"),
            .many2one("parent_id", "Parent Menu", to: "ir.ui.menu", index: .yes),
            .many2many(
                "groups_id", "Groups", of: "res.groups",
                through: .init(table: "ir_ui_menu_group_rel", own: "menu_id", other: "gid"),
                help: "Only these groups see the entry; without any, everybody who may use what it opens."),
            .computed("complete_name", "Complete Name", .char(128)) { menus in
                try menus.map { .text(try TreeName.path(of: $0, separator: "/", levels: 6)) }
            }.called("_get_full_name"),
            .selection("icon", "Icon", .menuIcons, size: 64, default: "STOCK_OPEN"),
            .computed(
                "icon_pict", "unknown", .char(32),
                get: { menus in try menus.map { picture(of: try $0.text("icon")) } },
                default: .value(picture(of: "STOCK_OPEN"))),
            .char("web_icon", "Web Icon File", size: 128),
            .char("web_icon_hover", "Web Icon File (hover)", size: 128),
            // The loader of an addon's files fills them in; nobody makes the server read a file by naming it.
            .binary("web_icon_data", "Web Icon Image", readonly: true),
            .binary("web_icon_hover_data", "Web Icon Image (hover)", readonly: true),
            .computed(
                "action", "Action", .reference(actionModels, size: nil), get: actions, set: storeAction
            ).called("_action", writing: "_action_inv"),
        ]
        model.constraints = [
            .acyclic("parent_id", message: "Error ! You can not create recursive Menu.")
        ]
        model.overrides.search = search
        model.overrides.copy = copy
        model.remote = [
            .method("onchange_icon", writes: false, ["ids", "icon"]) { _, arguments in
                guard let icon = arguments["icon"].text, !icon.isEmpty else { return [:] }
                return ["type": ["icon_pict": "picture"], "value": ["icon_pict": picture(of: icon)]]
            }
        ]
    }

    /// How clients are told a stock icon.
    private static func picture(of icon: String?) -> Value {
        ["stock", [.text(icon ?? "STOCK_OPEN"), "ICON_SIZE_MENU"]]
    }

    // MARK: - Copying

    private static func copy(
        _ menu: Record, _ values: FieldValues, _ inherited: (FieldValues) throws -> RecordID
    ) throws -> RecordID {
        let name = copiedName(try menu.text("name") ?? "")
        let copy = try inherited(["name": .text(name)].merging(values) { $1 })
        try menu.environment.rows(
            """
            INSERT INTO "ir_values" ("name", "key", "key2", "model", "value", "meta", "res_id", "user_id", \
            "company_id", "object", "create_uid", "create_date") \
            SELECT "name", "key", "key2", "model", "value", "meta", \(copy)::int, "user_id", "company_id", "object", \
            \(menu.environment.uid)::int, now() FROM "ir_values" \
            WHERE "model" = 'ir.ui.menu' AND "res_id" = \(menu.id) ORDER BY "id"
            """)
        return copy
    }

    /// `Sales` becomes `Sales(1)`, and `Sales(1)` becomes `Sales(2)`.
    static func copiedName(_ name: String) -> String {
        guard name.hasSuffix(")"), let bracket = name.lastIndex(of: "("),
            let number = Int(name[name.index(after: bracket)...].dropLast()), number >= 0, number < Int.max
        else { return name + "(1)" }
        return "\(name[..<bracket])(\(number + 1))"
    }
}
