internal import ORM
internal import Values

/// Currencies are shown with their symbols: `EUR (€)`.
enum NamedCurrency {
    static let definition = ModelDefinition.extending("res.currency") { model in
        model.overrides.displayNames = { currencies, inherited in
            let names = try inherited(currencies)
            let symbols = try currencies.map { try $0.text("symbol") ?? "" }
            return names.reduce(into: names) { result, entry in
                guard let symbol = symbols[entry.key], !symbol.isEmpty else { return }
                result[entry.key] = "\(entry.value) (\(symbol))"
            }
        }
    }
}
