internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values

/// A partner's account at a bank.
enum BankAccount {
    static let definition = ModelDefinition.introducing("res.partner.bank") { model in
        model.title = "Bank Accounts"
        model.order = "sequence,name"
        model.nameField = "acc_number"
        model.fields = [
            .char("name", "Description", size: 128),
            .char("acc_number", "Account Number", size: 64).with {
                $0.states = ["bank": [["readonly", false], ["required", true]]]
            },
            .many2one("bank", "Bank", to: "res.bank", required: true),
            .char("owner_name", "Account Owner", size: 64, default: fromAddress("name")),
            .char("street", "Street", size: 128, default: fromAddress("street")),
            .char("zip", "Zip", size: 24, default: fromAddress("zip")).with { $0.changeDefault = true },
            .char("city", "City", size: 128, default: fromAddress("city")),
            .many2one("country_id", "Country", to: "res.country", default: fromAddress("country_id"))
                .with {
                    $0.changeDefault = true
                    $0.states = ["bank": [["readonly", true], ["required", false]]]
                },
            .many2one(
                "state_id", "State", to: "res.country.state", domain: "[('country_id','=',country_id)]",
                default: fromAddress("state_id")
            ).with { $0.changeDefault = true },
            .many2one("partner_id", "Partner", to: "res.partner", onDelete: .cascade, required: true, index: .yes),
            .selection("state", "Bank Type", .computed(types), required: true).with { $0.changeDefault = true },
            .integer("sequence", "Sequence"),
        ]
    }

    private static func types(_ environment: Environment) throws -> [Selection.Option] {
        try environment.options("SELECT \"code\", \"name\" FROM \"res_partner_bank_type\" ORDER BY \"name\"")
    }

    /// The partner's form sends its addresses as commands in the context; the default address fills the account.
    private static func fromAddress(_ field: FieldName) -> Default {
        .computed { environment in
            let addresses = (environment.context["address"].list ?? []).compactMap { command -> [String: Value]? in
                guard let parts = command.list, parts.count > 2 else { return nil }
                return parts[2].dictionary
            }
            let address = addresses.first { $0["type"]?.text == "default" } ?? addresses.first
            return address?[field] ?? ""
        }
    }
}
