internal import PostgreSQL
internal import SQL

/// Deletes records of transient models that nobody needs any more (contract/orm.md §13): by age and by number, and
/// without waiting for those somebody is at work with.
struct TransientSweep {
    /// As often as this a create sweeps its model.
    static let interval = 20

    let environment: Environment

    /// - Parameter kept: Records that stay, however old and many they are: the caller's own new ones.
    func sweep(_ models: [Model], keeping kept: [Int] = []) throws {
        let limits = environment.registry.ports.transience
        let statements = models.flatMap { model -> [SQL] in
            let used: SQL = "\(column: TransientRecords.useColumn)"
            var statements = [
                Self.delete(
                    model, keeping: kept,
                    "WHERE \(used) < now()::timestamp - make_interval(secs => \(limits.hours * 3600)::float8)")
            ]
            if let count = limits.count {
                statements.append(
                    Self.delete(model, keeping: kept, "ORDER BY \(used) DESC, \"id\" DESC OFFSET \(count)"))
            }
            return statements
        }
        try environment.transaction.pipeline(statements)
    }

    /// Found first and locked then: a lock would reach those that an OFFSET skips, too.
    private static func delete(_ model: Model, keeping kept: [Int], _ which: SQL) -> SQL {
        """
        DELETE FROM \(table: model.table) WHERE "id" IN (SELECT "id" FROM \(table: model.table) WHERE "id" IN \
        (SELECT "id" FROM \(table: model.table) \(which)) AND "id" <> ALL(\(kept)::int[]) FOR UPDATE SKIP LOCKED)
        """
    }
}

extension Environment {
    /// Deletes the records of all transient models that nobody needs any more; for a timer.
    public func sweepTransientRecords() throws {
        let models = registry.models.values.filter(\.isTransient).sorted { $0.name < $1.name }
        try TransientSweep(environment: self).sweep(models)
    }
}
