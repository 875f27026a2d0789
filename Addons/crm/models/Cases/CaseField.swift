internal import BaseAddon
internal import ORM
internal import Values

/// Fields and defaults that every kind of case has.
enum CaseField {
    static let states: Selection = [
        "draft": "Draft", "open": "Open", "cancel": "Cancelled", "done": "Closed", "pending": "Pending",
    ]

    static let priorities: Selection = [
        "1": "Highest", "2": "High", "3": "Normal", "4": "Low", "5": "Lowest",
    ]

    /// The caller, unless a partner calls through a portal.
    static let responsible = Default.computed { environment in
        environment.context["portal"].isTruthy ? false : .integer(environment.uid)
    }

    /// The team the caller usually works in.
    static let team = Default.computed { environment in
        let user = try environment.superuser.record("res.users", environment.uid)
        return try user.one("context_section_id").map { .integer($0.id) } ?? false
    }

    /// A partner who calls through a portal writes from its own address.
    static let sender = Default.computed { try portalAddress($0)?.value("email") ?? false }

    /// What such a partner brings up is a case of its own (contract/crm-case-5.md §1).
    static let ownPartner = Default.computed { try portalAddress($0)?.value("partner_id") ?? false }
    static let ownAddress = Default.computed { try portalAddress($0).map { .integer($0.id) } ?? false }

    private static func portalAddress(_ environment: Environment) throws -> Record? {
        guard environment.context["portal"].isTruthy else { return nil }
        return try environment.superuser.record("res.users", environment.uid).one("address_id")
    }
}
