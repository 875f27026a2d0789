internal import ORM
internal import SQL
internal import Values

/// The figures of phone calls, one row each, to be grouped (contract/crm.md §12).
enum CallReport {
    static let definition = ModelDefinition.introducing("crm.phonecall.report") { model in
        model.title = "Phone calls by user and section"
        model.fields = CaseReport.dates + fields
        model.view = """
            SELECT "lead"."id", \(CaseReport.days(of: "date")), \
            "lead"."state", "lead"."user_id", "lead"."section_id", "lead"."categ_id", "lead"."partner_id", \
            "lead"."duration", "lead"."company_id", "lead"."priority", 1 AS "nbr", \(CaseReport.delays) \
            FROM "crm_phonecall" AS "lead"
            """
    }

    private static let fields: [Field] = [
        .many2one(
            "categ_id", "Category", to: "crm.case.categ",
            domain: "[('section_id','=',section_id), ('object_id.model', '=', 'crm.phonecall')]"),
        .many2one("section_id", "Section", to: "crm.case.section", readonly: true),
        .many2one("user_id", "User", to: "res.users", readonly: true),
        .float("duration", "Duration", digits: Digits(16, 2), readonly: true).with { $0.groupOperator = "avg" },
        .float("delay_open", "Delay to open", digits: Digits(16, 2), readonly: true)
            .with { $0.groupOperator = "avg" },
        .float("delay_close", "Delay to close", digits: Digits(16, 2), readonly: true)
            .with { $0.groupOperator = "avg" },
    ]
}
