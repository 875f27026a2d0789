public import ORM

internal import PostgreSQL
internal import SQL
internal import Values

/// A model that requests and other reference fields may point to.
enum RequestLink {
    static let definition = ModelDefinition.introducing("res.request.link") { model in
        model.order = "priority"
        model.fields = [
            .char("name", "Name", size: 64, required: true, translate: true),
            .char("object", "Object", size: 64, required: true),
            .integer("priority", "Priority", default: 5),
        ]
    }
}

extension Selection {
    /// The models a reference field may point to: those of `res.request.link`, in their order.
    public static let requestLinks = Selection.computed { environment in
        try environment.options(
            "SELECT \"object\", \"name\" FROM \"res_request_link\" ORDER BY \"priority\", \"id\"")
    }
}
