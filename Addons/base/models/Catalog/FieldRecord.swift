internal import ORM
internal import Values

/// A field's description.
enum FieldRecord {
    static let definition = ModelDefinition.introducing("ir.model.fields") { model in
        model.title = "Fields"
        model.order = "name"
        model.nameField = "field_description"
        model.fields = [
            .char("name", "Name", size: 64, required: true, index: .basic, default: "x_"),
            .char("model", "Object Name", size: 64, required: true, index: .basic, help: "The model it is a field of."),
            .char("relation", "Object Relation", size: 64, help: "The model a relation leads to."),
            .char("relation_field", "Relation Field", size: 64, help: "The other end of a one2many."),
            .many2one(
                "model_id", "Model", to: "ir.model", onDelete: .cascade, required: true, index: .yes,
                help: "The model it is a field of."),
            .char("field_description", "Field Label", size: 256, required: true, default: ""),
            .selection("ttype", "Field Type", .fixed(types.map { .init($0, $0) }), size: 64, required: true),
            .char("selection", "Selection Options", size: 128, default: "", help: "Python pairs of key and label."),
            .boolean("required", "Required"),
            .boolean("readonly", "Readonly"),
            .selection(
                "select_level", "Searchable",
                ["0": "Not Searchable", "1": "Always Searchable", "2": "Advanced Search (deprecated)"],
                required: true, default: "0"),
            .boolean("translate", "Translate", help: "Whether each language has a value of its own."),
            .integer("size", "Size", default: 64),
            .selection(
                "state", "Type", ["manual": "Custom Field", "base": "Base Field"], required: true, readonly: true,
                index: .basic, default: "manual"),
            .selection(
                "on_delete", "On delete", ["cascade": "Cascade", "set null": "Set NULL"], default: "set null",
                help: "What becomes of the record when the record it points to is deleted."),
            .char("domain", "Domain", size: 256, default: "[]", help: "Which records a relation offers."),
            .many2many(
                "groups", "Groups", of: "res.groups",
                through: .init(table: "ir_model_fields_group_rel", own: "field_id", other: "group_id")),
            .boolean("view_load", "View Auto-Load", default: false),
            .boolean("selectable", "Selectable", default: true),
            .char("complete_name", "Complete Name", size: 64, index: .basic),
            .computed(
                "modules", "In modules", .char(128), get: { try AddonNames.of($0) },
                help: "The addons that declare the field."
            ).called("_in_modules"),
        ]
        model.constraints = [
            .sql("size_gt_zero", "CHECK (size>0)", message: "The size of a field is more than 0.")
        ]
        model.overrides.create = create
        model.overrides.write = write
        model.overrides.unlink = unlink
    }

    private static let types = [
        "binary", "boolean", "char", "date", "datetime", "float", "integer", "integer_big", "many2many", "many2one",
        "one2many", "reference", "selection", "text",
    ]
}
