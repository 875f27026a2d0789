internal import ORM
internal import Values

/// An addon as the database knows it, installed or not (contract/addons.md §3).
enum AddonRecord {
    /// The states of an addon with the words people read.
    static let states = [
        Selection.Option("uninstallable", "Not Installable"), Selection.Option("uninstalled", "Not Installed"),
        Selection.Option("installed", "Installed"), Selection.Option("to upgrade", "To be upgraded"),
        Selection.Option("to remove", "To be removed"), Selection.Option("to install", "To be installed"),
    ]

    /// Those of addons whose records are in the database.
    static let presentStates: Set<String> = ["installed", "to upgrade", "to remove"]

    static let definition = ModelDefinition.introducing("ir.module.module") { model in
        model.title = "Module"
        model.order = "name"
        model.fields = [
            .char("name", "Name", size: 128, required: true, readonly: true, index: .yes),
            .many2one("category_id", "Category", to: "ir.module.category", readonly: true, index: .yes),
            .char("shortdesc", "Short Description", size: 256, readonly: true, translate: true),
            .text("description", "Description", readonly: true, translate: true),
            .char("author", "Author", size: 128, readonly: true),
            .char("maintainer", "Maintainer", size: 128, readonly: true),
            .text("contributors", "Contributors", readonly: true),
            .char("website", "Website", size: 256, readonly: true),
            // The database holds the version that is installed; OpenERP calls it the latest, and that on disk the
            // installed one.
            .computed("installed_version", "Latest version", .char(nil), get: versionsOnDisk)
                .called("_get_latest_version"),
            .char("latest_version", "Installed version", size: 64, readonly: true),
            .char("published_version", "Published Version", size: 64, readonly: true),
            .char("url", "URL", size: 128, readonly: true),
            .one2many(
                "dependencies_id", "Dependencies", of: "ir.module.module.dependency", inverse: "module_id",
                readonly: true),
            .selection("state", "State", .fixed(states), readonly: true, index: .yes, default: "uninstalled"),
            .boolean("demo", "Demo data", default: false),
            .selection("license", "License", .fixed(licenses), readonly: true, default: "AGPL-3"),
            .computedTogether("menus_by_module", "Menus", .text, by: AddonContents.group, store: .always)
                .called("_get_views"),
            .computedTogether("reports_by_module", "Reports", .text, by: AddonContents.group, store: .always)
                .called("_get_views"),
            .computedTogether("views_by_module", "Views", .text, by: AddonContents.group, store: .always)
                .called("_get_views"),
            .char("certificate", "Quality Certificate", size: 64, readonly: true),
            .boolean("web", "Has a web component", readonly: true, default: false),
        ]
        model.constraints = [
            .sql("name_uniq", "UNIQUE (name)", message: "The name of the module must be unique !"),
            .sql(
                "certificate_uniq", "UNIQUE (certificate)",
                message: "The certificate ID of the module must be unique !"),
        ]
        model.overrides.unlink = { addons, inherited in
            let bound = presentStates.union(["to install"])
            if try addons.contains(where: { bound.contains(try $0.text("state") ?? "") }) {
                throw UserError("Error", "You try to remove a module that is installed or will be installed")
            }
            try inherited(addons)
        }
        model.remote =
            AddonMarks.methods + AddonListing.methods + [
                .method("button_update_translations", writes: true, ["ids", .optional("filter_lang"), .context]) {
                    try updateTranslations(of: $0, $1)
                }
            ]
    }

    /// Loads the addons' translation files anew, in the languages named or in all that people work in.
    private static func updateTranslations(of addons: Records, _ arguments: Arguments) throws -> Value {
        let environment = addons.environment
        try environment.check(.write, on: addons.model)
        let names = try addons.only { try $0.text("state") == "installed" }.compactMap { try $0.text("name") }
        let wanted = arguments["filter_lang"]
        let languages =
            if let list = wanted.list {
                list.compactMap(\.text)
            } else if let language = wanted.text {
                [language]
            } else {
                try environment.registry.ports.translator.translatableLanguages(in: environment)
            }
        try environment.registry.ports.translationFiles?.load(names, in: languages, overwriting: false, environment)
        return true
    }

    private static func versionsOnDisk(_ addons: Records) throws -> [RecordID: Value] {
        let disk = addons.environment.registry.ports.addons.addonsOnDisk()
        return try addons.map { .text(disk[try $0.text("name") ?? ""]?.version ?? "") }
    }

    private static let licenses = [
        Selection.Option("GPL-2", "GPL Version 2"),
        Selection.Option("GPL-2 or any later version", "GPL-2 or later version"),
        Selection.Option("GPL-3", "GPL Version 3"),
        Selection.Option("GPL-3 or any later version", "GPL-3 or later version"),
        Selection.Option("AGPL-3", "Affero GPL-3"),
        Selection.Option("Other OSI approved licence", "Other OSI Approved Licence"),
        Selection.Option("Other proprietary", "Other Proprietary"),
    ]
}
