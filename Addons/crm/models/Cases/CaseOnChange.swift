internal import BaseAddon
internal import ORM
internal import Values

/// What a case's form fills in when a partner, an address or a stage is chosen (contract/crm.md §2).
enum CaseOnChange {
    /// Which fields of an address a form takes over: the form's field and the address's.
    struct AddressFields: Sendable {
        let names: [(form: FieldName, address: FieldName)]
        /// What the form empties when its partner is taken away.
        let emptied: [FieldName]
        /// An e-mail that the form hands over stays.
        var keepsEmail = false

        /// The forms of OpenERP 5.0 (contract/crm-case-5.md §2).
        static let classic = AddressFields(
            names: [("email_from", "email")], emptied: ["partner_address_id"], keepsEmail: true)
    }

    static func methods(taking fields: AddressFields) -> [RemoteMethod] {
        [
            .onChange("onchange_partner_id", ["ids", "part", .optional("email", false)]) { environment, arguments in
                OnChange(kept(try partner(arguments["part"], fields, environment), fields, arguments))
            },
            .onChange(
                "onchange_partner_address_id", ["ids", "add", .optional("email", false)]
            ) { environment, arguments in
                OnChange(kept(try address(arguments["add"], fields, environment), fields, arguments))
            },
        ]
    }

    private static func kept(
        _ values: FieldValues, _ fields: AddressFields, _ arguments: Arguments
    ) -> FieldValues {
        guard fields.keepsEmail, arguments["email"].isTruthy else { return values }
        return values.filter { $0.key != "email_from" }
    }

    private static func partner(
        _ partner: Value, _ fields: AddressFields, _ environment: Environment
    ) throws -> FieldValues {
        guard let id = partner.recordID, partner.isTruthy else {
            return Dictionary(uniqueKeysWithValues: fields.emptied.map { ($0, false) })
        }
        let chosen = try Partner.address(for: "contact", of: id, in: environment)
        var values = try address(chosen.map { .integer($0) } ?? false, fields, environment)
        values["partner_address_id"] = chosen.map { .integer($0) } ?? false
        return values
    }

    private static func address(
        _ address: Value, _ fields: AddressFields, _ environment: Environment
    ) throws -> FieldValues {
        var values: FieldValues = [:]
        guard let id = address.recordID, address.isTruthy else {
            for field in fields.names where field.form != "phone" { values[field.form] = false }
            return values
        }
        let record = try environment.record("res.partner.address", id)
        for field in fields.names {
            let value = try record.value(field.address)
            values[field.form] = value == .null ? false : value
        }
        return values
    }
}
