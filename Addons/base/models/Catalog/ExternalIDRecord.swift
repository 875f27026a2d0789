internal import ORM
internal import Values

/// The name `module.name` that data files know a record by (contract/addons.md §7).
enum ExternalIDRecord {
    static let definition = ModelDefinition.introducing("ir.model.data") { model in
        model.order = "module,model,name"
        model.fields = [
            .char("name", "XML Identifier", size: 128, required: true, index: .basic),
            .char("model", "Object", size: 64, required: true, index: .basic),
            .char("module", "Module", size: 64, required: true, index: .basic, default: ""),
            .integer("res_id", "Resource ID", index: .basic),
            .boolean("noupdate", "Non Updatable", default: false),
            .datetime("date_update", "Update Date", default: .now),
            .datetime("date_init", "Init Date", default: .now),
        ]
        model.constraints = [
            .sql(
                "module_name_uniq", "unique(name, module)",
                message: "You cannot have multiple records with the same id for the same module !")
        ]
        // Groups are asked for by their external ids.
        model.overrides = .changingRights()
        model.remote = [
            .modelMethod("get_object_reference", writes: false, ["module", "xml_id"]) { environment, arguments in
                let id = "\(arguments["module"].plainText).\(arguments["xml_id"].plainText)"
                guard let target = try environment.registry.ports.externalIDs.target(of: id, in: environment) else {
                    throw ORMError.badValue("No references to \(id)")
                }
                return [.text(target.model), .integer(target.id)]
            }
        ]
    }
}
