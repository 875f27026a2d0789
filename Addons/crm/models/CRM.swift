public import ORM
internal import Values

/// The addon `crm`: leads and opportunities as 6.0 knows them, cases as 5.0 does, and the teams that look after both.
public enum CRM {
    public static let addon = AddonModels(
        "crm",
        definitions: [
            Section.definition, Stage.definition, Category.definition, SecondCategory.definition,
            Campaign.definition, StateOfMind.definition, EventType.definition, CaseLog.message, Lead.definition,
            CaseLog.log, CaseLog.history, Case.definition, PartnerEvents.definition, PhoneCall.definition,
            Meeting.definition, LeadReport.definition, CallReport.definition, partner, user,
            attendee,
        ])

    private static let partner = ModelDefinition.extending("res.partner") { model in
        model.fields = [
            .many2one("section_id", "Sales Team", to: "crm.case.section"),
            .one2many("opportunity_ids", "Leads and Opportunities", of: "crm.lead", inverse: "partner_id"),
            .one2many("meeting_ids", "Meetings", of: "crm.meeting", inverse: "partner_id"),
            .one2many("phonecall_ids", "Phonecalls", of: "crm.phonecall", inverse: "partner_id"),
        ]
    }

    private static let attendee = ModelDefinition.extending("calendar.attendee") { model in
        model.fields = [
            .computed(
                "categ_id", "Event Type", .many2one("crm.case.categ", onDelete: .setNull),
                get: { attendees in
                    try attendees.map { attendee in
                        let parts = (try attendee.text("ref") ?? "").split(separator: ",")
                        guard parts.count == 2, parts[0] == "crm.meeting", let id = RecordID(parts[1]) else {
                            return false
                        }
                        return try attendee.environment.record("crm.meeting", id).value("categ_id")
                    }
                })
        ]
    }

    private static let user = ModelDefinition.extending("res.users") { model in
        model.fields = [.many2one("context_section_id", "Sales Team", to: "crm.case.section")]
    }
}
