internal import Domain
internal import ORM
internal import Values

/// The log and the communication of 5.0's cases: two views on the rows of `mailgate.message` that belong to a case, so
/// that history is stored once for both generations of clients (contract/crm-case-5.md §7.3).
enum CaseLog {
    static let log = ModelDefinition.introducing("crm.case.log") { model in
        model.title = "Case Communication History"
        model.table = "mailgate_message"
        model.ownsTable = false
        model.order = "id desc"
        model.fields = sharedFields
        confine(&model, lines: false)
    }

    static let history = ModelDefinition.introducing("crm.case.history") { model in
        model.title = "Case history"
        model.table = "mailgate_message"
        model.ownsTable = false
        model.order = "id desc"
        model.fields =
            sharedFields + [
                .text("description", "Description"),
                .char("email_from", "From", size: 128),
                .computed(
                    "email", "Email", .char(84), get: { try $0.map { try $0.value("email_from") } },
                    set: { try $0.write(["email_from": $1]) },
                    search: { _, leaf in [["email_from", .text(leaf.comparison.rawValue), leaf.value]] }),
                .computed(
                    "log_id", "Log", .many2one("crm.case.log", onDelete: .cascade),
                    get: { $0.map { .integer($0.id) } },
                    search: { _, leaf in [["id", .text(leaf.comparison.rawValue), leaf.value]] }),
                .computed("note", "Description", .text, get: notes),
            ]
        confine(&model, lines: true)
    }

    /// The columns the messages get for the cases of 5.0.
    static let message = ModelDefinition.extending("mailgate.message") { model in
        model.fields = [
            .many2one("section_id", "Section", to: "crm.case.section"),
            .many2one("canal_id", "Channel", to: "res.partner.canal"),
            .many2one("som", "State of Mind", to: "res.partner.som"),
            .boolean("is_case_history", "Line of a Case", readonly: true),
        ]
    }

    private static let sharedFields: [Field] = [
        .char("name", "Action", size: 64),
        .datetime("date", "Date", default: .now),
        .many2one("user_id", "User Responsible", to: "res.users", readonly: true, default: .caller),
        .many2one("section_id", "Section", to: "crm.case.section"),
        .many2one("canal_id", "Channel", to: "res.partner.canal"),
        .many2one("som", "State of Mind", to: "res.partner.som"),
        .char("model", "Object Name", size: 128, default: "crm.case"),
        .integer("res_id", "Resource ID", index: .basic),
        .boolean("is_case_history", "Line of a Case"),
        .computed(
            "case_id", "Case", .many2one("crm.case", onDelete: .cascade),
            get: { try $0.map { .integer(try $0.integer("res_id")) } },
            search: { _, leaf in [["res_id", .text(leaf.comparison.rawValue), leaf.value]] }),
    ]

    /// Only rows of cases are seen; new ones are made such.
    private static func confine(_ model: inout ModelDefinition.Content, lines: Bool) {
        model.overrides.search = { _, request, inherited in
            var request = request
            var domain: [Value] = [["model", "=", "crm.case"]]
            if lines { domain.append(["is_case_history", "=", true]) }
            request.domain = .list(domain + (request.domain.list ?? []))
            return try inherited(request)
        }
        model.overrides.create = { _, rows, inherited in
            try inherited(
                rows.map { row in
                    var row = row
                    if let owner = row.removeValue(forKey: "case_id"), owner.isTruthy { row["res_id"] = owner }
                    row["model"] = "crm.case"
                    row["is_case_history"] = .boolean(lines)
                    if lines, row["name"] == nil { row["name"] = "Historize" }
                    return row
                })
        }
    }

    /// `<email> (<date>)`, then the text.
    private static func notes(_ lines: Records) throws -> [RecordID: Value] {
        try lines.map { line in
            let email = try line.text("email_from") ?? "/"
            return .text("\(email) (\(try line.text("date") ?? ""))\n\(try line.text("description") ?? "")")
        }
    }
}
