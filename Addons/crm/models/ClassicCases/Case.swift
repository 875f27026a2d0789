internal import BaseAddon
internal import MailGatewayAddon
internal import ORM
internal import Values

/// A case as OpenERP 5.0 knows it: anything that somebody must look after (contract/crm-case-5.md §1, §7).
enum Case {
    static let behaviour = CaseBehaviour(
        escalation: .always,
        topRefusal: UserError(
            "Error !", "You can not escalate this case.\nYou are already at the top level."),
        writesPartnerEvents: true)

    static let definition = ModelDefinition.introducing("crm.case") { model in
        model.title = "Case"
        model.order = "priority, date_deadline desc, date desc, id desc"
        model.fields = fields + moreFields
        model.overrides.create = { cases, rows, inherited in
            let ids = try inherited(rows)
            try PartnerEvents.add("draft", for: cases.other(ids))
            return ids
        }
        model.overrides.copy = { _, values, inherited in
            let emptied: FieldValues = ["state": "draft", "history_line": [], "log_ids": [], "message_ids": []]
            return try inherited(values.merging(emptied) { given, _ in given })
        }
        model.overrides.unlink = { cases, inherited in
            for record in cases where try record.text("state") != "draft" {
                if let team = try record.one("section_id"), try !team.flag("allow_unlink") {
                    throw UserError("Warning !", "You can not delete this case. You should better cancel it.")
                }
            }
            // Log and communication go with their case, as its cascade did.
            let lines = try cases.environment.superuser.search(
                "crm.case.log", [["res_id", "in", .list(cases.ids.map { .integer($0) })]])
            try inherited(cases)
            try lines.unlink()
        }
        model.remote =
            behaviour.buttons(
                open: { try behaviour.open($0) }, close: { try behaviour.close($0) },
                cancel: { try behaviour.cancel($0) }, reset: { try behaviour.reset($0) }) + historyMethods
            + CaseOnChange.methods(taking: .classic) + formMethods + CaseStages.methods + MessageHistory.methods
    }

    private static let fields: [Field] = [
        .char("name", "Description", size: 64, required: true),
        .boolean("active", "Active", default: true),
        .selection("state", "State", CaseField.states, size: 16, readonly: true, default: "draft"),
        .selection("priority", "Priority", CaseField.priorities, default: "3"),
        .many2one("section_id", "Section", to: "crm.case.section", required: true, index: .basic),
        .many2one("categ_id", "Category", to: "crm.case.categ", domain: "[('section_id','=',section_id)]"),
        .text("description", "Your action"),
        .many2one("user_id", "Responsible", to: "res.users", default: CaseField.responsible),
        .many2one("partner_id", "Partner", to: "res.partner", default: CaseField.ownPartner),
        .many2one(
            "partner_address_id", "Partner Contact", to: "res.partner.address",
            domain: "[('partner_id','=',partner_id)]", default: CaseField.ownAddress),
        .char("email_from", "Partner Email", size: 128),
        .char("email_cc", "Watchers Emails", size: 252),
        .computed("email_last", "Latest E-Mail", .text, get: lastTexts),
        .float("planned_revenue", "Planned Revenue"), .float("planned_cost", "Planned Costs"),
        .float("probability", "Probability (%)"),
        .many2one("som", "State of Mind", to: "res.partner.som"),
        .many2one("canal_id", "Channel", to: "res.partner.canal"),
        .datetime("date", "Date", default: .now), .datetime("date_deadline", "Deadline"),
        .datetime("create_date", "Created", readonly: true), .datetime("date_closed", "Closed", readonly: true),
        .datetime("date_action_last", "Last Action", readonly: true),
        .datetime("date_action_next", "Next Action", readonly: true),
        .reference("ref", "Reference", .requestLinks, size: 128),
        .reference("ref2", "Reference 2", .requestLinks, size: 128),
        .one2many(
            "history_line", "Communication", of: "crm.case.history", inverse: "res_id", readonly: true,
            domain: [["model", "=", "crm.case"], ["is_case_history", "=", true]]),
        .one2many(
            "log_ids", "Logs History", of: "crm.case.log", inverse: "res_id", readonly: true,
            domain: [["model", "=", "crm.case"]]),
        .one2many(
            "message_ids", "Messages", of: "mailgate.message", inverse: "res_id",
            domain: [["model", "=", "crm.case"]]),
    ]

    /// What crm_configuration added in 5.0.
    private static let moreFields: [Field] = [
        .many2one("stage_id", "Stage", to: "crm.case.stage", domain: "[('section_id','=',section_id)]"),
        .many2one(
            "category2_id", "Category Name", to: "crm.case.category2", domain: "[('section_id','=',section_id)]"),
        .float("duration", "Duration"), .text("note", "Note"),
        .many2one("case_id", "Related Case", to: "crm.case"),
        .char("partner_name", "Employee Name", size: 64), .char("partner_name2", "Employee Email", size: 64),
        .char("partner_phone", "Phone", size: 16), .char("partner_mobile", "Mobile", size: 16),
    ]

    /// The text of the newest line of communication.
    private static func lastTexts(_ cases: Records) throws -> [RecordID: Value] {
        let ids = Value.list(cases.ids.map { .integer($0) })
        let lines = try cases.environment.superuser.search(
            "crm.case.history", [["res_id", "in", ids]], order: "id desc")
        var texts: [RecordID: Value] = [:]
        for line in lines {
            let owner = try line.integer("res_id")
            if texts[owner] == nil { texts[owner] = try line.value("description") }
        }
        return texts
    }
}
