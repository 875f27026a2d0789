internal import Foundation
internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values
internal import XMLTree

/// Finds all texts of an addon that people read: labels, helps, options and messages of its models, values of its
/// records, what its views and its code say (contract/addons.md §11).
struct TermCollector {
    let environment: Environment
    let addon: AddonFolder
    /// nil for templates.
    let language: String?
    /// What labels, options, views and code say in the language.
    let texts: TranslatedTexts?
    /// What the server says itself, if the addon translates it.
    let serverTexts: [String]

    init(
        _ addon: AddonFolder, in language: String?, _ environment: Environment, serverTexts: [String] = []
    ) throws {
        self.serverTexts = serverTexts
        self.environment = environment
        self.addon = addon
        self.language = language
        texts = try language.flatMap { try environment.registry.ports.translator.texts(in: $0, environment) }
    }

    /// Those the caller may read, each once, those of models first. One statement a model that the addon has records of, and one for its views.
    func terms() throws -> [Term] {
        (try modelTerms() + recordTerms() + viewTerms() + codeTerms()).filter { !$0.source.isEmpty }.distinct
    }

    private func term(_ kind: TranslatedTexts.Kind, _ name: String, _ source: String, line: Int = 0) -> Term {
        let text = texts?.text(for: source, kind, of: name)
        return Term(
            addon.name, kind.rawValue, name, target: .number(line), source: source,
            text: text == source ? "" : text ?? "")
    }

    // MARK: - Models

    private func modelTerms() throws -> [Term] {
        let models = environment.registry.models.values.filter { $0.addons.contains(addon.name) }
        return models.sorted { $0.name < $1.name }.flatMap { model in
            model.fields.filter { model.fieldOrigins[$0.name]?.contains(addon.name) == true }
                .flatMap { fieldTerms($0, of: model) }
                // Which addon a constraint comes from is not kept: the one the model comes from tells it.
                + (model.addons.first == addon.name ? constraintTerms(of: model) : [])
        }
    }

    private func fieldTerms(_ field: Field, of model: Model) -> [Term] {
        let name = "\(model.name),\(field.name)"
        var terms = [term(.field, name, field.label)]
        if let help = field.attributes.help { terms.append(term(.help, name, help)) }
        switch field.kind {
        case .selection(.fixed(let options), _), .reference(.fixed(let options), _):
            terms += options.map { term(.selection, name, $0.label) }
        default: break
        }
        return terms
    }

    private func constraintTerms(of model: Model) -> [Term] {
        model.constraints.map { constraint in
            switch constraint {
            case .check(_, let message, _): term(.constraint, model.name, message)
            case .sql(_, _, let message): term(.sqlConstraint, model.name, message)
            }
        }
    }

    // MARK: - Records

    private func recordTerms() throws -> [Term] {
        let models = try environment.rows(
            "SELECT DISTINCT \"model\" FROM \"ir_model_data\" WHERE \"module\" = \(addon.name) ORDER BY \"model\""
        ).texts(column: 0)
        // A loop over the models that the addon has records of: each has its own columns.
        return try models.flatMap { name -> [Term] in
            guard let model = name.flatMap({ environment.registry.models[$0] }), try isReadable(model) else {
                return []
            }
            let fields = try model.fields.filter {
                try $0.attributes.translate && $0.hasColumn && environment.maySee($0)
            }
            return fields.isEmpty ? [] : try recordTerms(fields, of: model)
        }
    }

    /// Whether the caller may read all records of a model: of one whose records are hidden from him nothing is told.
    private func isReadable(_ model: Model) throws -> Bool {
        if model.isTransient { return false }
        if environment.isSuperuser { return true }
        return try environment.permits(.read, on: model)
            && environment.registry.ports.access.rule(.read, on: model, in: environment) == nil
    }

    private func recordTerms(_ fields: [Field], of model: Model) throws -> [Term] {
        let translator = environment.registry.ports.translator
        let columns = fields.flatMap { field -> [SQL] in
            let value = language.map { translator.value(of: field.name, of: model, id: "\"row\".\"id\"", in: $0) }
            return ["\"row\".\(column: field.name)", value ?? "NULL"]
        }
        let result = try environment.rows(
            """
            SELECT "data"."name", \(columns.joined(by: ", ")) FROM "ir_model_data" AS "data" \
            JOIN \(table: model.table) AS "row" ON "row"."id" = "data"."res_id" \
            WHERE "data"."module" = \(addon.name) AND "data"."model" = \(model.name) ORDER BY "data"."name"
            """)
        return (0..<result.rowCount).flatMap { row in
            fields.enumerated().map { index, field in
                Term(
                    addon.name, "model", "\(model.name),\(field.name)",
                    target: .externalID(module: addon.name, name: result.text(row, 0) ?? ""),
                    source: result.text(row, 1 + 2 * index) ?? "", text: result.text(row, 2 + 2 * index) ?? "")
            }
        }
    }

    // MARK: - Views

    /// Attributes that people read. Helps of buttons and filters are not looked up (contract/addons.md §11).
    private static let attributes: Set<String> = ["string", "sum", "confirm"]

    private func viewTerms() throws -> [Term] {
        guard let views = environment.registry.models["ir.ui.view"], views.ownField("model") != nil,
            try isReadable(views)
        else { return [] }
        let result = try environment.rows(
            """
            SELECT "view"."model", "view"."arch", "data"."name" FROM "ir_model_data" AS "data" \
            JOIN "ir_ui_view" AS "view" ON "view"."id" = "data"."res_id" \
            WHERE "data"."module" = \(addon.name) AND "data"."model" = 'ir.ui.view' ORDER BY "data"."name"
            """)
        return try (0..<result.rowCount).flatMap { row -> [Term] in
            guard let model = result.text(row, 0), let arch = result.text(row, 1) else { return [] }
            let document = try Document(parsing: arch, file: "\(addon.name).\(result.text(row, 2) ?? "")")
            return sources(in: document.root).map { term(.view, model, $0) }
        }
    }

    private func sources(in element: Element) -> [String] {
        element.attributes.filter { Self.attributes.contains($0.name) }.map(\.value)
            + element.children.flatMap(sources)
    }

    // MARK: - Code

    private func codeTerms() -> [Term] {
        CodeTexts.texts(in: addon.path + "/models").map { text in
            term(.code, "addons/\(addon.name)/models/\(text.file)", text.source, line: text.line)
        } + serverTexts.map { term(.code, "server/faults", $0) }
    }
}
