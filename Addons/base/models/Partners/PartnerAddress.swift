internal import ORM
internal import Values

/// A place, or a person at a place, of a partner.
enum PartnerAddress {
    static let definition = ModelDefinition.introducing("res.partner.address") { model in
        model.title = "Partner Addresses"
        model.order = "type, name"
        model.fields = [
            .many2one(
                "partner_id", "Partner Name", to: "res.partner", index: .yes,
                help: "Empty for a private address that belongs to no partner."),
            .selection(
                "type", "Address Type",
                [
                    "default": "Default", "invoice": "Invoice", "delivery": "Delivery", "contact": "Contact",
                    "other": "Other",
                ], help: "Documents choose among a partner's addresses by their type."),
            .char("function", "Function", size: 64),
            .many2one("title", "Title", to: "res.partner.title"),
            .char("name", "Contact Name", size: 64, index: .basic),
            .char("street", "Street", size: 128),
            .char("street2", "Street2", size: 128),
            .char("zip", "Zip", size: 24).with { $0.changeDefault = true },
            .char("city", "City", size: 128),
            .many2one("state_id", "Fed. State", to: "res.country.state", domain: "[('country_id','=',country_id)]"),
            .many2one("country_id", "Country", to: "res.country"),
            .char("email", "E-Mail", size: 240),
            .char("phone", "Phone", size: 64),
            .char("fax", "Fax", size: 64),
            .char("mobile", "Mobile", size: 64),
            .char("birthdate", "Birthdate", size: 64),
            .related("is_customer_add", "Customer", .boolean, through: "partner_id", "customer"),
            .related("is_supplier_add", "Supplier", .boolean, through: "partner_id", "supplier"),
            .boolean("active", "Active", default: true, help: "Hides the address without removing it."),
            .many2one(
                "company_id", "Company", to: "res.company", index: .basic, default: .company(of: "res.partner.address")),
        ]
        model.overrides.displayNames = displayNames
        model.overrides.nameSearch = nameSearch
        model.remote = [
            .modelMethod("get_city", writes: false, ["id"]) { environment, arguments in
                guard let id = arguments["id"].recordID else { return false }
                return try environment.record("res.partner.address", id).text("city").map { .text($0) } ?? false
            }
        ]
    }

    // MARK: - Names

    private static func displayNames(
        _ addresses: Records, _ inherited: (Records) throws -> [RecordID: String]
    ) throws -> [RecordID: String] {
        // What the engine answers tells which of them exist, and checks the right to read.
        let existing = try inherited(addresses)
        let display = AddressName.Display(addresses.environment.context["contact_display"].text)
        return try addresses.only { existing[$0.id] != nil }.map { address in
            try AddressName(
                name: address.text("name"), country: address.one("country_id")?.text("name"),
                city: address.text("city"), street: address.text("street"),
                partner: display == .contact ? nil : address.one("partner_id")?.displayName()
            ).text(display)
        }
    }

    /// By zip code, or by city when no zip code is that; and besides by name, street, country and partner.
    private static func nameSearch(
        _ addresses: Records, _ query: NameQuery, _ inherited: (NameQuery) throws -> [NamedRecord]
    ) throws -> [NamedRecord] {
        if query.text.isEmpty { return try addresses.named(query) }
        let zip = query.leaf("zip", "=")
        let hasZip = try addresses.count(.list((query.domain.list ?? []) + [zip])) > 0
        let others: [FieldName] = ["name", "street", "country_id", "partner_id"]
        return try addresses.named(
            query,
            and: Array(repeating: "|", count: others.count) + [hasZip ? zip : query.leaf("city")]
                + others.map { query.leaf($0) })
    }
}
