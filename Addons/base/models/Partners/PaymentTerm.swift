internal import ORM
internal import Values

/// When a partner pays, in words.
enum PaymentTerm {
    static let definition = ModelDefinition.introducing("res.payterm") { model in
        model.title = "Payment term"
        model.order = "name"
        model.fields = [.char("name", "Payment Term (short name)", size: 64)]
    }
}
