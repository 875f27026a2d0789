internal import ORM
internal import Values

/// What a currency is worth from a day on, in units of the base currency's one.
enum CurrencyRate {
    static let definition = ModelDefinition.introducing("res.currency.rate") { model in
        model.title = "Currency Rate"
        model.order = "name desc"
        model.fields = [
            .date("name", "Date", required: true, index: .yes, default: .today),
            .float(
                "rate", "Rate", digits: Digits(12, 6), required: true,
                help: "How many units of this currency one unit of the reference currency buys."),
            .many2one("currency_id", "Currency", to: "res.currency", readonly: true),
        ]
    }
}
