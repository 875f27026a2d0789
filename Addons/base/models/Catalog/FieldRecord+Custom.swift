internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values

/// What happens to tables and models when records describe fields (contract/addons.md §8).
extension FieldRecord {
    static func create(
        _ fields: Records, _ rows: [FieldValues], _ inherited: ([FieldValues]) throws -> [RecordID]
    ) throws -> [RecordID] {
        let environment = fields.environment
        let rows = try named(rows, in: environment)
        let custom = rows.filter { $0["state"]?.text ?? "manual" == "manual" }
        for row in custom { try check(row, in: environment) }
        let ids = try inherited(rows)
        if !custom.isEmpty { try adopt(tablesOf: Set(custom.compactMap { $0["model"]?.text }), in: environment) }
        return ids
    }

    static func write(
        _ fields: Records, _ values: FieldValues, _ inherited: (Records, FieldValues) throws -> Void
    ) throws {
        // Which groups see a field is not the field's own nature.
        guard values.keys.contains(where: { $0 != "groups" }) else { return try inherited(fields, values) }
        if try fields.contains(where: { try $0.text("state") != "manual" }) {
            throw UserError(
                "Error !",
                "Properties of base fields cannot be altered in this manner! Please modify them through Python "
                    + "code, preferably through a custom addon!")
        }
        try refuseOtherNature(fields, values)
        try rename(fields, to: values["name"]?.text)
        try inherited(fields, values)
        try adopt(tablesOf: models(of: fields.refreshed), in: fields.environment)
    }

    static func unlink(_ fields: Records, _ inherited: (Records) throws -> Void) throws {
        for field in fields where try field.text("state") != "manual" {
            throw UserError("Error", "You cannot remove the field '\(try field.text("name") ?? "")' !")
        }
        let models = try models(of: fields)
        try inherited(fields)
        // The columns stay, but no longer ask for a value.
        try fields.environment.adoptCustomModels(tablesOf: models, removal: true)
    }

    // MARK: - Checks

    /// The rows with the name of the model their `model_id` stands for.
    private static func named(_ rows: [FieldValues], in environment: Environment) throws -> [FieldValues] {
        let ids = rows.filter { $0["model"]?.isTruthy != true }.compactMap { $0["model_id"]?.recordID }.distinct
        if ids.isEmpty { return rows }
        let names = try environment.superuser.records("ir.model", ids).map { try $0.text("model") }
        return rows.map { row in
            guard row["model"]?.isTruthy != true, let id = row["model_id"]?.recordID, let name = names[id] ?? nil else {
                return row
            }
            return row.merging(["model": .text(name)]) { $1 }
        }
    }

    private static func check(_ row: FieldValues, in environment: Environment) throws {
        try check(name: row["name"]?.text)
        if let target = row["relation"]?.text, !target.isEmpty, environment.registry.models[target] == nil {
            // It may be the very model the field is made along with.
            try environment.adoptCustomModels(tablesOf: [])
            guard environment.registry.models[target] != nil else {
                throw UserError("Error", "Model \(target) does not exist!")
            }
        }
        if let model = row["model"]?.text, let name = row["name"]?.text,
            environment.registry.models[model]?.field(name) != nil
        {
            throw UserError("Error", "The model \(model) has a field \(name) already.")
        }
    }

    private static func check(name: String?) throws {
        guard name?.hasPrefix("x_") == true else {
            throw UserError("Error", "Custom fields must have a name that starts with 'x_' !")
        }
    }

    /// A field stays what it is and where it is.
    private static func refuseOtherNature(_ fields: Records, _ values: FieldValues) throws {
        for (name, what) in [
            ("ttype", "kind"), ("model", "model"), ("model_id", "model"), ("state", "state"), ("relation", "target"),
            ("on_delete", "rule for deleted targets"),
        ] {
            guard let value = values[name] else { continue }
            if try fields.contains(where: { try $0.value(name) != value }) {
                throw UserError("Error", "The \(what) of a field cannot be changed: remove it and make another one.")
            }
        }
    }

    // MARK: - Tables

    private static func models(of fields: Records) throws -> Set<ModelName> {
        Set(try fields.compactMap { try $0.text("model") })
    }

    private static func adopt(tablesOf models: Set<ModelName>, in environment: Environment) throws {
        do {
            try environment.adoptCustomModels(tablesOf: models)
        } catch let misfit as CustomField.Misfit {
            throw UserError("Error", "This cannot be done: \(misfit.reason).")
        }
    }

    /// The column, its index or the table of links goes with the field's name.
    private static func rename(_ fields: Records, to new: String?) throws {
        guard let new, let field = fields.first, let old = try field.text("name"), old != new else { return }
        guard fields.count == 1 else { throw UserError("Error", "One field can be renamed at a time.") }
        try check(name: new)
        guard let modelName = try field.text("model"), let model = fields.environment.registry.models[modelName] else {
            return
        }
        guard model.field(new) == nil else {
            throw UserError("Error", "The model \(modelName) has a field \(new) already.")
        }
        guard let known = model.ownField(old) else { return }
        try checkColumn(new, of: model, in: fields.environment)
        var statements: [SQL] = []
        if known.hasColumn {
            statements = [
                "ALTER TABLE \(table: model.table) RENAME COLUMN \(column: old) TO \(column: new)",
                """
                ALTER INDEX IF EXISTS \(table: "\(model.table)_\(old)_index") \
                RENAME TO \(table: "\(model.table)_\(new)_index")
                """,
            ]
        } else if case .many2many(let target, let relation) = known.kind {
            let renamed = CustomField.relationTable(of: new, from: modelName, to: target)
            statements = ["ALTER TABLE \(table: relation.table) RENAME TO \(table: renamed)"]
        }
        try fields.environment.transaction.execute(
            script: statements.map { $0.rendered().text }.joined(separator: ";\n"))
    }

    /// A column may be there that no field knows, left by one that was removed.
    private static func checkColumn(_ name: FieldName, of model: Model, in environment: Environment) throws {
        let taken = try environment.rows(
            """
            SELECT 1 FROM pg_attribute WHERE attrelid = to_regclass(\(SQL.quoted(model.table).rendered().text)) \
            AND attname = \(name) AND NOT attisdropped
            """)
        if taken.rowCount > 0 {
            throw UserError("Error", "The table of \(model.name) has a column \(name) already.")
        }
    }
}
