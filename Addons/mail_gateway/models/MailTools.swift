internal import ORM
internal import Values

/// What programs at a mail server ask about addresses (contract/crm.md §9).
enum MailTools {
    static let definition = ModelDefinition.introducing("email.server.tools", transient: true) { model in
        model.title = "Email Server Tools"
        model.remote = [
            .modelMethod("to_email", writes: false, ["text"]) { _, arguments in
                .list(addresses(in: arguments["text"].text ?? "").map { .text($0) })
            },
            .modelMethod("get_partner", writes: false, ["from", .context]) { environment, arguments in
                try partner(of: arguments["from"].text ?? "", in: environment)
            },
        ]
    }

    /// The bare addresses within a text such as `Ann <ann@tester.example>, ben@tester.example`.
    static func addresses(in text: String) -> [String] {
        text.prefix(65_536).matches(of: #/[^\s,;:<>()"@]+@[^\s,;:<>()"@]+/#).map { String($0.output) }
    }

    /// The first address record with a sender's bare address, and the partner it belongs to; False where there is none.
    private static func partner(of sender: String, in environment: Environment) throws -> Value {
        guard let bare = addresses(in: sender).first,
            let found = try environment.search("res.partner.address", [["email", "like", .text(bare)]], limit: 1).first
        else { return ["partner_address_id": false, "partner_id": false] }
        let partner = try found.one("partner_id").map { Value.integer($0.id) } ?? false
        return ["partner_address_id": .integer(found.id), "partner_id": partner]
    }
}
