public import AddonLoader
internal import Logging
internal import PostgreSQL

/// Taking over databases that OpenERP made.
extension DatabaseHost {
    /// The databases of OpenERP's that nobody has taken over yet, by name.
    public func databasesToAdopt() throws -> [String] {
        try server.databaseList().filter { name in
            // One that cannot be looked into is told of when somebody calls for it.
            (try? reading(name) { try provisioner.needsAdoption($0) }) ?? false
        }
    }

    /// What an adoption would find; nothing is touched.
    ///
    /// - Throws: `LoadError.notAdoptable` for a database that is none of OpenERP 6.0's.
    public func survey(_ name: String) throws -> AdoptionSurvey {
        try existing(name)
        return try reading(name) { try provisioner.survey($0) }
    }

    /// Takes over a database that OpenERP 6.0 made, in one transaction. It is out of service meanwhile, and nobody may be
    /// at work on it.
    ///
    /// - Parameter patience: How many seconds others may keep a table that is to be changed.
    /// - Throws: As `survey`, and `ServiceError.failed` when OpenERP is still at work on the database.
    public func adopt(_ name: String, patience: Int = 10, progress: (Double) -> Void) throws -> Adoption {
        try existing(name)
        return try exclusively(name) {
            do {
                let adoption = try changing(name) { transaction in
                    // OpenERP's own transactions hold what is to be changed for as long as they like.
                    try transaction.execute(script: "SET LOCAL lock_timeout = '\(patience)s'")
                    return try provisioner.adopt(in: transaction, progress: progress)
                }
                logger.notice("database adopted", metadata: ["name": "\(name)"])
                return adoption
            } catch let error as PostgreSQLError where error.serverMessage?.sqlState == "55P03" {
                throw ServiceError.failed("the database \(name) is in use: stop OpenERP and try again")
            }
        }
    }

    private func existing(_ name: String) throws {
        guard try server.databaseExists(name) else { throw ServiceError.failed("there is no database \(name)") }
    }
}
