internal import ORM
internal import Values

/// A part of a country that has a name of its own in addresses.
enum CountryState {
    static let definition = ModelDefinition.introducing("res.country.state") { model in
        model.title = "Country state"
        model.order = "code"
        model.fields = [
            .many2one("country_id", "Country", to: "res.country", required: true),
            .char("name", "State Name", size: 64, required: true),
            .char("code", "State Code", size: 3, required: true, help: "Up to three letters."),
        ]
        model.overrides.nameSearch = { states, query, inherited in
            if query.text.isEmpty { return try inherited(query) }
            return try states.named(query, first: [query.leaf("code", "=ilike")], else: [query.leaf("name")])
        }
    }
}
