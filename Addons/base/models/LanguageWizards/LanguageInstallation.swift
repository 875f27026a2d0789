internal import ORM
internal import Values

/// The wizard that adds a language with what the addons say in it (contract/addons.md §11).
enum LanguageInstallation {
    static let definition = ModelDefinition.introducing("base.language.install", transient: true) { model in
        model.title = "Install Language"
        model.fields = [
            .wizardPicture,
            .selection("lang", "Language", .knownLanguages, required: true),
            .boolean(
                "overwrite", "Overwrite Existing Terms", default: false,
                help: "Puts the translations of the modules in the place of those that are there. What you translated "
                    + "in a form yourself stays."),
            .selection("state", "state", ["init": "init", "done": "done"], readonly: true, default: "init"),
        ]
        model.remote = [.method("lang_install", writes: true, ["ids", .context], install)]
    }

    /// Answers the same window, which now says that it is done.
    private static func install(_ wizards: Records, _ arguments: Arguments) throws -> Value {
        let environment = wizards.environment
        for wizard in wizards {
            guard let language = try wizard.text("lang") else { continue }
            try environment.registry.ports.translator.add(
                language: language, overwriting: wizard.flag("overwrite"), in: environment)
        }
        try wizards.write(["state": "done"])
        return WizardAnswer.again(wizards)
    }
}
