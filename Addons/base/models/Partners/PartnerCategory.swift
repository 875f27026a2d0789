internal import ORM
internal import Values

/// A label for partners. Categories form a tree; a partner may carry many.
enum PartnerCategory {
    private static let separator = " / "

    static let definition = ModelDefinition.introducing("res.partner.category") { model in
        model.title = "Partner Categories"
        model.nestedSet = true
        model.order = "parent_left"
        model.siblingOrder = "name"
        model.fields = [
            .char("name", "Category Name", size: 64, required: true, translate: true),
            .many2one("parent_id", "Parent Category", to: "res.partner.category", onDelete: .cascade, index: .yes),
            .computed("complete_name", "Full Name", .char(nil)) { categories in
                try categories.map { .text(try TreeName.path(of: $0, separator: separator)) }
            }.called("_name_get_fnc"),
            .one2many("child_ids", "Child Categories", of: "res.partner.category", inverse: "parent_id"),
            .boolean("active", "Active", default: true, help: "Hides the category without removing it."),
            .integer("parent_left", "Left parent", index: .yes),
            .integer("parent_right", "Right parent", index: .yes),
            .many2many(
                "partner_ids", "Partners", of: "res.partner",
                through: .init(table: "res_partner_category_rel", own: "category_id", other: "partner_id")),
        ]
        model.constraints = [
            .acyclic("parent_id", message: "Error ! You can not create recursive categories.")
        ]
        model.overrides.displayNames = { categories, inherited in
            let existing = try inherited(categories)
            return try categories.only { existing[$0.id] != nil }
                .map { try TreeName.path(of: $0, separator: separator) }
        }
        model.overrides.nameSearch = { _, query, inherited in
            // People type the name as they see it, with all that lies above.
            var query = query
            if let range = query.text.ranges(of: separator).last {
                query.text = String(query.text[range.upperBound...])
            }
            return try inherited(query)
        }
    }
}
