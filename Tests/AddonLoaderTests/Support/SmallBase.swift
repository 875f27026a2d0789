import ORM
import Values

/// The models a load writes to, as small as they can be, and a zoo to load records into.
enum SmallBase {
    static let addon = AddonModels(
        "base",
        definitions: [
            externalID, category, module, dependency, group, view, window, report, wizard, storedValue, menu, species,
            animal, keeper, activity,
        ])

    private static let externalID = ModelDefinition.introducing("ir.model.data") { model in
        model.fields = [
            .char("name", "Name", size: 128, required: true), .char("module", "Module", size: 64, required: true),
            .char("model", "Model", size: 64, required: true), .integer("res_id", "Record"),
            .boolean("noupdate", "Protected"), .datetime("date_init", "Made"), .datetime("date_update", "Met"),
        ]
        model.constraints = [.sql("name_uniq", "UNIQUE (module, name)", message: "That external id is taken.")]
    }

    private static let category = ModelDefinition.introducing("ir.module.category") { model in
        model.fields = [
            .char("name", "Name", size: 128, required: true),
            .many2one("parent_id", "Within", to: "ir.module.category"),
        ]
    }

    private static let module = ModelDefinition.introducing("ir.module.module") { model in
        model.fields = [
            .char("name", "Name", size: 128, required: true), .char("shortdesc", "Title", size: 256),
            .text("description", "Description"), .char("author", "Author", size: 128),
            .char("website", "Website", size: 256), .char("license", "License", size: 32),
            .char("maintainer", "Maintainer", size: 128), .text("contributors", "Contributors"),
            .char("certificate", "Certificate", size: 64), .boolean("web", "Web"),
            .many2one("category_id", "Category", to: "ir.module.category"), .char("state", "State", size: 16),
            .char("latest_version", "Version", size: 64), .boolean("demo", "Demo"),
            .one2many("dependencies_id", "Needs", of: "ir.module.module.dependency", inverse: "module_id"),
        ]
    }

    private static let dependency = ModelDefinition.introducing("ir.module.module.dependency") { model in
        model.fields = [
            .char("name", "Name", size: 128),
            .many2one("module_id", "Module", to: "ir.module.module", onDelete: .cascade),
        ]
    }

    private static let group = ModelDefinition.introducing("res.groups") { model in
        model.fields = [.char("name", "Name", size: 64, required: true)]
    }

    private static let view = ModelDefinition.introducing("ir.ui.view") { model in
        model.fields = [
            .char("name", "Name", size: 64, required: true), .char("type", "Type", size: 16),
            .text("arch", "Architecture"),
        ]
    }

    private static let window = ModelDefinition.introducing("ir.actions.act_window") { model in
        model.fields = [
            .char("name", "Name", size: 64, required: true), .char("type", "Type", size: 32),
            .char("res_model", "Model", size: 64), .char("domain", "Domain", size: 250),
            .char("context", "Context", size: 250), .char("view_type", "View type", size: 16),
            .char("view_mode", "View modes", size: 250), .char("target", "Target", size: 16),
            .char("usage", "Usage", size: 32), .char("src_model", "Source", size: 64),
            .boolean("multi", "Lists only"), .integer("limit", "Limit"), .integer("auto_refresh", "Refresh"),
            .many2one("view_id", "View", to: "ir.ui.view"),
            .many2many(
                "groups_id", "Groups", of: "res.groups",
                through: .init(table: "window_group_rel", own: "act_id", other: "gid")),
        ]
    }

    private static let storedValue = ModelDefinition.introducing("ir.values") { model in
        model.fields = [
            .char("name", "Name", size: 128), .char("key", "Key", size: 128), .char("key2", "Key 2", size: 256),
            .char("model", "Model", size: 128), .integer("res_id", "Record"), .text("value", "Value"),
            .boolean("object", "Is an object"),
        ]
        model.remote = [
            .modelMethod(
                "set", writes: true, ["key", "key2", "name", "models", "value", "replace", "isobject", "meta"]
            ) { environment, arguments in
                let names: [FieldName] = ["key", "key2", "name", "value"]
                let values = Dictionary(uniqueKeysWithValues: names.map { ($0, arguments[$0]) })
                let rows = (arguments["models"].list ?? []).map { owner -> FieldValues in
                    values.merging(["model": owner.list?.first ?? owner, "object": arguments["isobject"]]) { $1 }
                }
                return .list(try environment.records("ir.values").create(rows).map { .integer($0) })
            }
        ]
    }

