internal import Synchronization

/// One building of a database's registry. Of all threads that need it one builds, and the others wait for what comes of
/// it, be it the database or why there is none.
final class Opening: Sendable {
    private let outcome = Mutex<Result<OpenDatabase, any Error>?>(nil)

    /// - Parameter build: Run for the first thread alone.
    /// - Returns: The database, and whether this thread has built it.
    func database(_ build: () throws -> OpenDatabase) throws -> (OpenDatabase, isNew: Bool) {
        try outcome.withLock { outcome in
            if let outcome { return (try outcome.get(), false) }
            let result = Result { try build() }
            outcome = result
            return (try result.get(), true)
        }
    }
}
