internal import ORM
internal import Values

/// What cases are about, in words of the team.
enum Category {
    static let definition = ModelDefinition.introducing("crm.case.categ") { model in
        model.title = "Category of Case"
        model.fields = [
            .char("name", "Name", size: 64, required: true, translate: true),
            .float("probability", "Probability (%)"),
            .many2one("section_id", "Sales Team", to: "crm.case.section"),
            .many2one("object_id", "Object Name", to: "ir.model", default: .computed { try named(by: $0) }),
        ]
    }

    /// The model the context names.
    private static func named(by environment: Environment) throws -> Value {
        guard let name = environment.context["object_id"].text else { return false }
        let found = try environment.superuser.search("ir.model", [["model", "=", .text(name)]], limit: 1)
        return found.ids.first.map { .integer($0) } ?? false
    }
}

/// A second way to sort the cases of 5.0.
enum SecondCategory {
    static let definition = ModelDefinition.introducing("crm.case.category2") { model in
        model.title = "Category2 of case"
        model.fields = [
            .char("name", "Case Category2 Name", size: 64, required: true, translate: true),
            .many2one("section_id", "Case Section", to: "crm.case.section"),
        ]
    }
}

/// A campaign that brings leads.
enum Campaign {
    static let definition = ModelDefinition.introducing("crm.case.resource.type") { model in
        model.title = "Campaign"
        model.fields = [
            .char("name", "Campaign Name", size: 64, required: true, translate: true),
            .many2one("section_id", "Sales Team", to: "crm.case.section"),
        ]
    }
}

/// How a partner feels about us, with a factor to reckon with.
enum StateOfMind {
    static let definition = ModelDefinition.introducing("res.partner.som") { model in
        model.title = "res.partner.som"
        model.fields = [
            .char("name", "State of Mind", size: 64, required: true), .float("factor", "Factor", required: true),
        ]
    }
}

/// A kind of partner event, known to code by its key.
enum EventType {
    static let definition = ModelDefinition.introducing("res.partner.event.type") { model in
        model.title = "Partner Events"
        model.fields = [
            .char("name", "Event Type", size: 64, required: true), .char("key", "Key", size: 64, required: true),
            .boolean("active", "Active", default: true),
        ]
        model.remote = [
            .modelMethod("check", writes: false, ["key", .context]) { environment, arguments in
                let found = try environment.search("res.partner.event.type", [["key", "=", arguments["key"]]])
                return .list(found.ids.map { .integer($0) })
            }
        ]
    }
}
