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
    static let sender = Default.computed { environment in
        guard environment.context["portal"].isTruthy else { return false }
        let user = try environment.superuser.record("res.users", environment.uid)
        return try user.one("address_id")?.value("email") ?? false
    }
}
