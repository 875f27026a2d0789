internal import PostgreSQL
internal import SQL
internal import Values

/// Reads reference fields: `model,id` where that record is there, False where it is gone (contract/orm.md §2). One
/// statement for each model referred to, all on one trip.
struct ReferenceReader {
    let environment: Environment

    /// The values of the given columns of a result, by column.
    func values(ofColumns columns: [Int], in result: Result) throws -> [Int: [Value]] {
        var texts: [Int: [String?]] = [:]
        for column in columns { texts[column] = result.texts(column: column) }
        let existing = try existing(
            among: texts.values.flatMap { $0.compactMap { $0.flatMap { RecordReference($0) } } })
        return texts.mapValues { cells in
            cells.map { text in
                guard let text, let reference = RecordReference(text), existing.contains(reference) else {
                    return false
                }
                return .text(text)
            }
        }
    }

    private func existing(among references: [RecordReference]) throws -> Set<RecordReference> {
        var ids: [ModelName: Set<RecordID>] = [:]
        for reference in references { ids[reference.model, default: []].insert(reference.id) }
        let models = ids.keys.sorted().compactMap { environment.registry.models[$0] }
        let results = try environment.transaction.pipeline(
            models.map { model in
                "SELECT \"id\" FROM \(table: model.table) WHERE \"id\" = ANY(\((ids[model.name] ?? []).sorted()))"
            })
        var found: Set<RecordReference> = []
        for (model, result) in zip(models, results) {
            found.formUnion(result.integers(column: 0).map { RecordReference(model: model.name, id: $0) })
        }
        return found
    }
}
