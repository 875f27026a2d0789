public import ORM

internal import PostgreSQL
internal import SQL
internal import Values

/// A company whose business is kept in the database. Companies form a tree.
enum Company {
    static let definition = ModelDefinition.introducing("res.company") { model in
        model.title = "Companies"
        model.order = "name"
        model.fields = [
            .char("name", "Company Name", size: 64, required: true),
            .many2one("parent_id", "Parent Company", to: "res.company", index: .yes),
            .one2many("child_ids", "Child Companies", of: "res.company", inverse: "parent_id"),
            .many2one("partner_id", "Partner", to: "res.partner", required: true),
            .char("rml_header1", "Report Header", size: 200, help: "Stands at the top right of documents."),
            .char("rml_footer1", "Report Footer 1", size: 200, help: "Stands at the bottom of documents."),
            .char("rml_footer2", "Report Footer 2", size: 200, help: "Stands below the first footer."),
            .text("rml_header", "RML Header", required: true, default: .value(.text(CompanyHeader.external))),
            .text("rml_header2", "RML Internal Header", required: true, default: .value(.text(CompanyHeader.portrait))),
            .text(
                "rml_header3", "RML Internal Header", required: true, default: .value(.text(CompanyHeader.landscape))),
            .binary("logo", "Logo"),
            .many2one("currency_id", "Currency", to: "res.currency", required: true, default: .computed(mainCurrency)),
            .one2many("currency_ids", "Currency", of: "res.currency", inverse: "company_id"),
            .many2many(
                "user_ids", "Accepted Users", of: "res.users",
                through: .init(table: "res_company_users_rel", own: "cid", other: "user_id")),
            .char("account_no", "Account No.", size: 64),
        ]
        model.constraints = [
            .acyclic("parent_id", message: "Error! You can not create recursive companies.")
        ]
        // Record rules speak of the user's company and those around it.
        model.overrides = .changingRights()
        model.overrides.create = create
        model.overrides.search = { companies, request, inherited in
            // The choice in the user's preferences: what the domain and the rules say does not count there.
            guard companies.environment.context["user_preference"].isTruthy else { return try inherited(request) }
            return try allowed(for: companies.environment.uid, in: companies.environment)
        }
    }

    /// A company is a partner, too: who names none gets a new one of the same name.
    private static func create(
        _ companies: Records, _ rows: [FieldValues], _ inherited: ([FieldValues]) throws -> [RecordID]
    ) throws -> [RecordID] {
        let bare = rows.indices.filter { rows[$0]["partner_id"]?.isTruthy != true }
        let partners = try companies.environment.records("res.partner")
        let ids = bare.isEmpty ? [] : try partners.create(bare.map { ["name": rows[$0]["name"] ?? ""] })
        var complete = rows
        for (place, id) in zip(bare, ids) { complete[place]["partner_id"] = .integer(id) }
        let created = try inherited(complete)
        // Each partner belongs to another company, so each is a write of its own.
        for (place, id) in zip(bare, ids) {
            try partners.other([id]).write(["company_id": .integer(created[place])])
        }
        try AccessRules.noteChange(in: companies.environment)
        return created
    }

    /// The main company's currency, or the first one by name while there is no company.
    private static func mainCurrency(_ environment: Environment) throws -> Value {
        if let company = try environment.superuser.record(externalID: "base.main_company"),
            let currency = try company.one("currency_id")
        {
            return .integer(currency.id)
        }
        return try environment.search("res.currency", limit: 1).first.map { .integer($0.id) } ?? false
    }

    // MARK: - A user's companies

    /// The company a user works for at the moment; nil for a user who does not exist.
    static func current(of user: RecordID, in environment: Environment) throws -> RecordID? {
        try environment.rows("SELECT \"company_id\" FROM \"res_users\" WHERE \"id\" = \(user)").integers(column: 0)
            .first
    }

    /// The company a user works for, and those he may change to, in their order.
    static func allowed(for user: RecordID, in environment: Environment) throws -> [RecordID] {
        try environment.rows(
            """
            SELECT "id" FROM "res_company" WHERE "id" IN (SELECT "cid" FROM "res_company_users_rel" \
            WHERE "user_id" = \(user) UNION SELECT "company_id" FROM "res_users" WHERE "id" = \(user)) \
            ORDER BY "name", "id"
            """
        ).integers(column: 0)
    }
}

extension Default {
    /// The company the caller works for: what a field `company_id` starts with.
    public static let companyOfCaller = Default.computed { environment in
        try Company.current(of: environment.uid, in: environment).map { .integer($0) } ?? false
    }
}
