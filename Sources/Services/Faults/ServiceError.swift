/// What the services themselves refuse.
enum ServiceError: Error, Equatable {
    /// The service has no such method.
    case unknownMethod(service: String, method: String)
    /// Fewer parameters than the method needs.
    case tooFewParameters(service: String, given: Int)
    case wrongSuperPassword
    /// A password was guessed while the answers to many earlier guesses are held back.
    case tooManyGuesses
    /// The listing of databases is switched off.
    case listingForbidden
    case databaseExists(String)
    case badDatabaseName(String)
    /// The database is being created or upgraded.
    case databaseNotReady(String)
    /// OpenERP made the database, and nobody has taken it over yet.
    case notAdopted(String)
    case unknownJob(Int)
    /// A dump has more bytes than an answer may have.
    case dumpTooLarge(database: String, size: Int, limit: Int)
    case failed(String)
    /// All workers are busy and the queue is full.
    case overloaded
}
