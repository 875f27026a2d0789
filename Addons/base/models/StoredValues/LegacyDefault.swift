internal import ORM
internal import Values

/// A default value as servers before 5.0 kept it. Nothing reads it; scripts and old databases hold such rows.
enum LegacyDefault {
    static let definition = ModelDefinition.introducing("ir.default") { model in
        model.fields = [
            .char("field_tbl", "Object", size: 64),
            .char("field_name", "Object Field", size: 64),
            .char("value", "Default Value", size: 64),
            .many2one("uid", "Users", to: "res.users"),
            .char("page", "View", size: 64),
            .char("ref_table", "Table Ref.", size: 64),
            .integer("ref_id", "ID Ref.").with { $0.size = 64 },
            .many2one("company_id", "Company", to: "res.company", default: .company(of: "ir.default")),
        ]
    }
}
