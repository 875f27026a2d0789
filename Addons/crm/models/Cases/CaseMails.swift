internal import Foundation
internal import MailGatewayAddon
internal import ORM
internal import Values

/// What mails do to cases. A gateway hands them over taken apart: `subject`, `from`, `cc`, `body`, `priority` and
/// `attachments` (contract/crm.md §9).
enum CaseMails {
    /// The methods of a model; a record that a mail makes is one of it.
    static func methods(of model: ModelName) -> [RemoteMethod] {
        [
            .modelMethod("message_new", writes: true, ["msg", .context]) { environment, arguments in
                .integer(try make(model, from: try parts(arguments["msg"]), in: environment))
            },
            .method(
                "message_update", writes: true,
                ["ids", .optional("vals", [:]), .optional("msg", [:]), .optional("default_act", "pending"), .context]
            ) { cases, arguments in
                let values = arguments["vals"].dictionary ?? [:]
                try update(cases, by: try parts(arguments["msg"]), values)
                return true
            },
            // Nothing is left to do once a mail is filed; 6.0 sends nothing here, either.
            .method("msg_send", writes: false) { _, _ in true },
        ]
    }

    /// A new case from a mail: nobody's yet, and its sender's if the address is known.
    private static func make(
        _ model: ModelName, from mail: [String: Value], in environment: Environment
    ) throws -> RecordID {
        var values: FieldValues = ["user_id": false]
        values["name"] = mail["subject"]
        values["email_from"] = mail["from"]
        values["email_cc"] = mail["cc"]
        values["description"] = mail["body"]
        values["priority"] = priority(of: mail)
        values.merge(try sender(mail["from"]?.text ?? "", in: environment)) { $1 }
        let record = try environment.create(model, values)
        try MessageHistory.attach(
            Mail.Attachment.all(in: mail["attachments"] ?? false), to: record.alone, description: "Mail attachment")
        return record.id
    }

    /// An answer: what its lines set is written, and who had put the case aside finds it open again. No button is
    /// pressed by that, so nothing is written into the history.
    private static func update(_ cases: Records, by mail: [String: Value], _ given: FieldValues) throws {
        var values = given
        values["priority"] = priority(of: mail) ?? values["priority"]
        for (command, number) in settings(in: mail["body"]?.text ?? "") {
            guard let field = fieldsSet[command], cases.model.field(field) != nil else { continue }
            values[field] = .float(number)
        }
        if !values.isEmpty { try cases.write(values) }
        try cases.refreshed.only { ["done", "cancel", "pending"].contains(try $0.text("state")) }
            .write(["state": "open"])
    }

    // MARK: - Parts

    private static func parts(_ message: Value) throws -> [String: Value] {
        guard message.isTruthy else { return [:] }
        guard let parts = message.dictionary else { throw ORMError.badValue("a message is a dictionary of its parts") }
        return parts
    }

    /// The mail's priority where it is one that cases have.
    private static func priority(of mail: [String: Value]) -> Value? {
        let word = mail["priority"]?.plainText ?? ""
        return ["1", "2", "3", "4", "5"].contains(word) ? .text(word) : nil
    }

    private static let fieldsSet: [String: FieldName] = [
        "revenue": "planned_revenue", "cost": "planned_cost", "probability": "probability",
    ]

    /// What lines such as `Set-revenue: 500` say, in any case, by the word behind `Set-`; the last of a kind counts.
    private static func settings(in body: String) -> [String: Double] {
        var settings: [String: Double] = [:]
        for line in body.split(whereSeparator: \.isNewline) {
            let halves = line.split(separator: ":", maxSplits: 1).map {
                $0.lowercased().trimmingCharacters(in: .whitespaces)
            }
            guard halves.count == 2, halves[0].hasPrefix("set-"), let number = Double(halves[1]), number.isFinite else {
                continue
            }
            settings[String(halves[0].dropFirst(4))] = number
        }
        return settings
    }

    /// The partner and the address a mail comes from, if they are known: the address that is just this one, else the
    /// first that contains it.
    private static func sender(_ from: String, in environment: Environment) throws -> FieldValues {
        let address = (from.split(separator: "<").last?.prefix { $0 != ">" } ?? "").trimmingCharacters(in: .whitespaces)
        if address.isEmpty { return [:] }
        for comparison in ["=", "like"] {
            let found = try environment.search(
                "res.partner.address", [["email", .text(comparison), .text(address)]], limit: 1)
            guard let sender = found.first else { continue }
            return ["partner_address_id": .integer(sender.id), "partner_id": try sender.value("partner_id")]
        }
        return [:]
    }
}
