internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values

/// One value of a property field: for a record, or for all records that have none (contract/orm.md §10).
enum PropertyRecord {
    static let definition = ModelDefinition.introducing("ir.property") { model in
        model.fields = [
            .char("name", "Name", size: 128, index: .basic),
            .reference(
                "res_id", "Resource", .fixed([]), size: 128, index: .basic,
                help: "The record it is the value of; without one it is the default for all."),
            .many2one("company_id", "Company", to: "res.company", index: .basic),
            .many2one(
                "fields_id", "Field", to: "ir.model.fields", onDelete: .cascade, required: true, index: .basic),
            .float("value_float", "Value"),
            .bigInteger("value_integer", "Value"),
            .text("value_text", "Value"),
            .binary("value_binary", "Value"),
            .reference("value_reference", "Value", .fixed([]), size: 128),
            .datetime("value_datetime", "Value"),
            .selection(
                "type", "Type",
                [
                    "char": "Char", "float": "Float", "boolean": "Boolean", "integer": "Integer",
                    "integer_big": "Integer Big", "text": "Text", "binary": "Binary", "many2one": "Many2One",
                    "date": "Date", "datetime": "DateTime",
                ], required: true, index: .basic, default: "many2one"),
        ]
        model.overrides.create = { handle, rows, inherited in
            try inherited(rows.map { try placed($0, type: $0["type"]?.text ?? "many2one", field: nil, in: handle) })
        }
        model.overrides.write = write
        model.remote = [
            .modelMethod("get", writes: false, ["name", "model", .optional("res_id", false), .context], get)
        ]
    }

    // MARK: - The value

    /// Properties of different types keep what is written as `value` in different columns: one write a type, and for
    /// records a field.
    private static func write(
        _ properties: Records, _ values: FieldValues, _ inherited: (Records, FieldValues) throws -> Void
    ) throws {
        guard values["value"] != nil else { return try inherited(properties, values) }
        struct Place: Hashable {
            let type: String
            let field: RecordID?
        }
        let places = try properties.map { property in
            Place(
                type: try values["type"]?.text ?? property.text("type") ?? "many2one",
                field: try property.one("fields_id")?.id)
        }
        for place in Set(places.values) {
            let alike = properties.only { places[$0.id] == place }
            try inherited(alike, placed(values, type: place.type, field: place.field, in: properties))
        }
    }

    /// The values with `value` in the column of the type.
    private static func placed(
        _ values: FieldValues, type: String, field: RecordID?, in handle: Records
    ) throws -> FieldValues {
        guard let value = values["value"] else { return values }
        guard let kind = PropertyKind(rawValue: type) else { throw UserError("Error", "Invalid type") }
        var placed = values
        placed["value"] = nil
        placed[kind.column] = value
        if kind == .many2one {
            let field = values["fields_id"]?.recordID ?? field
            placed[kind.column] = try reference(value, field: field, in: handle.environment)
        }
        return placed
    }

    /// `model,id`, whether a person gave that text, an id, or the pair a read answers.
    private static func reference(_ value: Value, field: RecordID?, in environment: Environment) throws -> Value {
        guard value.isTruthy else { return false }
        if let text = value.text, text.contains(",") { return value }
        guard let id = (value.list?.first ?? value).recordID else {
            throw ORMError.badValue("\(value.pythonText) is no record for a property")
        }
        let model = try field.flatMap { try environment.superuser.record("ir.model.fields", $0).text("relation") }
        guard let model, !model.isEmpty else { throw UserError("Error", "Invalid type") }
        return .text("\(model),\(id)")
    }

    // MARK: - Asking

    /// The value of a field for one record, or its default: a many2one as the bare id, False without a value.
    private static func get(_ environment: Environment, _ arguments: Arguments) throws -> Value {
        try environment.check(.read, on: environment.registry.model("ir.property"))
        let (name, modelName) = (arguments["name"].plainText, arguments["model"].plainText)
        guard let model = environment.registry.models[modelName], let field = model.ownField(name),
            try environment.maySee(field)
        else { return false }
        // A record is given as `model,id` or by its number.
        let text = arguments["res_id"].text?.split(separator: ",").last.map(String.init)
        let id = text.flatMap { Int($0) } ?? arguments["res_id"].integer
        let values = try Properties().stored(fields: [field], on: model, ids: id.map { [$0] } ?? [], in: environment)
        return id.flatMap { values[name]?.own[$0] } ?? values[name]?.fallback ?? false
    }
}
