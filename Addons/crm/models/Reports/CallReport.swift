internal import ORM
internal import SQL
internal import Values

/// The figures of phone calls, one row each, to be grouped (contract/crm.md §12).
enum CallReport {
    static let definition = ModelDefinition.introducing("crm.phonecall.report") { model in
        model.title = "Phone calls by user and section"
        model.fields = CaseReport.dates + fields
        model.view = """
            SELECT "case"."id", \(CaseReport.days(of: "date")), \
            "case"."state", "case"."user_id", "case"."section_id", "case"."categ_id", "case"."partner_id", \
            "case"."duration", "case"."company_id", "case"."priority", 1 AS "nbr", \(CaseReport.delays) \
            FROM "crm_phonecall" AS "case"
            """
    }

    private static let fields: [Field] = [
        .many2one(
            "categ_id", "Category", to: "crm.case.categ",
            domain: "[('section_id','=',section_id), ('object_id.model', '=', 'crm.phonecall')]"),
        .many2one("section_id", "Section", to: "crm.case.section", readonly: true),
        .many2one("user_id", "User", to: "res.users", readonly: true),
        CaseReport.average("duration", "Duration"),
        CaseReport.average("delay_open", "Delay to open"),
        CaseReport.average("delay_close", "Delay to close"),
    ]
}
