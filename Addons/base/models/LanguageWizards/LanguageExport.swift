internal import Foundation
internal import ORM
internal import Values

/// The wizard that writes all texts of addons into a file (contract/addons.md §11).
enum LanguageExport {
    static let definition = ModelDefinition.introducing("base.language.export", transient: true) { model in
        model.title = "base.language.export"
        model.fields = [
            .wizardPicture,
            .char("name", "Filename", size: 16, readonly: true),
            .selection(
                "lang", "Language", .translatableLanguages,
                help: "Without a language the file becomes a template to begin a translation with."),
            .selection(
                "format", "File Format", ["csv": "CSV File", "po": "PO File", "tgz": "TGZ Archive"], required: true),
            .many2many(
                "modules", "Modules", of: "ir.module.module",
                through: .init(table: "rel_modules_langexport", own: "wiz_id", other: "module_id"),
                domain: [["state", "=", "installed"]]),
            .binary("data", "File", readonly: true),
            .text("advice", "Advice", readonly: true),
            .selection("state", "unknown", ["choose": "choose", "get": "get"], default: "choose"),
        ]
        model.remote = [
            .method("act_getfile", writes: true, ["ids", .context], write),
            .method("act_cancel", writes: false, ["ids", .context]) { _, _ in WizardAnswer.close },
            .method("act_destroy", writes: false, ["ids", .context]) { _, _ in WizardAnswer.close },
        ]
    }

    /// Writes the file into the wizard's own record, where clients fetch it.
    private static func write(_ wizards: Records, _ arguments: Arguments) throws -> Value {
        guard let files = wizards.environment.registry.ports.translationFiles else { return 1 }
        for wizard in wizards {
            let chosen = try wizard.many("modules")
            let addons = try chosen.isEmpty ? installed(wizard.environment) : chosen.compactMap { try $0.text("name") }
            let format = try TranslationFormat(rawValue: wizard.text("format") ?? "") ?? .po
            let language = try wizard.text("lang")
            let bytes = try files.export(addons, in: language, as: format, wizard.environment)
            try wizard.write([
                "name": .text(name(language, addons, format)), "state": "get",
                "data": .text(Data(bytes).base64EncodedString()), "advice": .text(advice(format)),
            ])
        }
        return 1
    }

    private static func installed(_ environment: Environment) throws -> [String] {
        try environment.search("ir.module.module", [["state", "=", "installed"]]).compactMap { try $0.text("name") }
    }

    /// `fr.po`; a template is called after its module.
    private static func name(_ language: String?, _ addons: [String], _ format: TranslationFormat) -> String {
        guard let language else {
            let name = addons.count == 1 ? addons[0] : "new"
            return format == .po ? "\(name.cut(to: 12)).pot" : "\(name.cut(to: 12)).\(format.rawValue)"
        }
        return "\(Language.isoCode(of: language).cut(to: 12)).\(format.rawValue)"
    }

    private static func advice(_ format: TranslationFormat) -> String {
        switch format {
        case .csv: "Save the file as UTF-8 text, and open it with a spreadsheet. Translations are in the last column."
        case .po: "Save the file, and open it with an editor for PO files or any editor that keeps UTF-8 text."
        case .tgz: "Save the archive, and unpack it over the folder of the modules: each gets its file in i18n."
        }
    }
}
