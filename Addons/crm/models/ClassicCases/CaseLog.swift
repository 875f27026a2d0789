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
            search: { environment, leaf in
                // The column is a number: what is asked by name, or below a record, is looked up among the cases.
                guard leaf.value.text != nil || leaf.comparison == .childOf else {
                    return [["res_id", .text(leaf.comparison.rawValue), leaf.value]]
                }
                let field = leaf.comparison == .childOf ? "id" : "name"
                let found = try environment.search(
                    "crm.case", [[.text(field), .text(leaf.comparison.rawValue), leaf.value]])
                return [["res_id", "in", .list(found.ids.map { .integer($0) })]]
            }
        ).with { $0.required = true },
    ]

    /// Only rows of cases are seen; new ones are made such.
    private static func confine(_ model: inout ModelDefinition.Content, lines: Bool) {
        model.overrides.search = { _, request, inherited in
            var request = request
            var domain: [Value] = [["model", "=", "crm.case"]]
            if lines { domain.append(["is_case_history", "=", true]) }
            guard let leaves = request.domain.list else { throw DomainError.notAList(request.domain) }
            request.domain = .list(domain + leaves)
            return try inherited(request)
        }
        model.overrides.create = { _, rows, inherited in
            try inherited(
                try rows.map { row in
                    var row = row
                    if let owner = row.removeValue(forKey: "case_id"), owner.isTruthy { row["res_id"] = owner }
                    guard row["res_id"]?.isTruthy == true else {
                        throw UserError("Integrity Error", "What is said or done belongs to a case: say which.")
                    }
                    row["model"] = "crm.case"
                    row["is_case_history"] = .boolean(lines)
                    if lines, row["name"] == nil { row["name"] = "Historize" }
                    return row
                })
        }
        model.overrides.read = { rows, names, inherited in try inherited(cases(rows), names) }
        model.overrides.displayNames = { rows, inherited in try inherited(cases(rows)) }
        model.overrides.write = { rows, values, inherited in
            var values = values
            values["model"] = nil
            values["is_case_history"] = nil
            try inherited(all(rows), values)
        }
        model.overrides.unlink = { rows, inherited in try inherited(all(rows)) }
    }

    /// Those of the rows that belong to cases: the table holds every other model's messages too.
    private static func cases(_ rows: Records) throws -> Records {
        if rows.ids.isEmpty { return rows }
        return try rows.search(SearchRequest([["id", "in", .list(rows.ids.map { .integer($0) })]]))
    }

    /// The rows, all of which must belong to cases before any is changed.
    private static func all(_ rows: Records) throws -> Records {
        guard try cases(rows).count == Set(rows.ids).count else {
            throw UserError("AccessError", "Some of these lines are no longer there, or belong to no case.")
        }
        return rows
    }

    /// `<email> (<date>)`, then the text.
    private static func notes(_ lines: Records) throws -> [RecordID: Value] {
        try lines.map { line in
            let email = try line.text("email_from") ?? "/"
            return .text("\(email) (\(try line.text("date") ?? ""))\n\(try line.text("description") ?? "")")
        }
    }
}
