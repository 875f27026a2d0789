internal import ORM
internal import PostgreSQL
internal import Values

/// Work on a database beside the calls of clients: in transactions of its own.
extension DatabaseHost {
    /// Looks at a database in a transaction of its own, which leaves nothing behind.
    func reading<Answer>(_ name: String, _ body: (Transaction) throws -> Answer) throws -> Answer {
        try pool.withConnection(to: name) { connection in
            let transaction = Transaction(on: connection, isolation: .repeatableRead)
            defer { transaction.rollback() }
            return try body(transaction)
        }
    }

    /// Looks at records of a database with all rights; nothing stays.
    func asSuperuser<Answer>(of database: OpenDatabase, _ body: (Environment) throws -> Answer) throws -> Answer {
        try reading(database.name) { transaction in
            try body(
                Environment(registry: database.registry, transaction: transaction, uid: Environment.superuserID))
        }
    }

    /// Changes a database in one transaction: all of it, or nothing. Afterwards nobody in any process relies on what
    /// he remembers of it.
    func changing<Answer>(_ name: String, _ body: (Transaction) throws -> Answer) throws -> Answer {
        let notice = ChangeNotice(of: nil, from: "-")
        return try transacting(name) { transaction in
            let answer = try body(transaction)
            try notice.announce(in: transaction)
            return answer
        } committed: { connection in
            notice.awaitAnswers(on: connection, besides: nil, logger: logger)
        }
    }

    func transacting<Answer>(
        _ name: String, _ body: (Transaction) throws -> Answer, committed: (Connection) -> Void = { _ in }
    ) throws -> Answer {
        try pool.withConnection(to: name) { connection in
            let transaction = Transaction(on: connection, isolation: .readCommitted)
            let answer: Answer
            do {
                answer = try body(transaction)
                try transaction.commit()
            } catch {
                transaction.rollback()
                throw error
            }
            committed(connection)
            return answer
        }
    }
}
