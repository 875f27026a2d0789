internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values

/// A file, or the address of one, that belongs to a record.
enum Attachment {
    static let definition = ModelDefinition.introducing("ir.attachment") { model in
        model.fields = [
            .char("name", "Attachment Name", size: 256, required: true),
            .binary("datas", "Data"),
            .char("datas_fname", "Filename", size: 256),
            .text("description", "Description"),
            .computed("res_name", "Resource Name", .char(128), get: recordNames, store: .always).called(
                "_name_get_resname"),
            .char(
                "res_model", "Resource Object", size: 64, readonly: true, help: "The model of the record it belongs to."
            ),
            .integer("res_id", "Resource ID", readonly: true, help: "The number of the record it belongs to."),
            .char("url", "Url", size: 512),
            .selection(
                "type", "Type", ["url": "URL", "binary": "Binary"], required: true, default: "binary",
                help: "A file is kept here, or a web address is."
            ).with { $0.changeDefault = true },
            .datetime("create_date", "Date Created", readonly: true),
            .many2one("create_uid", "Owner", to: "res.users", readonly: true),
            .many2one("company_id", "Company", to: "res.company", default: .company(of: "ir.attachment"))
                .with { $0.changeDefault = true },
        ]
        model.overrides = accessOverrides()
        model.remote = [
            .modelMethod("action_get", writes: false, [.context]) { environment, _ in
                try WindowAction.read(externalID: "base.action_attachment", in: environment)
            }
        ]
    }

    /// The names of the records the attachments belong to, cut to the column's size. One statement a model.
    private static func recordNames(_ attachments: Records) throws -> [RecordID: Value] {
        var owners: [ModelName: Set<RecordID>] = [:]
        let targets = try attachments.map { attachment -> RecordReference? in
            let id = try attachment.integer("res_id")
            guard id > 0, let model = try attachment.text("res_model"),
                attachments.environment.registry.models[model] != nil
            else { return nil }
            return RecordReference(model: model, id: id)
        }.compactMapValues(\.self)
        for target in targets.values { owners[target.model, default: []].insert(target.id) }
        var names: [ModelName: [RecordID: String]] = [:]
        for (model, ids) in owners {
            names[model] = try attachments.environment.records(model, ids.sorted()).displayNames()
        }
        return targets.compactMapValues { target in
            names[target.model]?[target.id].map { .text(shortened($0)) }
        }
    }

    /// At most 128 characters, the last three of them dots where something was cut.
    static func shortened(_ name: String) -> String {
        let limit = 128
        let characters = name.unicodeScalars
        guard characters.count > limit else { return name }
        return String(String.UnicodeScalarView(characters.prefix(limit - 3))) + "..."
    }
}
