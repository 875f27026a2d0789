internal import Foundation
internal import ORM
internal import Values

/// The wizard that takes an addon in as a zip file (contract/addons.md §11). It can be installed like any other then.
enum AddonImport {
    /// The most bytes a zip file may have.
    private static let sizeLimit = 32 << 20

    static let definition = ModelDefinition.introducing("base.module.import", transient: true) { model in
        model.title = "Import Module"
        model.fields = [
            .binary(
                "module_file", "Module .ZIP file", required: true,
                help: "A zip file with the folder of one module: its manifest and data files, and no code."),
            .selection("state", "state", ["init": "init", "done": "done"], readonly: true, default: "init"),
            .char("module_name", "Module Name", size: 128),
            .wizardPicture,
        ]
        model.remote = [
            .method("importzip", writes: true, ["ids", .context]) { wizards, _ in
                for wizard in wizards { try take(wizard) }
                return false
            },
            AddonWindow.opening,
        ]
    }

    private static func take(_ wizard: Record) throws {
        // Clients ask for the sizes of files where they show forms; here the content is wanted.
        let environment = wizard.environment.adding(["bin_size": false])
        // Whoever may add a record of an addon may bring one.
        try environment.check(.create, on: environment.registry.model("ir.module.module"))
        let text = try wizard.alone.seen(in: environment).first?.value("module_file").text ?? ""
        guard text.utf8.count <= sizeLimit / 3 * 4,
            let data = Data(base64Encoded: text, options: .ignoreUnknownCharacters)
        else {
            throw UserError("Error !", "The file is larger than \(sizeLimit >> 20) MB, or was not sent as base64.")
        }
        let store = environment.registry.ports.addons
        let name = try store.add(archive: Array(data))
        _ = try store.updateList(in: environment)
        try wizard.write(["state": "done", "module_name": .text(name)])
    }
}
