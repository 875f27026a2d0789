internal import Values

/// `read_string` and `write_string`: the labels of fields, language by language; and `copy_translations`
/// (contract/orm.md §6).
enum FieldTexts {
    static let methods = [
        StandardMethods.method("read_string", ["id", "langs", .optional("fields"), .context]) { handle, arguments in
            let wanted = StandardMethods.fieldNames(arguments["fields"])
            return .value(
                try read(
                    arguments["fields"].isTruthy ? wanted : handle.model.fieldNames,
                    in: StandardMethods.fieldNames(arguments["langs"]), of: handle))
        },
        StandardMethods.method("write_string", writes: true, ["id", "langs", "vals", .context]) { handle, arguments in
            let labels = arguments["vals"].dictionary?.compactMapValues(\.text) ?? [:]
            try write(labels, in: StandardMethods.fieldNames(arguments["langs"]), of: handle)
            return .value(true)
        },
        StandardMethods.method("copy_translations", writes: true, ["old_id", "new_id", .context]) {
            handle, arguments in
            guard let old = arguments["old_id"].recordID, let new = arguments["new_id"].recordID else {
                throw ORMError.badValue("copy_translations takes two ids")
            }
            // Who may not write the record may not translate it either.
            try handle.environment.check(.write, on: handle.model)
            guard try handle.other([old, new]).exist() else {
                throw ORMError.recordGone(model: handle.model.name, title: handle.model.title)
            }
            try TranslationCopy(in: handle.environment, checksRights: true).run(
                [(from: old, to: new)], of: handle.model)
            return .value(nil)
        },
    ]

    /// Language → field → label, with the language itself as `code`; unknown fields are left out.
    private static func read(_ names: [FieldName], in languages: [String], of handle: Records) throws -> Value {
        let environment = handle.environment
        let fields = try names.compactMap { try labelled($0, of: handle) }
        var answer: [String: Value] = [:]
        // What a language says is remembered: the loop asks the database at most once for each that is new.
        for language in languages.distinct {
            let texts = try environment.registry.ports.translator.texts(in: language, environment)
            var labels: [String: Value] = ["code": .text(language)]
            for (field, owner) in fields {
                labels[field.name] = .text(
                    texts?.text(for: field.label, .field, of: "\(owner),\(field.name)") ?? field.label)
            }
            answer[language] = .dictionary(labels)
        }
        return .dictionary(answer)
    }

    private static func write(_ labels: [FieldName: String], in languages: [String], of handle: Records) throws {
        let environment = handle.environment
        let fields = try labels.keys.sorted().compactMap { try labelled($0, of: handle) }
        try environment.registry.ports.translator.store(
            texts: languages.distinct.flatMap { language in
                fields.map { field, owner in
                    TranslatedText(
                        kind: .field, name: "\(owner),\(field.name)", source: field.label, language: language,
                        text: labels[field.name] ?? "")
                }
            }, in: environment)
    }

    /// A field with the model that declares it.
    private static func labelled(_ name: FieldName, of handle: Records) throws -> (Field, ModelName)? {
        guard let field = handle.model.field(name) else { return nil }
        return (field, try handle.environment.registry.owner(of: name, seenFrom: handle.model).name)
    }
}
