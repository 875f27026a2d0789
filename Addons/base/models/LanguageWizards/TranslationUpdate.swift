internal import ORM
internal import Values

/// The wizard that lists every text without a translation, so that people can translate it there
/// (contract/base-addon.md §3).
enum TranslationUpdate {
    static let definition = ModelDefinition.introducing("base.update.translations", transient: true) { model in
        model.title = "base.update.translations"
        model.fields = [
            .wizardPicture,
            .selection("lang", "Language", .translatableLanguages, required: true),
        ]
        model.overrides.defaultValues = { wizards, fields, inherited in
            var values = try inherited(fields)
            if fields.contains("lang"), let code = try activeLanguage(wizards.environment) {
                values["lang"] = .text(code)
            }
            return values
        }
        model.remote = [
            .method("act_update", writes: true, ["ids", .context]) { wizards, _ in
                for wizard in wizards {
                    guard let language = try wizard.text("lang") else { continue }
                    try wizard.environment.registry.ports.translationFiles?.addMissing(
                        in: language, wizard.environment)
                }
                return WizardAnswer.close
            },
            .method("act_cancel", writes: false, ["ids", .context]) { _, _ in WizardAnswer.close },
        ]
    }

    /// The language whose form the wizard was opened from.
    private static func activeLanguage(_ environment: Environment) throws -> String? {
        guard environment.context["active_model"].text == "res.lang",
            let id = environment.context["active_id"].recordID
        else { return nil }
        return try environment.record("res.lang", id).text("code")
    }
}
