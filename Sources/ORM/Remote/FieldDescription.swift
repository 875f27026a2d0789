internal import Values

/// What `fields_get` tells of fields (contract/orm.md §7).
struct FieldDescription {
    let field: Field
    let model: Model
    let environment: Environment
    /// Labels, helps and options in the caller's language.
    let texts: TranslatedTexts?

    /// The descriptions by name; nil describes all fields, unknown names are left out.
    static func all(_ names: [FieldName]?, of handle: Records) throws -> [String: Value] {
        let (model, environment) = (handle.model, handle.environment)
        let mayChange = try environment.permits(.write, on: model) || environment.permits(.create, on: model)
        let texts = try environment.translatedTexts()
        var descriptions: [String: Value] = [:]
        for name in names ?? model.fieldNames {
            guard let field = model.field(name) else { continue }
            let owner = try environment.registry.owner(of: name, seenFrom: model)
            var description = try FieldDescription(
                field: field, model: owner, environment: environment, texts: texts
            ).entries()
            if !mayChange {
                description["readonly"] = true
                description["states"] = [:]
            }
            descriptions[name] = .dictionary(description)
        }
        return descriptions
    }

    private func entries() throws -> [String: Value] {
        let attributes = field.attributes
        var entries: [String: Value] = ["type": .text(field.kind.wireName)]
        func put(_ key: String, _ value: Value) { if value.isTruthy { entries[key] = value } }
        put("string", .text(told(field.label, .field)))
        put("required", .boolean(attributes.required))
        // A function that takes no value is told with the number 1, as the original has it.
        put("readonly", field.computation.map { $0.set == nil } == true ? 1 : .boolean(attributes.readonly))
        put("translate", .boolean(attributes.translate))
        put("invisible", .boolean(attributes.invisible))
        put("size", attributes.size.map { .integer($0) } ?? .null)
        put("change_default", .boolean(attributes.changeDefault))
        put("help", attributes.help.map { .text(told($0, .help)) } ?? .null)
        put("states", attributes.states)
        put("filters", attributes.filters.map { .text($0) } ?? .null)
        put("group_operator", attributes.groupOperator.map { .text($0) } ?? .null)
        put("select", attributes.index == .yes ? true : .integer(attributes.index.rawValue))
        put("selectable", .boolean(field.isSelectable))
        try describeKind(into: &entries)
        describeFunction(into: &entries)
        return entries
    }

    /// A text of the field's definition in the caller's language.
    private func told(_ text: String, _ kind: TranslatedTexts.Kind) -> String {
        texts?.text(for: text, kind, of: "\(model.name),\(field.name)") ?? text
    }

    private func describeKind(into entries: inout [String: Value]) throws {
        switch field.kind {
        case .char(let size): if let size { entries["size"] = .integer(size) }
        case .float(let digits):
            if let digits = try field.attributes.digits?(environment) ?? digits {
                entries["digits"] = [.integer(digits.precision), .integer(digits.scale)]
            }
        case .selection(let selection, let size), .reference(let selection, let size):
            // -1 stands for whole numbers as keys, and is no size.
            if let size, !field.kind.hasIntegerKeys { entries["size"] = .integer(size) }
            entries["selection"] = try options(of: selection)
        default: break
        }
        guard let target = field.kind.target else { return }
        entries["relation"] = .text(target)
        entries["domain"] = field.attributes.domain
        entries["context"] = field.attributes.context
        if case .many2many(_, let relation) = field.kind {
            entries["related_columns"] = [.text(relation.own), .text(relation.other)]
            entries["third_table"] = .text(relation.table)
        }
    }

    /// Pairs of key and label. Options that code works out are told as they are: what they say is data.
    private func options(of selection: Selection) throws -> Value {
        let isFixed = if case .fixed = selection { true } else { false }
        let hasIntegerKeys = field.kind.hasIntegerKeys
        return .list(
            try selection.options(in: environment).map { option in
                let key = (hasIntegerKeys ? Int(option.key).map { .integer($0) } : nil) ?? Value.text(option.key)
                return [key, .text(isFixed ? told(option.label, .selection) : option.label)]
            })
    }

    private func describeFunction(into entries: inout [String: Value]) {
        guard field.isFunction, !field.attributes.isToldAsColumn else { return }
        // Function fields carry these digits whatever their kind is.
        if entries["digits"] == nil { entries["digits"] = [16, 2] }
        entries["func_method"] = true
        entries["func_obj"] = false
        entries["store"] = .boolean(field.hasColumn)
        switch field.storage {
        case .related(let path, _):
            entries["function"] = "_fnct_read"
            entries["fnct_inv"] = "_fnct_write"
            entries["fnct_search"] = "_fnct_search"
            entries["fnct_inv_arg"] = .list(path.map { .text($0) })
            entries["func_obj"] = field.kind.target.map { .text($0) } ?? false
        case .computed(let computation):
            let attributes = field.attributes
            entries["function"] = .text(attributes.readingFunction ?? "_get_" + field.name)
            entries["fnct_inv"] =
                computation.set == nil ? false : .text(attributes.writingFunction ?? "_set_" + field.name)
            entries["func_obj"] = field.kind.target.map { .text($0) } ?? false
            entries["fnct_search"] = computation.search == nil ? false : .text("_search_" + field.name)
            entries["fnct_inv_arg"] = false
        case .property:
            entries["function"] = "_fnct_read"
            entries["fnct_inv"] = "_fnct_write"
            entries["fnct_search"] = false
            entries["fnct_inv_arg"] = .text(field.kind.target ?? field.kind.wireName)
        case .stored: break
        }
    }
}
