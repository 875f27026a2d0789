internal import Logging
internal import ORM
internal import PostgreSQL
internal import Values

/// Checks a password against a database: guessing is slowed down and logged, a right password is remembered.
struct PasswordCheck {
    let databases: DatabaseHost
    let throttle: LoginThrottle

    /// The user whose password it is, or nil for a wrong one.
    ///
    /// - Throws: `ServiceError.tooManyGuesses` while the answers to many earlier guesses are held back.
    ///
    /// - Parameters:
    ///   - user: Whom guesses are counted for and the log names; short, and without line ends.
    ///   - refusal: What the log says of a wrong password.
    ///   - find: Asks the database, as the superuser; it may write, and takes what is committed meanwhile.
    func uid(
        in database: OpenDatabase, password: String, user: String, address: String, delay: AnswerDelay,
        refusal: Logger.Message, _ find: (Environment) throws -> RecordID?
    ) throws -> RecordID? {
        try throttle.refuseHasty(address: address, user: user, delay: delay)
        var uid: RecordID?
        let epoch = database.credentials.epoch
        try CallRunner(
            pool: databases.pool, database: database, logger: databases.logger, isolation: .readCommitted
        ).run(
            uid: Environment.superuserID, writes: true,
            { environment in
                uid = try find(environment)
                return .value(nil)
            }, answer: { _ in })
        guard let uid else {
            delay.seconds = throttle.failed(address: address, user: user)
            databases.logger.notice(refusal, metadata: ["user": "\(user)", "address": "\(address)"])
            return nil
        }
        throttle.succeeded(address: address, user: user)
        database.credentials.insert(uid: uid, password: password, since: epoch)
        return uid
    }
}
