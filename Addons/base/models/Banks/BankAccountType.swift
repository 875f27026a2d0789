internal import ORM
internal import Values

/// A kind of bank account, with the fields that matter for it.
enum BankAccountType {
    static let definition = ModelDefinition.introducing("res.partner.bank.type") { model in
        model.title = "Bank Account Type"
        model.order = "name"
        model.fields = [
            .char("name", "Name", size: 64, required: true, translate: true),
            .char("code", "Code", size: 64, required: true),
            .one2many(
                "field_ids", "Type fields", of: "res.partner.bank.type.field", inverse: "bank_type_id"),
        ]
    }
}

/// What a field of an account must be for one kind of account.
enum BankAccountTypeField {
    static let definition = ModelDefinition.introducing("res.partner.bank.type.field") { model in
        model.title = "Bank type fields"
        model.order = "name"
        model.fields = [
            .char("name", "Field Name", size: 64, required: true, translate: true),
            .many2one(
                "bank_type_id", "Bank Type", to: "res.partner.bank.type", onDelete: .cascade, required: true),
            .boolean("required", "Required"),
            .boolean("readonly", "Readonly"),
            .integer("size", "Max. Size"),
        ]
    }
}
