internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values
internal import ViewArchitecture

/// What clients are told of the fields of a view (contract/views.md §5).
struct ViewFields {
    let environment: Environment
    let view: CombinedView

    /// The descriptions of all fields of the view and, within them, of the views in its fields.
    ///
    /// - Throws: `UserError` for a field that its model does not have.
    func entries(of shown: ProcessedView, _ handle: Records) throws -> [FieldName: Value] {
        var entries: [FieldName: Value] = [:]
        for (model, fields) in Dictionary(grouping: shown.fields, by: \.model) {
            guard let of = environment.registry.models[model] else { throw ORMError.unknownModel(model) }
            let records = of === handle.model ? handle : try environment.records(model)
            let told = try records.descriptions(of: fields.map(\.name))
            for field in fields {
                guard var entry = Self.description(of: field.name, among: told) else {
                    throw try missing(field.name, of: of)
                }
                if field.isElement { entry["views"] = .dictionary(try nested(in: field, of: of)) }
                if let choice = field.choice { entry["selection"] = try options(choice, field.name, of: of) }
                entries[field.name] = .dictionary(entry)
            }
        }
        return entries
    }

    private static func description(
        of name: FieldName, among told: [FieldName: Value]
    ) -> [String: Value]? {
        if name == "id" { return ["readonly": true, "type": "integer", "string": "ID"] }
        return told[name]?.dictionary
    }

    // MARK: - Views within fields

    private func nested(in field: ProcessedView.Field, of model: Model) throws -> [String: Value] {
        if field.views.isEmpty { return [:] }
        guard let target = model.field(field.name)?.kind.target else { return [:] }
        let handle = try environment.records(target)
        return try field.views.mapValues { view in
            ["arch": .text(view.text), "fields": .dictionary(try entries(of: view, handle))]
        }
    }

    // MARK: - Choices

    /// All records the field may lead to, as pairs of id and name, and last an empty one where nothing need be chosen.
    private func options(_ choice: ProcessedView.Choice, _ name: FieldName, of model: Model) throws -> Value {
        guard let field = model.field(name), let target = field.kind.target else { return [] }
        // A domain that is text is for the client, who knows the values of the form.
        var domain = field.attributes.domain.list ?? []
        if let text = choice.domain, !text.isEmpty {
            domain += try evaluated(text, name, of: model).list ?? []
        }
        let records = try environment.records(target).choices(.list(domain))
        let isEmptyOffered = choice.isOptional || !field.attributes.required
        return .list(records.map { [.integer($0.id), .text($0.name)] } + (isEmptyOffered ? [[false, ""]] : []))
    }

    private func evaluated(_ text: String, _ name: FieldName, of model: Model) throws -> Value {
        do {
            return try UserExpression(parsing: text).value(
                in: environment, knowing: ["uid": .integer(environment.uid)]
            ).value
        } catch let error as ORMError {
            throw UserError("View error", "The domain of field '\(name)' of object '\(model.name)': \(error)")
        }
    }

    // MARK: - Faults

    /// Tells which of the views that make up the model's brings a field that the model does not have.
    private func missing(_ field: FieldName, of model: Model) throws -> UserError {
        let names = try environment.rows(
            """
            SELECT "name" FROM "ir_ui_view" WHERE "model" = ANY(\([model.name, view.rootModel])) \
            AND position(\(field) in "arch") > 0 ORDER BY "priority", "id" LIMIT 20
            """
        ).texts(column: 0).compactMap(\.self)
        let list = (names.isEmpty ? [view.name] : names).map { "\n * \($0)" }.joined()
        return UserError(
            "View error",
            "Can't find field '\(field)' in the following view parts composing the view of object model "
                + "'\(model.name)':\(list)\n\nEither you wrongly customized this view, or some modules bringing those "
                + "views are not compatible with your current data model")
    }
}
