internal import MailGatewayAddon
internal import ORM
internal import Values

/// Writing down what was said (contract/crm-case-5.md §2).
extension Case {
    static let historyMethods: [RemoteMethod] = [
        .method("case_log", writes: true, ["ids", .context, .optional("email", false)]) { cases, arguments in
            try log(cases, email: arguments["email"])
            return true
        },
        .method("add_reply", writes: true, ["ids", .context]) { cases, _ in
            // Each quotes another text, so each is a write of its own.
            for record in cases {
                let text = try record.text("email_last") ?? ""
                let quoted = text.split(separator: "\n", omittingEmptySubsequences: false).map { "> " + $0 }
                try record.write(["description": .text(quoted.joined(separator: "\n"))])
            }
            return true
        },
        .method("emails_get", writes: false, ["id", .context]) { cases, _ in
            guard let record = cases.first else { return [] }
            return [
                try MessageHistory.responsibleAddress(of: record),
                try record.value("email_from"), try record.value("email_cc"), try record.value("priority"),
            ]
        },
    ]

    /// What stands in "your action" becomes a line of communication, and the field is empty again; with nothing in it
    /// only the fact is logged.
    private static func log(_ cases: Records, email: Value) throws {
        var lines: [FieldValues] = []
        var logs: [FieldValues] = []
        for record in cases {
            var row: FieldValues = [
                "name": "Historize", "case_id": .integer(record.id), "som": try record.value("som"),
                "canal_id": try record.value("canal_id"), "section_id": try record.value("section_id"),
            ]
            guard let text = try record.text("description"), !text.isEmpty else {
                logs.append(row)
                continue
            }
            row["description"] = .text(text)
            row["email"] =
                email.isTruthy ? email : try MessageHistory.responsibleAddress(of: record)
            lines.append(row)
        }
        _ = try cases.environment.records("crm.case.history").create(lines)
        _ = try cases.environment.records("crm.case.log").create(logs)
        try cases.write(["description": false, "som": false, "canal_id": false])
    }

    static let formMethods: [RemoteMethod] = [
        .onChange("onchange_categ_id", ["ids", "categ", .context]) { environment, arguments in
            guard let id = arguments["categ"].recordID, id > 0 else { return OnChange(["probability": 0.0]) }
            let category = try environment.record("crm.case.categ", id)
            return OnChange(["probability": .float(try category.float("probability"))])
        },
        .onChange(
            "onchange_case_id", ["ids", "case_id", "name", "partner_id", .context]
        ) { environment, arguments in
            guard let id = arguments["case_id"].recordID, id > 0 else { return OnChange() }
            let related = try environment.record("crm.case", id)
            var values: FieldValues = [:]
            if !arguments["name"].isTruthy { values["name"] = try related.value("name") }
            if !arguments["partner_id"].isTruthy {
                for field in ["partner_id", "partner_address_id", "email_from"] {
                    let value = try related.value(field)
                    if value.isTruthy { values[field] = value }
                }
            }
            return OnChange(values)
        },
    ]
}
