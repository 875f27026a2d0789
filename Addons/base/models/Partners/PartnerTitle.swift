internal import ORM
internal import Values

/// How a company or a person is addressed: Ltd, Madam.
enum PartnerTitle {
    static let definition = ModelDefinition.introducing("res.partner.title") { model in
        model.order = "name"
        model.fields = [
            .char("name", "Title", size: 46, required: true, translate: true),
            .char("shortcut", "Shortcut", size: 16, required: true, translate: true),
            .selection(
                "domain", "Domain", ["partner": "Partner", "contact": "Contact"], size: 24, required: true),
        ]
    }
}
