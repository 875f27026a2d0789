internal import ORM
internal import Values

/// A bank where partners have accounts.
enum Bank {
    static let definition = ModelDefinition.introducing("res.bank") { model in
        model.title = "Bank"
        model.order = "name"
        model.fields = [
            .char("name", "Name", size: 128, required: true),
            .char("code", "Code", size: 64),
            .char("street", "Street", size: 128),
            .char("street2", "Street2", size: 128),
            .char("zip", "Zip", size: 24).with { $0.changeDefault = true },
            .char("city", "City", size: 128),
            .many2one("state", "State", to: "res.country.state", domain: "[('country_id', '=', country)]"),
            .many2one("country", "Country", to: "res.country"),
            .char("email", "E-Mail", size: 64),
            .char("phone", "Phone", size: 64),
            .char("fax", "Fax", size: 64),
            .boolean("active", "Active", default: true),
            .char("bic", "BIC/Swift code", size: 11, help: "The bank's code in international transfers."),
        ]
        model.overrides.displayNames = { banks, inherited in
            let names = try inherited(banks)
            return try banks.only { names[$0.id] != nil }.map { bank in
                [try bank.text("bic"), names[bank.id]].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " - ")
            }
        }
    }
}
