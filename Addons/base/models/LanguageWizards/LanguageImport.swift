internal import Foundation
internal import ORM
internal import Values

/// The wizard that loads a file of translations that somebody brings (contract/addons.md §11).
enum LanguageImport {
    static let definition = ModelDefinition.introducing("base.language.import", transient: true) { model in
        model.title = "Language Import"
        model.fields = [
            .wizardPicture,
            .char("name", "Language Name", size: 64, required: true),
            .char(
                "code", "Code (eg:en__US)", size: 5, required: true, help: "Language and country, such as fr_BE."),
            .binary("data", "File", required: true),
        ]
        // The context must be given, as it always had to be.
        model.remote = [.method("import_lang", writes: true, ["ids", "context"], load)]
    }

    private static func load(_ wizards: Records, _ arguments: Arguments) throws -> Value {
        // Clients ask for the sizes of files where they show forms; here the content is wanted.
        let environment = wizards.environment.adding(["bin_size": false])
        for wizard in wizards.seen(in: environment) {
            let code = try wizard.text("code") ?? ""
            guard let text = try wizard.text("data"),
                let file = Data(base64Encoded: text, options: .ignoreUnknownCharacters)
            else { throw UserError("Error", "The file is not encoded as base64 text.") }
            _ = try Language.add(code, name: wizard.text("name"), in: environment)
            try environment.registry.ports.translationFiles?.load(Array(file), as: code, environment)
        }
        return [:]
    }
}
