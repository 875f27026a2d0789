internal import ORM
internal import Values
internal import ViewArchitecture

/// The view of a model that has none of its own (contract/views.md §4).
struct MadeUpView {
    let handle: Records
    let views: Views

    private var model: Model { handle.model }

    /// - Throws: `UserError` for kinds of view that only people can make, and for a calendar without a date.
    func architecture(type: String) throws -> Architecture {
        let made: Architecture? =
            switch type {
            case "form": form
            case "tree": DefaultViews.tree(model.title, field: name ?? model.fieldNames.first ?? "id")
            case "calendar": try calendar()
            case "search": try search()
            default: nil
            }
        guard let made else { throw UserError.noView(ofType: type) }
        return made
    }

    /// The field that names a record, where there is one.
    private var name: FieldName? { model.field(model.nameField) == nil ? nil : model.nameField }

    private var form: Architecture? {
        let fields = model.fieldNames.compactMap { name -> (name: FieldName, isText: Bool)? in
            guard let field = model.field(name), !field.kind.isToMany else { return nil }
            return (name, field.kind.wireName == "text")
        }
        return DefaultViews.form(model.title, fields: fields)
    }

    private func calendar() throws -> Architecture? {
        guard let start = first([model.dateField, "date", "date_start", "x_date", "x_date_start"]) else {
            throw UserError("Invalid Object Architecture!", "Insufficient fields for Calendar View!")
        }
        return DefaultViews.calendar(
            model.title, field: name ?? model.fieldNames.first ?? "id", start: start,
            color: first(["user_id", "partner_id", "x_user_id", "x_partner_id"]),
            stop: first(["date_stop", "date_end", "x_date_stop", "x_date_end"]),
            delay: first(["date_delay", "planned_hours", "x_date_delay", "x_planned_hours"]))
    }

    /// What the model's definition, its form or its list offers to search by.
    private func search() throws -> Architecture? {
        var fields = Set(
            model.fieldNames.filter { model.field($0).map { $0.attributes.index != .none } ?? false })
        for type in ["form", "tree"] { fields.formUnion(try views.searchableFields(of: handle, type: type)) }
        return DefaultViews.search(
            try views.title(of: handle, type: "tree") ?? model.title, fields: fields.sorted())
    }

    private func first(_ names: [FieldName]) -> FieldName? { names.first { model.field($0) != nil } }
}
