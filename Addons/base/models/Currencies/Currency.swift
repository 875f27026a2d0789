internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values

/// A currency; what it is worth is told by its rates.
enum Currency {
    static let definition = ModelDefinition.introducing("res.currency") { model in
        model.title = "Currency"
        model.order = "name"
        model.fields = [
            .char("name", "Currency", size: 32, required: true, help: "Three letters after ISO 4217."),
            .char("symbol", "Symbol", size: 3, help: "Stands before or after amounts in documents."),
            .computed(
                "rate", "Current Rate", .float(Digits(12, 6)), get: rates,
                help: "The rate of today, or of the day the context names."
            ).called("_current_rate"),
            .one2many("rate_ids", "Rates", of: "res.currency.rate", inverse: "currency_id"),
            .integer("accuracy", "Computational Accuracy"),
            .float("rounding", "Rounding factor", digits: Digits(12, 6), default: 0.01),
            .boolean("active", "Active", default: true),
            .many2one("company_id", "Company", to: "res.company", default: .company(of: "res.currency")),
            .date("date", "Date"),
            .boolean("base", "Base"),
        ]
        model.constraints = [
            .check("rounding", message: "The rounding factor cannot be 0 !") { currencies in
                try currencies.allSatisfy { try $0.float("rounding") != 0 }
            }
        ]
        model.overrides.read = read
        model.remote = [
            .modelMethod(
                "compute", writes: false,
                ["from_currency_id", "to_currency_id", "from_amount", .optional("round", true), .context], compute)
        ]
    }

    // MARK: - Rates

    private static func rates(_ currencies: Records) throws -> [RecordID: Value] {
        try rates(of: currencies.ids, in: currencies.environment).mapValues { .float($0) }
    }

    /// The last rate on or before the context's date, for each currency that has one. One statement.
    private static func rates(of ids: [RecordID], in environment: Environment) throws -> [RecordID: Double] {
        let result = try environment.rows(
            """
            SELECT DISTINCT ON ("currency_id") "currency_id", "rate" FROM "res_currency_rate" \
            WHERE "currency_id" = ANY(\(ids)) AND "name" <= \(day(in: environment))::date \
            ORDER BY "currency_id", "name" DESC, "id" DESC
            """)
        return result.byID { result.float($0, 1) }
    }

    private static func day(in environment: Environment) -> String {
        environment.context["date"].text ?? Timestamp.today()
    }

    // MARK: - Conversion

    private static func compute(_ environment: Environment, _ arguments: Arguments) throws -> Value {
        guard let source = arguments["from_currency_id"].recordID, let target = arguments["to_currency_id"].recordID
        else { throw ORMError.badValue("compute takes the ids of two currencies") }
        let amount = arguments["from_amount"].number ?? 0
        return .float(
            try convert(amount, from: source, to: target, rounded: arguments["round"].isTruthy, in: environment))
    }

    /// An amount in another currency, by the rates of the context's date (today unless said).
    ///
    /// - Throws: `UserError` when one of the currencies has no rate by then.
    static func convert(
        _ amount: Double, from source: RecordID, to target: RecordID, rounded: Bool, in environment: Environment
    ) throws -> Double {
        let currencies = try environment.records("res.currency", source == target ? [source] : [source, target])
        var converted = amount
        if source != target {
            let rates = try rates(of: currencies.ids, in: environment)
            for currency in currencies where (rates[currency.id] ?? 0) == 0 {
                let symbol = try currency.text("symbol") ?? currency.text("name") ?? ""
                throw UserError(
                    "Error",
                    "No rate found \nfor the currency: \(symbol) \nat the date: \(day(in: environment))")
            }
            converted = amount * (rates[target] ?? 0) / (rates[source] ?? 1)
        }
        guard rounded, let currency = currencies.only({ $0.id == target }).first else { return converted }
        return CurrencyRounding(unit: try currency.float("rounding")).round(converted)
    }

    // MARK: - Reading

    /// Read together with the rates, a currency's date is that of its newest rate (contract/base-addon.md §3).
    private static func read(
        _ currencies: Records, _ fields: [FieldName], _ inherited: (Records, [FieldName]) throws -> RecordTable
    ) throws -> RecordTable {
        let table = try inherited(currencies, fields)
        guard table.names.contains("date"), table.names.contains("rate_ids"), let ids = table.values(of: "id") else {
            return table
        }
        let result = try currencies.environment.rows(
            """
            SELECT "currency_id", max("name")::text FROM "res_currency_rate" \
            WHERE "currency_id" = ANY(\(currencies.ids)) GROUP BY 1
            """)
        let newest = result.byID { result.text($0, 1) }
        return table.replacing("date") { (row, value) in
            ids[row].integer.flatMap { newest[$0] }.map { .text($0) } ?? value
        }
    }
}

extension RecordTable {
    /// The same table with the values of one field changed.
    fileprivate func replacing(_ field: FieldName, by change: (Int, Value) -> Value) -> RecordTable {
        guard let values = values(of: field) else { return self }
        var changed = self
        changed.replace(field, by: .values(values.enumerated().map { change($0.offset, $0.element) }))
        return changed
    }
}
