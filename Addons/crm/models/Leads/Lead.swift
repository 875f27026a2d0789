internal import BaseAddon
internal import MailGatewayAddon
internal import ORM
internal import Values

/// A lead, or an opportunity once it is worth pursuing; one table holds both (contract/crm.md §3).
enum Lead {
    static let behaviour = CaseBehaviour(
        escalation: .whenTeamSays,
        topRefusal: UserError(
            "Error !",
            "You can not escalate, You are already at the top level regarding your sales-team category."),
        writesPartnerEvents: false)

    static let definition = ModelDefinition.introducing("crm.lead") { model in
        model.title = "Lead/Opportunity"
        model.order = "priority,date_action,id desc"
        model.fields = caseFields + contactFields + dateFields
        // A page of the list comes off the index, however many leads there are; without it all of them are sorted.
        model.tableSQL = [
            """
            CREATE INDEX IF NOT EXISTS "crm_lead_list_index" \
            ON "crm_lead" ("priority", "date_action", "id" DESC) WHERE "active"
            """
        ]
        model.overrides.writtenFields = ["stage_id"]
        model.overrides.write = { leads, values, inherited in
            try noteStage(of: leads, values)
            try inherited(leads, values)
        }
        model.overrides.copy = CaseBehaviour.copy
        model.remote =
            behaviour.buttons(open: open, close: close, cancel: cancel, reset: reset) + [lose]
            + CaseStages.methods + CaseMails.methods(of: "crm.lead") + MessageHistory.methods
            + CaseOnChange.methods(
                taking: .init(
                    names: [("email_from", "email"), ("phone", "phone"), ("country_id", "country_id")],
                    emptied: ["partner_address_id", "email_from", "phone"]))
    }

    private static let caseFields: [Field] = [
        .char("name", "Name", size: 64),
        .boolean("active", "Active", default: 1),
        .selection(
            "type", "Type", ["lead": "Lead", "opportunity": "Opportunity"], default: "lead",
            help: "A lead becomes an opportunity once it is worth pursuing."),
        .selection(
            "state", "State", CaseField.states, size: 16, readonly: true, default: "draft",
            help: "Changed by the buttons, which write it into the history."),
        .selection("priority", "Priority", CaseField.priorities, default: "3"),
        .many2one(
            "user_id", "Salesman", to: "res.users", default: CaseField.responsible, help: "Who looks after it."),
        .many2one(
            "section_id", "Sales Team", to: "crm.case.section", index: .yes, default: CaseField.team,
            help: "Its stages are gone through; what it cannot solve goes to the team above."),
        .many2one("stage_id", "Stage", to: "crm.case.stage", domain: "[('type','=','opportunity')]"),
        .many2one(
            "categ_id", "Category", to: "crm.case.categ",
            domain: """
                ['|',('section_id','=',section_id),('section_id','=',False), ('object_id.model', '=', 'crm.lead')]
                """),
        .many2one(
            "type_id", "Campaign", to: "crm.case.resource.type",
            domain: "['|',('section_id','=',section_id),('section_id','=',False)]"),
        .many2one("channel_id", "Channel", to: "res.partner.canal"),
        .many2one("company_id", "Company", to: "res.company", index: .basic, default: .company(of: "crm.lead")),
        .float("planned_revenue", "Expected Revenue"),
        .float("probability", "Probability (%)").with { $0.groupOperator = "avg" },
        .text("description", "Notes"),
        .reference("ref", "Reference", .requestLinks, size: 128),
        .reference("ref2", "Reference 2", .requestLinks, size: 128),
        .char("referred", "Referred By", size: 64),
        .one2many(
            "message_ids", "Messages", of: "mailgate.message", inverse: "res_id",
            domain: [["model", "=", "crm.lead"]]),
    ]

    private static let contactFields: [Field] = [
        .many2one("partner_id", "Partner", to: "res.partner", index: .yes, help: "Known only once it is a customer."),
        .many2one(
            "partner_address_id", "Partner Contact", to: "res.partner.address",
            domain: "[('partner_id','=',partner_id)]"),
        .char("partner_name", "Customer Name", size: 64, help: "The company, as long as it is no partner yet."),
        .char("contact_name", "Contact Name", size: 64),
        .many2one("title", "Title", to: "res.partner.title"),
        .char("function", "Function", size: 64),
        .char("street", "Street", size: 128), .char("street2", "Street2", size: 128),
        .char("zip", "Zip", size: 24).with { $0.changeDefault = true },
        .char("city", "City", size: 128),
        .many2one("country_id", "Country", to: "res.country"),
        .many2one(
            "state_id", "Fed. State", to: "res.country.state", domain: "[('country_id','=',country_id)]"),
        .char("email", "E-Mail", size: 240),
        .char("email_from", "Email", size: 128, default: CaseField.sender, help: "Where the partner writes from."),
        .text("email_cc", "Global CC", help: "Who else gets the mails, separated by commas.").with { $0.size = 252 },
        .char("phone", "Phone", size: 64), .char("fax", "Fax", size: 64), .char("mobile", "Mobile", size: 64),
        .char("birthdate", "Birthdate", size: 64),
        .boolean("optin", "Opt-In", help: "Wants to be written to."),
        .boolean("optout", "Opt-Out", help: "Does not want to be written to."),
        .related("is_customer_add", "Customer", .boolean, through: "partner_id", "customer"),
        .related("is_supplier_add", "Supplier", .boolean, through: "partner_id", "supplier"),
    ]

    private static let dateFields: [Field] = [
        .datetime("create_date", "Creation Date", readonly: true),
        .datetime("write_date", "Update Date", readonly: true),
        .datetime("date_open", "Opened", readonly: true),
        .datetime("date_closed", "Closed", readonly: true),
        .date("date_deadline", "Expected Closing"),
        .date("date_action", "Next Action Date"),
        .char("title_action", "Next Action", size: 64),
        .datetime("date_action_last", "Last Action", readonly: true),
        .datetime("date_action_next", "Next Action", readonly: true),
        .computedTogether(
            "day_open", "Days to Open", .float(nil), by: days,
            store: .triggered([.init(on: "crm.lead", fields: ["date_open"]) { $0.ids }])
        ).called("_compute_day"),
        .computedTogether(
            "day_close", "Days to Close", .float(nil), by: days,
            store: .triggered([.init(on: "crm.lead", fields: ["date_closed"]) { $0.ids }])
        ).called("_compute_day"),
    ]
}
