internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values

/// An action that prints records (contract/views.md §7).
enum ReportAction {
    static let definition = ModelDefinition.introducing("ir.actions.report.xml") { model in
        model.table = "ir_act_report_xml"
        model.parentTable = "ir_actions"
        model.order = "name"
        model.fields = [
            .char("name", "Name", size: 64, required: true, translate: true),
            .char("type", "Action Type", size: 32, required: true, default: "ir.actions.report.xml"),
            .char("model", "Object", size: 64, required: true),
            .char("report_name", "Service Name", size: 64, required: true),
            .char(
                "report_type", "Report Type", size: 32, required: true, default: "pdf",
                help: "What comes out: pdf, html, raw, sxw, odt, txt and others."),
            .char("usage", "Action Usage", size: 32),
            .many2many(
                "groups_id", "Groups", of: "res.groups",
                through: .init(table: "res_groups_report_rel", own: "uid", other: "gid")),
            .boolean("multi", "On multiple doc.", default: false, help: "Offered for lists of records, not in forms."),
            .char(
                "attachment", "Save As Attachment Prefix", size: 128, default: false,
                help: "A Python expression over object and time: the name under which a print is kept."),
            .boolean("attachment_use", "Reload from Attachment", help: "A print that was kept is given out again."),
            .boolean("auto", "Custom python parser", required: true, default: true),
            .boolean("header", "Add RML header", default: true, help: "Prints the company's header."),
            .char("report_xsl", "XSL path", size: 256),
            .char("report_xml", "XML path", size: 256),
            .char("report_rml", "Main report file path", size: 256, help: "The file the print is made from."),
            .computed(
                "report_file", "Report file", .char(256), get: { try files($0) },
                set: { reports, value in try reports.write(["report_rml": value]) }, store: .always,
                help: "The file the print is made from."
            ).called("_fnct_read", writing: "_fnct_write"),
            .computed("report_sxw", "SXW path", .char(nil), get: officeFiles).called("_report_sxw"),
            .binary("report_sxw_content_data", "SXW content"),
            .binary("report_rml_content_data", "RML content"),
            content("report_sxw_content", "SXW content", fallback: false),
            content("report_rml_content", "RML content"),
        ]
    }

    private static func files(_ reports: Records) throws -> [RecordID: Value] {
        try reports.map { try $0.text("report_rml").map { .text($0) } ?? false }
    }

    /// Where the office document lies that an RML file was made from: beside it.
    private static func officeFiles(_ reports: Records) throws -> [RecordID: Value] {
        try reports.map { report in
            guard let file = try report.text("report_rml"), file.hasSuffix(".rml") else { return false }
            return .text(file.dropLast(4) + ".sxw")
        }
    }

    /// A template that somebody has put into the record itself, kept in the column `…_data`.
    private static func content(_ name: FieldName, _ label: String, fallback: Default? = nil) -> Field {
        let column = name + "_data"
        return .computed(
            name, label, .binary,
            get: { reports in try reports.map { try $0.value(column) } },
            set: { reports, value in try reports.write([column: value]) }, default: fallback
        ).called("_report_content", writing: "_report_content_inv")
    }
}
