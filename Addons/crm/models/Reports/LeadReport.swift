internal import ORM
internal import SQL
internal import Values

/// The figures of leads and opportunities, one row each, to be grouped (contract/crm.md §12).
enum LeadReport {
    static let definition = ModelDefinition.introducing("crm.lead.report") { model in
        model.title = "CRM Lead Report"
        model.fields = CaseReport.dates + fields
        model.view = """
            SELECT "case"."id", \(CaseReport.days(of: "create_date")), \
            "case"."state", "case"."user_id", "case"."probability", "case"."stage_id", "case"."type", \
            "case"."company_id", "case"."priority", "case"."section_id", "case"."channel_id", "case"."type_id", \
            "case"."categ_id", "case"."partner_id", "case"."country_id", "case"."planned_revenue", \
            "case"."planned_revenue" * "case"."probability" / 100 AS "probable_revenue", \
            1 AS "nbr", \
            (SELECT count(*) FROM "mailgate_message" AS "mail" WHERE "mail"."model" = 'crm.lead' \
            AND "mail"."res_id" = "case"."id" AND "mail"."history") AS "email", \
            \(CaseReport.delays), \
            abs(extract(epoch FROM "case"."date_deadline" - "case"."date_closed") / 86400) AS "delay_expected" \
            FROM "crm_lead" AS "case"
            """
    }

    private static let fields: [Field] = [
        .selection("type", "Type", ["lead": "Lead", "opportunity": "Opportunity"]),
        .many2one("country_id", "Country", to: "res.country", readonly: true),
        .many2one("channel_id", "Channel", to: "res.partner.canal", readonly: true),
        .many2one("type_id", "Campaign", to: "crm.case.resource.type", readonly: true),
        .many2one(
            "stage_id", "Stage", to: "crm.case.stage", readonly: true, domain: "('type', '=', 'lead')]"),
        .many2one(
            "categ_id", "Category", to: "crm.case.categ", readonly: true,
            domain: "['|',('section_id','=',False),('section_id','=',section_id)]"),
        .many2one("section_id", "Sales Team", to: "crm.case.section", readonly: true),
        .many2one("user_id", "User", to: "res.users", readonly: true),
        .float("planned_revenue", "Planned Revenue", digits: Digits(16, 2), readonly: true),
        .float("probable_revenue", "Probable Revenue", digits: Digits(16, 2), readonly: true),
        CaseReport.average("probability", "Probability"),
        CaseReport.average("delay_open", "Delay to Open"),
        CaseReport.average("delay_close", "Delay to Close"),
        CaseReport.average("delay_expected", "Overpassed Deadline"),
        .integer("email", "# Emails", readonly: true),
    ]
}
