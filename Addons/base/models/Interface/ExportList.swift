internal import ORM
internal import Values

/// The fields a client exports together, under a name.
enum ExportList {
    static let definition = ModelDefinition.introducing("ir.exports") { model in
        model.order = "name"
        model.fields = [
            .char("name", "Export Name", size: 128),
            .char("resource", "Resource", size: 128, index: .yes),
            .one2many("export_fields", "Export ID", of: "ir.exports.line", inverse: "export_id"),
        ]
    }
}

/// One of the fields of an export.
enum ExportListLine {
    static let definition = ModelDefinition.introducing("ir.exports.line") { model in
        model.fields = [
            .char("name", "Field Name", size: 64),
            .many2one("export_id", "Export", to: "ir.exports", onDelete: .cascade, index: .yes),
        ]
    }
}
