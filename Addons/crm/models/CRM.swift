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
                    let references = try attendees.map { try $0.text("ref").flatMap { RecordReference($0) } }
                        .compactMapValues { $0 }.filter { $0.value.model == "crm.meeting" }
                    let meetings = try attendees.environment.records(
                        "crm.meeting", references.values.map(\.id).distinct)
                    let kinds = try meetings.map { try $0.value("categ_id") }
                    return attendees.map { attendee in references[attendee.id].flatMap { kinds[$0.id] } ?? false }
                })
        ]
    }

    private static let user = ModelDefinition.extending("res.users") { model in
        model.fields = [.many2one("context_section_id", "Sales Team", to: "crm.case.section")]
    }
}
