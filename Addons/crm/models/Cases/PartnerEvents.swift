internal import ORM
internal import Values

/// Tells a partner's events what happened to its cases, where that kind of event is in use (contract/crm-case-5.md §2).
enum PartnerEvents {
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
            ]
        }
        _ = try environment.records("res.partner.event").create(rows.sorted { $0.key < $1.key }.map(\.value))
    }
}
