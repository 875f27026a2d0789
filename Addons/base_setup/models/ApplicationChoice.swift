internal import ORM
internal import Values

/// The step that asks which applications are wanted. It offers those that come with Apus.
enum ApplicationChoice {
    static let definition = ModelDefinition.copying("res.config.installer", as: "base.setup.installer") { model in
        model.fields = [
            .boolean(
                "crm", "Customer Relationship Management",
                help: "Leads, opportunities, and the messages that belong to them."),
            .boolean(
                "profile_crm", "CRM as in Version 5",
                help: "The menus and sections that people who come from version 5 know."),
        ]
    }
}
