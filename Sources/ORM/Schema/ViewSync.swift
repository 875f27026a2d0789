internal import PostgreSQL
internal import SQL
internal import Values

/// Makes the views behind models that only show what other tables hold, and makes them anew when they or the columns
/// beneath them change.
struct ViewSync {
    let environment: Environment
    /// The views of all such models, those first that others are made from.
    private let ordered: [Model]

    init(environment: Environment) {
        self.environment = environment
        ordered = Self.ordered(environment.registry.models.values.filter(\.isView).sorted { $0.name < $1.name })
    }

    /// Drops what there is of the models' views, for as long as the columns beneath them change.
    ///
    /// Views that people have made over these are not dropped along: PostgreSQL refuses, and names them.
    func dropAll(_ existing: Set<String>) throws {
        let names = ordered.map(\.table).filter(existing.contains).reversed()
        if names.isEmpty { return }
        let list = names.map { SQL.quoted($0) }.joined(by: ", ")
        try environment.transaction.execute(script: ("DROP VIEW \(list)" as SQL).rendered().text)
    }

    /// Makes the views of these models, be they there or not.
    ///
    /// - Parameter existing: All views of the database.
    func make(_ models: Set<ModelName>, existing: Set<String>) throws {
        do {
            try environment.transaction.savepoint { try create(models) }
        } catch let error as PostgreSQLError where error.serverMessage?.sqlState == Self.otherColumns {
            // A view takes further columns at its end and no other change; so all of them go and come again.
            try dropAll(existing)
            try create(models.union(ordered.filter { existing.contains($0.table) }.map(\.name)))
        }
    }

    private static let otherColumns = "42P16"

    private func create(_ models: Set<ModelName>) throws {
        for model in ordered where models.contains(model.name) {
            guard let view = model.view else { continue }
            let statement: SQL = "CREATE OR REPLACE VIEW \(table: model.table) AS \(view)"
            try environment.transaction.execute(script: statement.rendered().text)
        }
    }

    /// A view that names another one comes after it.
    private static func ordered(_ models: [Model]) -> [Model] {
        var order: [Model] = []
        var met: Set<ModelName> = []
        func visit(_ model: Model) {
            guard met.insert(model.name).inserted else { return }
            let words = Self.words(of: model.view?.rendered().text ?? "")
            for other in models where words.contains(other.table) { visit(other) }
            order.append(model)
        }
        for model in models { visit(model) }
        return order
    }

    private static func words(of text: String) -> Set<String> {
        let words = text.split { character in
            !(character.isASCII && (character.isLetter || character.isNumber || character == "_"))
        }
        return Set(words.map(String.init))
    }
}
