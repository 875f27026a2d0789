internal import ORM
internal import Values

/// A country with its two-letter code.
enum Country {
    static let definition = ModelDefinition.introducing("res.country") { model in
        model.title = "Country"
        model.order = "name"
        model.fields = [
            .char("name", "Country Name", size: 64, required: true, translate: true, help: "The name in full."),
            .char(
                "code", "Country Code", size: 2, required: true,
                help: "Two letters after ISO 3166. Typing them is the quickest way to find a country."),
        ]
        model.constraints = [
            .sql("name_uniq", "unique (name)", message: "The name of the country must be unique !"),
            .sql("code_uniq", "unique (code)", message: "The code of the country must be unique !"),
        ]
        model.overrides.create = { _, rows, inherited in try inherited(rows.map(upperCased)) }
        model.overrides.write = { countries, values, inherited in try inherited(countries, upperCased(values)) }
        model.overrides.nameSearch = { countries, query, inherited in
            guard query.text.count == 2 else { return try inherited(query) }
            let byCode = try countries.named(query, and: [query.leaf("code", "=ilike")])
            return byCode.isEmpty ? try inherited(query) : byCode
        }
    }

    private static func upperCased(_ values: FieldValues) -> FieldValues {
        guard let code = values["code"]?.text else { return values }
        return values.merging(["code": .text(code.uppercased())]) { $1 }
    }
}
