internal import ORM
internal import SQL
internal import Values

/// What the catalog says of a model's fields, column by column, for statements that write many rows at once.
struct CatalogRows {
    /// Columns of `ir_model_fields` that tell what a field is; those a person may set are not among them.
    static let columns: [(name: String, type: SQL)] = [
        ("model", "text"), ("name", "text"), ("field_description", "text"), ("ttype", "text"), ("relation", "text"),
        ("relation_field", "text"), ("select_level", "text"), ("required", "boolean"), ("readonly", "boolean"),
        ("translate", "boolean"), ("selectable", "boolean"), ("view_load", "boolean"), ("state", "text"),
    ]

    /// One cell a field, for each of `columns`.
    private(set) var cells: [[String?]] = Array(repeating: [], count: Self.columns.count)
    /// The name of each field's external id: `field_res_partner_name`.
    private(set) var externalNames: [String] = []

    /// The fields of the models; of models of other addons only those the addon itself declares.
    init(_ models: [Model], of addon: String) {
        for model in models {
            for field in model.fields where model.fieldOrigins[field.name]?.contains(addon) == true {
                append(field, of: model)
            }
        }
    }

    private mutating func append(_ field: Field, of model: Model) {
        var inverse = ""
        if case .one2many(_, let name) = field.kind { inverse = name }
        let row: [String] = [
            model.name, field.name, field.label.cut(to: 256), field.kind.wireName, field.kind.target ?? "",
            inverse, field.attributes.index == .yes ? "1" : String(field.attributes.index.rawValue),
            Self.flag(field.attributes.required),
            Self.flag(field.attributes.readonly), Self.flag(field.attributes.translate), Self.flag(field.isSelectable),
            Self.flag(field.attributes.loadsViews), "base",
        ]
        for (place, cell) in row.enumerated() { cells[place].append(cell) }
        externalNames.append("field_\(model.table)_\(field.name)")
    }

    private static func flag(_ value: Bool) -> String { value ? "t" : "f" }

    /// `unnest(…) AS "new"("model", …)`
    var table: SQL {
        let arrays = zip(Self.columns, cells).map { column, values -> SQL in
            "\(Binding.column(values))::text[]::\(column.type)[]"
        }
        let names = Self.columns.map { SQL.quoted($0.name) }
        return """
            unnest(\(arrays.joined(by: ", ")), \(externalNames)::text[]) \
            AS "new"(\(names.joined(by: ", ")), "external")
            """
    }
}
