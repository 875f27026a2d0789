internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values

/// A value that belongs to a model or a record: an action bound to a menu or a form, a default that somebody chose
/// (contract/views.md §8). Values of the key `default` are pickled, actions are `model,id`.
enum StoredValue {
    static let definition = ModelDefinition.introducing("ir.values") { model in
        model.fields = [
            .char("name", "Name", size: 128),
            .many2one("model_id", "Object", to: "ir.model", help: "Chooses the model of the field beside it.")
                .with { $0.size = 128 },
            .char("model", "Object Name", size: 128, index: .yes),
            .many2one(
                "action_id", "Action", to: "ir.actions.actions", help: "Chooses the value of the field beside it."),
            .text("value", "Value"),
            .computed(
                "value_unpickle", "Value", .text, get: { try plain("value", of: $0) },
                set: { try store($1, in: "value", of: $0) }
            ).called("_value_unpickle", writing: "_value_pickle"),
            .boolean("object", "Is Object"),
            .selection(
                "key", "Type", ["action": "Action", "default": "Default"], size: 128, index: .yes, default: "action"),
            .char(
                "key2", "Event Type", size: 128, index: .yes, default: "tree_but_open",
                help: "Where an action is offered, or under which condition a default holds."),
            .text("meta", "Meta Datas"),
            .computed(
                "meta_unpickle", "Metadata", .text, get: { try plain("meta", of: $0) },
                set: { try store($1, in: "meta", of: $0) }
            ).called("_value_unpickle", writing: "_value_pickle"),
            .integer("res_id", "Object ID", index: .yes, help: "Empty for all records of the model."),
            .many2one("user_id", "User", to: "res.users", onDelete: .cascade, index: .yes),
            .many2one("company_id", "Company", to: "res.company", index: .yes, default: .company(of: "ir.values")),
        ]
        model.tableSQL = [
            "CREATE INDEX IF NOT EXISTS \"ir_values_key_model_key2_res_id_user_id_idx\" ON \"ir_values\" "
                + "(\"key\", \"model\", \"key2\", \"res_id\", \"user_id\")"
        ]
        model.remote = [
            .modelMethod(
                "get", writes: false,
                [
                    "key", "key2", "models", .optional("meta", false), .context, .optional("res_id_req", false),
                    .optional("without_user", true), .optional("key2_req", true),
                ], get),
            .modelMethod(
                "set", writes: true,
                [
                    "key", "key2", "name", "models", "value", .optional("replace", true), .optional("isobject", false),
                    .optional("meta", false), .optional("preserve_user", false), .optional("company", false),
                ], set),
            .method("onchange_object_id", writes: false, ["ids", "object_id", .context]) { values, arguments in
                guard let id = arguments["object_id"].recordID else { return [:] }
                let name = try values.environment.record("ir.model", id).text("model")
                return ["value": ["model": name.map { .text($0) } ?? false]]
            },
            .method("onchange_action_id", writes: false, ["ids", "action_id", .context]) { values, arguments in
                guard let id = arguments["action_id"].recordID else { return [:] }
                let type = try values.environment.record("ir.actions.actions", id).text("type")
                return ["value": ["value": type.map { .text("\($0),\(id)") } ?? false]]
            },
        ]
    }

    // MARK: - Plain text

    /// What a column holds as people read it.
    private static func plain(_ column: FieldName, of values: Records) throws -> [RecordID: Value] {
        try values.map { value in
            guard let text = try value.text(column) else { return false }
            if try value.flag("object") { return .text(text) }
            return .text(PickledText.decode(text)?.plainText ?? text)
        }
    }

    /// Stores what people typed: pickled, except for actions.
    private static func store(_ value: Value, in column: FieldName, of values: Records) throws {
        let text = value.isAbsent ? nil : value.plainText
        let pickled = text.map { PickledText.encode(.text($0)) }
        try values.environment.rows(
            """
            UPDATE "ir_values" SET \(column: column) = CASE WHEN "object" THEN \(Self.binding(text))::text \
            ELSE \(Self.binding(pickled))::text END WHERE "id" = ANY(\(values.ids))
            """)
    }

    private static func binding(_ text: String?) -> Binding { text.map { .text($0) } ?? .null }
}

/// What values are asked for or set on: a model, or one record of it.
struct ValueOwner: Equatable {
    let model: ModelName
    /// nil is the model itself.
    let id: RecordID?

    /// `'res.partner'`, `['res.partner', 3]` or `['res.partner', False]`.
    init?(_ value: Value) {
        if let name = value.text {
            model = name
            id = nil
        } else {
            guard let parts = value.list, let name = parts.first?.text else { return nil }
            model = name
            id = parts.count > 1 ? parts[1].recordID.flatMap { $0 == 0 ? nil : $0 } : nil
        }
    }

    /// The owners in a client's argument.
    ///
    /// - Throws: `ORMError.badValue` for what names no model.
    static func all(in value: Value) throws -> [ValueOwner] {
        try (value.list ?? []).map { element in
            guard let owner = ValueOwner(element) else {
                throw ORMError.badValue("\(element.pythonText) is neither a model nor a record")
            }
            return owner
        }
    }
}
