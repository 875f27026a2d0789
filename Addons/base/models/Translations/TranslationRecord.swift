internal import ORM
internal import SQL
internal import Values

/// A text in another language (contract/orm.md §12).
enum TranslationRecord {
    static let definition = ModelDefinition.introducing("ir.translation") { model in
        model.logsAccess = false
        model.fields = [
            .char("name", "Field Name", size: 128, required: true),
            .integer("res_id", "Resource ID", index: .yes),
            .selection("lang", "Language", .languages, size: 16),
            .selection(
                "type", "Type",
                [
                    "field": "Field", "model": "Object", "rml": "RML  (deprecated - use Report)",
                    "report": "Report/Template", "selection": "Selection", "view": "View",
                    "wizard_button": "Wizard Button", "wizard_field": "Wizard Field", "wizard_view": "Wizard View",
                    "xsl": "XSL", "help": "Help", "code": "Code", "constraint": "Constraint",
                    "sql_constraint": "SQL Constraint",
                ], size: 16, index: .yes),
            .text("src", "Source"),
            .text("value", "Translation Value"),
            .char("module", "Module", size: 64, help: "The addon whose file brought the translation."),
            .char("xml_id", "XML Id", size: 128, help: "The external id of the record it is about, in that addon."),
        ]
        model.tableSQL = [
            """
            CREATE INDEX IF NOT EXISTS "ir_translation_ltn" ON "ir_translation" ("name", "lang", "type")
            """,
            """
            CREATE INDEX IF NOT EXISTS "ir_translation_src_hash_idx" ON "ir_translation" USING hash ("src")
            """,
        ]
        model.overrides = .telling(Translations.noteChange)
    }
}

extension Selection {
    /// Every language known by name, and those people have added.
    static let languages = Selection.computed { environment in
        let added = try environment.options("SELECT \"code\", \"name\" FROM \"res_lang\" ORDER BY \"name\"")
        let codes = Set(LanguageNames.all.map(\.key))
        return LanguageNames.all + added.filter { !codes.contains($0.key) }
    }
}
