internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values

/// A request of one user to another, which goes back and forth until it is closed (contract/base-addon.md §4).
enum Request {
    static let definition = ModelDefinition.introducing("res.request") { model in
        model.order = "priority desc, trigger_date, create_date desc"
        model.fields = [
            .datetime("create_date", "Created Date", readonly: true),
            .char("name", "Subject", size: 128, required: true).readonly(in: "waiting", "active", "closed"),
            .boolean("active", "Active", default: true),
            .selection(
                "priority", "Priority", ["0": "Low", "1": "Normal", "2": "High"], required: true, default: "1"
            ).readonly(in: "waiting", "closed"),
            .many2one(
                "act_from", "From", to: "res.users", required: true, readonly: true, index: .basic, default: .caller
            ).readonly(in: "closed"),
            .many2one("act_to", "To", to: "res.users", required: true, index: .basic)
                .readonly(in: "waiting", "closed"),
            .text("body", "Request").readonly(in: "waiting", "closed"),
            .datetime("date_sent", "Date", readonly: true),
            .datetime("trigger_date", "Trigger Date", index: .basic).readonly(in: "waiting", "closed"),
            .many2one("ref_partner_id", "Partner Ref.", to: "res.partner").readonly(in: "closed"),
            .reference("ref_doc1", "Document Ref 1", .requestLinks, size: 128).readonly(in: "closed"),
            .reference("ref_doc2", "Document Ref 2", .requestLinks, size: 128).readonly(in: "closed"),
            .selection(
                "state", "State",
                ["draft": "draft", "waiting": "waiting", "active": "active", "closed": "closed"], required: true,
                readonly: true, default: "draft"),
            .one2many("history", "History", of: "res.request.history", inverse: "req_id"),
        ]
        model.remote = [
            .method("request_send", writes: true, ["ids", .context]) { requests, _ in
                try send(requests)
                return true
            },
            .method("request_reply", writes: true, ["ids", .context]) { requests, _ in
                // Each goes back to its own sender.
                for request in requests {
                    try request.write([
                        "state": "active", "act_from": .integer(request.environment.uid),
                        "act_to": try request.value("act_from"), "trigger_date": false, "body": "",
                    ])
                }
                return true
            },
            .method("request_close", writes: true, ["ids", .context]) { requests, _ in
                try requests.write(["state": "closed"])
                return true
            },
            .modelMethod("request_get", writes: false, []) { environment, _ in try pending(environment) },
        ]
    }

    /// Writes what is asked into the history, and has the requests wait for an answer.
    private static func send(_ requests: Records) throws {
        _ = try requests.environment.records("res.request.history").create(
            requests.map { request -> FieldValues in
                [
                    "req_id": .integer(request.id), "act_from": try request.value("act_from"),
                    "act_to": try request.value("act_to"), "body": try request.value("body"),
                    "name": .text(RequestHistory.summary(of: try request.text("body"))),
                ]
            }.sorted { $0.key < $1.key }.map(\.value))
        try requests.write(["state": "waiting", "date_sent": .text(Timestamp.now())])
    }

    /// The caller's requests that are due and not closed: those to him, and those from him to others.
    private static func pending(_ environment: Environment) throws -> Value {
        try environment.check(.read, on: environment.registry.model("res.request"))
        let result = try environment.rows(
            """
            SELECT "id", "act_to" = \(environment.uid) FROM "res_request" \
            WHERE ("act_to" = \(environment.uid) OR "act_from" = \(environment.uid)) AND "active" \
            AND "state" <> 'closed' AND ("trigger_date" IS NULL OR "trigger_date" <= \(Timestamp.now())::timestamp) \
            ORDER BY "id"
            """)
        var lists: (received: [Value], sent: [Value]) = ([], [])
        for row in 0..<result.rowCount {
            guard let id = result.integer(row, 0) else { continue }
            if result.boolean(row, 1) == true {
                lists.received.append(.integer(id))
            } else {
                lists.sent.append(.integer(id))
            }
        }
        return [.list(lists.received), .list(lists.sent)]
    }
}

extension Field {
    /// The same field, which clients do not let people change in some states of the record.
    fileprivate func readonly(in states: String...) -> Field {
        with { attributes in
            attributes.states = .dictionary(
                Dictionary(states.map { ($0, [["readonly", true]]) }, uniquingKeysWith: { first, _ in first }))
        }
    }
}
