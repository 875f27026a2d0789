internal import ORM
internal import Values

/// Columns that tell a model's records apart for a person, whatever their numbers: a record with the same values is the
/// same one.
struct NaturalKey: Hashable {
    let columns: [FieldName]

    /// The keys of models that PostgreSQL would let have doubles.
    private static let known: [ModelName: [FieldName]] = [
        "ir.ui.menu": ["name", "parent_id"], "ir.actions.act_window": ["name", "res_model"],
        "ir.model.access": ["model_id", "group_id"], "ir.rule": ["name", "model_id"],
        "ir.model.data": ["module", "name"], "ir.values": ["name", "key", "key2", "model"],
        "ir.sequence": ["code", "name"], "ir.sequence.type": ["code"], "ir.cron": ["model", "function"],
        "ir.property": ["name", "fields_id"], "res.country.state": ["country_id", "code"],
        "res.currency.rate": ["currency_id", "name"], "res.partner.title": ["name", "domain"],
        "res.partner.bank.type": ["code"], "res.request.link": ["object"], "res.currency": ["name"],
        "crm.case.section": ["code"], "crm.case.channel": ["name"], "res.widget": ["title"],
    ]

    /// All keys of a model: the well-known one, and what its constraints say.
    static func all(of model: Model) -> [NaturalKey] {
        let unique = model.constraints.compactMap { constraint -> NaturalKey? in
            guard case .sql(_, let definition, _) = constraint else { return nil }
            return NaturalKey(constraint: definition, of: model)
        }
        return (known[model.name].map { [NaturalKey(columns: $0)] } ?? []).filter { key in
            key.columns.allSatisfy { model.ownField($0)?.hasColumn == true }
        } + unique
    }

    private init(columns: [FieldName]) { self.columns = columns }

    /// `unique (a, b)`; nil for any other rule.
    private init?(constraint: String, of model: Model) {
        let text = constraint.lowercased().trimmed
        guard text.hasPrefix("unique"), let start = text.firstIndex(of: "("), text.hasSuffix(")") else { return nil }
        columns = text[text.index(after: start)...].dropLast().split(separator: ",").map {
            String(String($0).trimmed).replacing("\"", with: "")
        }
        guard columns.allSatisfy({ model.ownField($0)?.hasColumn == true }) else { return nil }
    }

    /// The values as PostgreSQL writes them; nil when they tell nothing.
    func cells(of values: FieldValues) -> [String?]? {
        let cells = columns.map { name -> String? in
            guard let value = values[name], !value.isAbsent, value != false else { return nil }
            return value.plainText
        }
        return cells.first == .some(nil) ? nil : cells
    }
}