    private static let report = ModelDefinition.introducing("ir.actions.report.xml") { model in
        model.fields = [
            .char("name", "Name", size: 64, required: true), .char("model", "Model", size: 64),
            .char("report_name", "Service", size: 64), .char("report_rml", "Template", size: 256),
            .char("report_sxw", "Document", size: 256), .binary("report_sxw_content", "Its content"),
            .char("report_xml", "XML", size: 256), .char("report_xsl", "XSL", size: 256),
            .char("report_type", "Type", size: 32, default: "pdf"), .char("attachment", "Attachment", size: 128),
            .boolean("auto", "Own parser", default: true), .boolean("header", "With header", default: true),
            .boolean("multi", "Lists only"), .boolean("attachment_use", "From attachment"),
            .many2many(
                "groups_id", "Groups", of: "res.groups",
                through: .init(table: "report_group_rel", own: "uid", other: "gid")),
        ]
    }

    private static let wizard = ModelDefinition.introducing("ir.actions.wizard") { model in
        model.fields = [
            .char("name", "Name", size: 64, required: true), .char("model", "Model", size: 64),
            .char("wiz_name", "Service", size: 64), .boolean("multi", "Lists only"),
        ]
    }

    private static let activity = ModelDefinition.introducing("workflow.activity") { model in
        model.fields = [.char("name", "Name", size: 64, required: true)]
    }

    private static let menu = ModelDefinition.introducing("ir.ui.menu") { model in
        model.fields = [
            .char("name", "Name", size: 64, required: true), .integer("sequence", "Sequence", default: 10),
            .many2one("parent_id", "Within", to: "ir.ui.menu"),
            .char("icon", "Icon", size: 64, default: "STOCK_OPEN"), .char("web_icon", "Web icon", size: 128),
            .reference("action", "Action", ["ir.actions.act_window": "Window"], size: 128),
            .many2many(
                "groups_id", "Groups", of: "res.groups",
                through: .init(table: "menu_group_rel", own: "menu_id", other: "gid")),
        ]
    }

    private static let species = ModelDefinition.introducing("zoo.species") { model in
        model.fields = [
            .char("name", "Name", size: 64, required: true), .integer("legs", "Legs"),
            .boolean("extinct", "Extinct"), .text("notes", "Notes"),
        ]
        model.constraints = [.sql("name_uniq", "UNIQUE (name)", message: "There is such a species already.")]
    }

    private static let animal = ModelDefinition.introducing("zoo.animal") { model in
        model.fields = [
            .char("name", "Name", size: 64, required: true), .float("weight", "Weight"), .date("born", "Born"),
            .boolean("tame", "Tame"), .integer("age", "Age"), .text("notes", "Notes"), .binary("picture", "Picture"),
            .selection("diet", "Diet", ["plants": "Plants only", "meat": "Meat"]),
            .reference("home", "Home", ["zoo.species": "Species"], size: 64),
            .many2one("species_id", "Species", to: "zoo.species"),
            .many2many(
                "rival_ids", "Rivals", of: "zoo.species",
                through: .init(table: "zoo_animal_rival_rel", own: "animal_id", other: "species_id")),
            .many2one("parent_id", "Mother", to: "zoo.animal"),
            .one2many("child_ids", "Children", of: "zoo.animal", inverse: "parent_id"),
        ]
        model.remote = [
            .method("feed", writes: true, ["ids", "food"]) { animals, arguments in
                try animals.write(["notes": arguments["food"]])
                return nil
            }
        ]
    }

    private static let keeper = ModelDefinition.introducing("zoo.keeper") { model in
        model.delegates = ["res.groups": "group_id"]
        model.fields = [.char("shift", "Shift", size: 16)]
    }
}
