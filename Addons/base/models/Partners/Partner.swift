internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values

/// Somebody business is done with: a customer, a supplier, an employee. Where they live is told by their addresses.
public enum Partner {
    static let definition = ModelDefinition.introducing("res.partner") { model in
        model.title = "Partner"
        model.order = "name"
        model.fields = [
            .char("name", "Name", size: 128, required: true, index: .yes),
            .date("date", "Date", index: .basic),
            .many2one("title", "Partner Form", to: "res.partner.title"),
            .many2one("parent_id", "Parent Partner", to: "res.partner"),
            .one2many("child_ids", "Partner Ref.", of: "res.partner", inverse: "parent_id"),
            .char("ref", "Reference", size: 64, index: .basic),
            .selection(
                "lang", "Language", .languagesOrNone, size: 32,
                help: "Documents for this partner are written in this language, if it is loaded."),
            .many2one("user_id", "Salesman", to: "res.users", help: "Who looks after this partner."),
            .char("vat", "VAT", size: 32, help: "The number the tax office knows the partner by."),
            .one2many("bank_ids", "Banks", of: "res.partner.bank", inverse: "partner_id"),
            .char("website", "Website", size: 64, help: "The address of the partner's web pages."),
            .text("comment", "Notes"),
            .one2many("address", "Contacts", of: "res.partner.address", inverse: "partner_id"),
            .many2many(
                "category_id", "Categories", of: "res.partner.category",
                through: .init(table: "res_partner_category_rel", own: "partner_id", other: "category_id"),
                default: .computed { environment in
                    environment.context["category_id"].isTruthy ? [environment.context["category_id"]] : []
                }),
            .one2many("events", "Events", of: "res.partner.event", inverse: "partner_id"),
            .float("credit_limit", "Credit Limit"),
            .char("ean13", "EAN13", size: 13),
            .boolean("active", "Active", default: 1),
            .boolean("customer", "Customer", default: 1, help: "Offered where a customer is asked for."),
            .boolean("supplier", "Supplier", help: "Offered where a supplier is asked for."),
            .boolean("employee", "Employee", help: "Works for one of our companies."),
            .related("city", "City", .char(nil), through: "address", "city"),
            .related("phone", "Phone", .char(nil), through: "address", "phone"),
            .related("mobile", "Mobile", .char(nil), through: "address", "mobile"),
            .related(
                "country", "Country", .many2one("res.country", onDelete: .setNull), through: "address", "country_id"),
            .related("email", "E-mail", .char(240), through: "address", "email"),
            .many2one("company_id", "Company", to: "res.company", index: .basic, default: .company(of: "res.partner")),
        ]
        model.overrides.displayNames = displayNames
        model.overrides.nameSearch = { partners, query, inherited in
            if query.text.isEmpty { return try inherited(query) }
            return try partners.named(query, first: [query.leaf("ref", "=")], else: [query.leaf("name")])
        }
        model.overrides.copy = { partner, values, inherited in
            // The copy's name tells its origin whatever name is asked for, and what happened stays with the original.
            let name = try partner.text("name") ?? ""
            return try inherited(values.merging(["name": .text(name + " (copy)"), "events": []]) { $1 })
        }
        model.overrides.viewTitle = { partners, request, inherited in
            try title(partners.environment) ?? inherited(request)
        }
        model.remote = [
            .method("address_get", writes: false, ["ids", .optional("adr_pref", ["default"])], addresses),
            .method("gen_next_ref", writes: true, ["ids"], numberReferences),
            .modelMethod("main_partner", writes: false, []) { environment, _ in
                try environment.record(externalID: "base.main_partner").map { .integer($0.id) } ?? false
            },
            .method("do_share", writes: false, ["ids"]) { _, _ in true },
        ]
    }

    /// The name, or the reference where the context asks for it by `show_ref`.
    private static func displayNames(
        _ partners: Records, _ inherited: (Records) throws -> [RecordID: String]
    ) throws -> [RecordID: String] {
        guard partners.environment.context["show_ref"].isTruthy else { return try inherited(partners) }
        let names = try inherited(partners)
        let references = try partners.map { try $0.text("ref") ?? "False" }
        return references.filter { names[$0.key] != nil }
    }

    /// The title of forms and lists that show the partners of one category.
    private static func title(_ environment: Environment) throws -> String? {
        guard let category = environment.context["category_id"].recordID else { return nil }
        return try environment.record("res.partner.category", category).text("name").map { "Partners: " + $0 }
    }

    /// Gives each partner the number after the highest reference there is.
    ///
    /// - Throws: `UserError` when a reference is not a number.
    private static func numberReferences(_ partners: Records, _ arguments: Arguments) throws -> Value {
        let result = try partners.environment.rows(
            """
            SELECT bool_and("ref" ~ '^[0-9]{1,15}$'), max(CASE WHEN "ref" ~ '^[0-9]{1,15}$' THEN "ref"::bigint END) \
            FROM "res_partner" WHERE "ref" <> ''
            """)
        guard result.boolean(0, 0) ?? true else {
            throw UserError(
                "Warning", "Couldn't generate the next id because some partners have an alphabetic id !")
        }
        let highest = result.integer(0, 1) ?? 0
        try partners.write(
            each: partners.ids.enumerated().map { place, id in
                (id: id, values: ["ref": .text(String(highest + 1 + place))])
            })
        return true
    }
}
