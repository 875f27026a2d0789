internal import BaseAddon
internal import ORM
internal import Values

/// Tells a partner's events what happened to its cases, where that kind of event is in use (contract/crm-case-5.md §2).
enum PartnerEvents {
    /// What 5.0 knows of a partner's event besides what base does (contract/crm-case-5.md §1, §7.10).
    static let definition = ModelDefinition.extending("res.partner.event") { model in
        model.fields = [
            .many2one("som", "State of Mind", to: "res.partner.som"),
            .many2one("canal_id", "Channel", to: "res.partner.canal"),
            .reference("document", "Document", documents, size: 128),
            .float("planned_cost", "Planned Costs"), .float("planned_revenue", "Planned Revenue"),
            .float("probability", "Probability (%)"),
            .selection(
                "partner_type", "Relation to the Partner",
                ["customer": "Customer", "retailer": "Retailer", "prospect": "Commercial Prospect"]),
            .selection(
                "type", "Kind of Event",
                ["sale": "Sale Opportunity", "purchase": "Purchase Offer", "prospect": "Prospect Contact"]),
            .char("event_ical_id", "iCal Id", size: 64),
        ]
    }

    /// The models of `res.request.link`, which people edit, and cases in any event: buttons must not depend on that.
    private static let documents = Selection.computed { environment in
        let links = try Selection.requestLinks.options(in: environment).filter { $0.key != "crm.case" }
        return links + [Selection.Option("crm.case", "Case")]
    }

    /// - Parameter event: The last part of the kind's key `crm_case_<event>`.
    static func add(_ event: String, for cases: Records) throws {
        let environment = cases.environment.superuser
        let key = "crm_case_" + event
        let kind = try environment.search("res.partner.event.type", [["key", "=", .text(key)]], limit: 1)
        if kind.isEmpty { return }
        let rows = try cases.only { try $0.one("partner_id") != nil }.map { record -> FieldValues in
            let name = "Case \(event): \(try record.text("name") ?? "")"
            return [
                "name": .text(String(name.prefix(64))), "description": try record.value("description"),
                "partner_id": try record.value("partner_id"), "user_id": try record.value("user_id"),
                "som": try record.value("som"), "canal_id": try record.value("canal_id"),
                "document": .text("crm.case,\(record.id)"),
            ]
        }
        _ = try environment.records("res.partner.event").create(rows.sorted { $0.key < $1.key }.map(\.value))
    }
}
