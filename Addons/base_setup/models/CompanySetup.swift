internal import BaseAddon
internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values

/// The step that asks about the company.
enum CompanySetup {
    static let definition = ModelDefinition.copying("res.config", as: "base.setup.company") { model in
        model.fields = [
            .many2one("company_id", "Company", to: "res.company"),
            .char("name", "Company Name", size: 64, required: true),
            .char("street", "Street", size: 128),
            .char("street2", "Street 2", size: 128),
            .char("zip", "Zip Code", size: 24),
            .char("city", "City", size: 128),
            .selection("state_id", "Fed. State", .computed { try places("res_country_state", in: $0) }, size: -1),
            .selection("country_id", "Country", .computed { try places("res_country", in: $0) }, size: -1),
            .char("email", "E-mail", size: 64),
            .char("phone", "Phone", size: 64),
            .many2one("currency", "Currency", to: "res.currency", required: true),
            .char("rml_header1", "Report Header", size: 200, help: "Stands at the top right of documents."),
            .char("rml_footer1", "Report Footer 1", size: 200, help: "Stands at the bottom of documents."),
            .char("rml_footer2", "Report Footer 2", size: 200, help: "Stands below the first footer."),
            .char("website", "Company Website", size: 64, help: "The address of the company's web pages."),
            .binary("logo", "Logo"),
            .char("account_no", "Bank Account No", size: 64),
        ]
        model.overrides.defaultValues = defaults
        model.remote = [
            .method("execute", writes: true, ["ids", .context]) { wizards, _ in
                for wizard in wizards { try apply(wizard) }
                return false
            }
        ]
    }

    private static func places(_ table: String, in environment: Environment) throws -> [Selection.Option] {
        let result = try environment.rows(
            "SELECT \"id\"::text, \"name\" FROM \(table: table) ORDER BY \"name\", \"id\"")
        return (0..<result.rowCount).map { Selection.Option(result.text($0, 0) ?? "", result.text($0, 1) ?? "") }
    }

    // MARK: - From the company

    /// The wizard's fields with those of the company, its partner and its address they stand for.
    private static let companyFields: [FieldName: FieldName] = [
        "name": "name", "rml_header1": "rml_header1", "rml_footer1": "rml_footer1", "rml_footer2": "rml_footer2",
        "logo": "logo", "account_no": "account_no", "currency": "currency_id",
    ]
    private static let addressFields: [FieldName] = [
        "street", "street2", "zip", "city", "state_id", "country_id", "email", "phone",
    ]

    /// A database with demo data has a company that can be looked at; an empty one asks about everything.
    private static func defaults(
        _ handle: Records, _ fields: [FieldName], _ inherited: ([FieldName]) throws -> FieldValues
    ) throws -> FieldValues {
        let given = try inherited(fields)
        let environment = handle.environment
        guard let company = try environment.record(externalID: "base.main_company"), try hasDemoData(environment) else {
            return given
        }
        var values: FieldValues = ["company_id": .integer(company.id)]
        for (field, source) in companyFields { values[field] = try company.value(source) }
        if let partner = try company.one("partner_id") {
            values["website"] = try partner.value("website")
            if let address = try partner.many("address").first {
                for field in addressFields { values[field] = try address.value(field) }
            }
        }
        return values.filter { fields.contains($0.key) && $0.value.isTruthy }.merging(given) { $1 }
    }

    private static func hasDemoData(_ environment: Environment) throws -> Bool {
        let result = try environment.rows("SELECT \"demo\" FROM \"ir_module_module\" WHERE \"name\" = 'base'")
        return result.rowCount > 0 && result.boolean(0, 0) == true
    }

    // MARK: - To the company

    /// With the caller's rights: he must be one who may change the company and its partner.
    private static func apply(_ wizard: Record) throws {
        let environment = wizard.environment
        let main = try environment.record(externalID: "base.main_company")
        guard let company = try wizard.one("company_id") ?? main else { return }
        var values: FieldValues = [:]
        for (field, target) in companyFields { values[target] = try wizard.value(field) }
        try company.write(values)
        guard let partner = try company.one("partner_id") else { return }
        try partner.write(["name": try wizard.value("name"), "website": try wizard.value("website")])
        var address: FieldValues = [:]
        for field in addressFields { address[field] = try wizard.value(field) }
        if let known = try partner.many("address").first {
            try known.write(address)
        } else {
            address["partner_id"] = .integer(partner.id)
            address["type"] = "default"
            try environment.create("res.partner.address", address)
        }
    }
}
