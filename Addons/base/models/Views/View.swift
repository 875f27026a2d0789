internal import ORM
internal import Values
internal import ViewArchitecture

/// How records of a model are shown, as XML (contract/views.md §1).
enum View {
    static let definition = ModelDefinition.introducing("ir.ui.view") { model in
        model.order = "priority,name"
        model.fields = [
            .char("name", "View Name", size: 64, required: true),
            .char("model", "Object", size: 64, required: true, index: .yes),
            .integer("priority", "Sequence", required: true, default: 16),
            .selection(
                "type", "View Type",
                [
                    "tree": "Tree", "form": "Form", "mdx": "mdx", "graph": "Graph", "calendar": "Calendar",
                    "diagram": "Diagram", "gantt": "Gantt", "search": "Search",
                ], required: true, index: .yes),
            .text(
                "arch", "View Architecture", required: true,
                default: "<?xml version=\"1.0\"?>\n<form string=\"\">\n    <field name=\"name\"/>\n</form>\n"),
            .many2one("inherit_id", "Inherited View", to: "ir.ui.view", onDelete: .cascade, index: .yes),
            .char("field_parent", "Child Field", size: 64),
            .computed(
                "xml_id", "XML ID", .char(128), get: externalIDs, help: "The name data files know the view by."
            ).called("get_xml_id"),
        ]
        model.constraints = [
            .check("arch", message: "Invalid XML for View Architecture!") { views in
                for view in views { try check(view) }
                return true
            }
        ]
        model.overrides = .telling(Views.noteChange)
        model.overrides.write = { views, values, inherited in
            try inherited(views, values)
            // What people have arranged was arranged of what the view was before.
            try views.environment.superuser.search(
                "ir.ui.view.custom", [["ref_id", "in", .list(views.ids.map { .integer($0) })]]
            ).unlink()
            try Views.noteChange(in: views.environment)
        }
        model.remote = [
            .modelMethod(
                "graph_get", writes: false,
                ["id", "model", "node_obj", "conn_obj", "src_node", "des_node", "label", "scale", .context]
            ) { environment, arguments in
                try Diagram(arguments, in: environment).value()
            }
        ]
        model.tableSQL = [
            """
            CREATE INDEX IF NOT EXISTS "ir_ui_view_model_type_inherit_id" \
            ON "ir_ui_view" ("model", "type", "inherit_id")
            """
        ]
    }

    /// - Throws: `ValidationFailure` with the place of the mistake.
    private static func check(_ view: Record) throws {
        let name = try view.text("name") ?? ""
        do { try ViewCheck.check(view.text("arch") ?? "", name: name) } catch let error as ViewError {
            throw ValidationFailure(failures: [
                .init(fields: ["arch"], message: "Invalid XML for View Architecture!\n\(name): \(error)")
            ])
        }
    }

    private static func externalIDs(_ views: Records) throws -> [RecordID: Value] {
        let names = try views.environment.registry.ports.externalIDs.names(of: views)
        return views.map { .text(names[$0.id]?.first ?? "") }
    }
}
