internal import Foundation
internal import ORM
internal import Values
internal import XMLTree

/// `<field>`: one value, by the first of its attributes that applies: search, ref, eval, file, then type and text
/// (contract/addons.md §5, field).
struct FieldTag {
    let element: Element
    /// nil within a tag that is no record of a model.
    let field: Field?
    let context: LoadContext

    private var place: SourcePlace { element.place }

    func value() throws -> Value {
        let type = element["type"] ?? "char"
        if !["xml", "list", "tuple"].contains(type), let child = element.children.first {
            throw child.misplaced
        }
        if let domain = element["search"] { return try searched(domain) }
        if let reference = element["ref"] { return try referred(reference) }
        if let expression = element["eval"] {
            if element["model"] != nil { try context.flush() }
            return try context.evaluate(expression, obj: element["model"], at: place)
        }
        if let file = element["file"] { return try content(of: file) }
        return try typed(type)
    }

    // MARK: - Other records

    private func searched(_ text: String) throws -> Value {
        let domain = try context.evaluate(text, at: place)
        guard let model = element["model"] ?? field?.kind.target else {
            throw LoadError.malformed("a search needs the attribute model", at: place)
        }
        try context.flush()
        let found = try context.environment.search(model, domain)
        let use = element["use"] ?? "id"
        if case .many2many? = field?.kind {
            return [[6, 0, .list(try found.map { try $0.value(use) })]]
        }
        guard let first = found.first else { return false }
        return try first.value(use)
    }

    private func referred(_ reference: String) throws -> Value {
        if reference == "null" { return false }
        let entry = try context.resolve(reference, at: place)
        if case .reference? = field?.kind { return .text("\(entry.model),\(entry.id)") }
        if let target = field?.kind.target, target != entry.model,
            !isKin(entry.model, of: target)
        {
            throw LoadError.wrongModel(reference, found: entry.model, expected: target, at: place)
        }
        return .integer(entry.id)
    }

    /// Models whose rows lie in an inherited table stand for one another: each window action is an action.
    private func isKin(_ model: ModelName, of target: ModelName) -> Bool {
        let models = context.environment.registry.models
        return models[model]?.parentTable != nil && models[model]?.parentTable == models[target]?.table
    }

    // MARK: - Text

    private func content(of file: String) throws -> Value {
        let bytes = try context.addon.contents(of: file)
        if case .binary? = field?.kind { return .text(Data(bytes).base64EncodedString()) }
        return .text(String(decoding: bytes, as: UTF8.self))
    }

    private func typed(_ type: String) throws -> Value {
        switch type {
        case "xml": return .text(try markup())
        case "int": return try integer(element.text)
        case "float": return try float(element.text)
        case "list", "tuple":
            return .list(
                try element.children.map { try ValueTag(element: $0, context: context, allowsText: true).value() })
        case "char": return try converted(element.text)
        default: throw LoadError.malformed("there is no type \(type) of a field", at: place)
        }
    }

    /// Child elements as text, `%(name)d` in them replaced by ids.
    private func markup() throws -> String {
        let children = element.children.count
        if children == 0 { throw LoadError.malformed("a field of type xml needs an element", at: place) }
        let body = element.serializedChildren(asciiOnly: true)
        let whole = children > 1 ? "<data>\(body)</data>" : body
        return "<?xml version=\"1.0\"?>\n" + (try ReferenceText(context: context, place: place).resolved(whole))
    }

    /// Plain text by the field's kind.
    private func converted(_ text: String) throws -> Value {
        switch field?.kind {
        case .integer, .bigInteger: return try integer(text)
        case .float: return try float(text)
        // Any text is true, as in the original; use eval.
        case .boolean: return .boolean(!text.isEmpty)
        case .many2one:
            let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
            if trimmed.isEmpty { return false }
            guard let id = Int(trimmed) else {
                throw LoadError.malformed("\(field?.name ?? "the field") takes a number, or use ref", at: place)
            }
            return .integer(id)
        case .date: return text.isEmpty ? false : .text(String(text.prefix(10)))
        default: return text.isEmpty ? false : .text(text)
        }
    }

    private func integer(_ text: String) throws -> Value {
        if text.trimmingCharacters(in: .whitespacesAndNewlines) == "None" { return .null }
        return try NumberText.integerValue(text, for: field?.name, at: place)
    }

    private func float(_ text: String) throws -> Value {
        try NumberText.floatValue(text, for: field?.name, at: place)
    }
}
