internal import ORM
internal import Values

/// What was asked with a request each time it was sent.
enum RequestHistory {
    static let definition = ModelDefinition.introducing("res.request.history") { model in
        model.fields = [
            .char("name", "Summary", size: 128, required: true, default: "No Title").with {
                $0.states = ["active": [["readonly", true]], "waiting": [["readonly", true]]]
            },
            .many2one("req_id", "Request", to: "res.request", onDelete: .cascade, required: true, index: .yes),
            .many2one("act_from", "From", to: "res.users", required: true, readonly: true, default: .caller),
            .many2one("act_to", "To", to: "res.users", required: true, default: .caller).with { $0.states = waiting },
            .text("body", "Body").with { $0.states = waiting },
            .datetime("date_sent", "Date sent", required: true, default: .now).with { $0.states = waiting },
        ]
    }

    private static let waiting: Value = ["waiting": [["readonly", true]]]

    /// The beginning of a text, as lists show it; a stroke for none.
    static func summary(of body: String?) -> String {
        guard let body, !body.isEmpty else { return "/" }
        return String(String.UnicodeScalarView(body.unicodeScalars.prefix(125))) + "..."
    }
}
