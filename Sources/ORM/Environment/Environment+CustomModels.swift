public import Values

extension Environment {
    /// Takes up what this call has changed of custom models and fields: the rest of the call works with them, and the
    /// tables of the named models have their columns. Other calls see it once the transaction is committed.
    ///
    /// - Parameter removal: Whether something was taken away; what relied on it is then left out of the models.
    /// - Throws: `CustomField.Misfit` when something new makes no sense; the caller's transaction is to be rolled back
    ///   then.
    public func adoptCustomModels(tablesOf names: Set<ModelName>, removal: Bool = false) throws {
        let custom = try registry.ports.catalog.customModels(in: transaction)
        let (new, known) = (try registry.rebuilt(with: custom), registry)
        if !removal, let misfit = new.misfits.first(where: { !known.misfits.contains($0) }) {
            throw CustomField.Misfit(misfit)
        }
        pending.registry = new
        let models = names.compactMap { new.models[$0] }.sorted { $0.name < $1.name }
        if !models.isEmpty { try SchemaSync(in: self).apply(to: models) }
    }
}
