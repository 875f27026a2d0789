public import PostgreSQL

extension ConnectionSettings {
    /// Runs something in a transaction on a connection of its own; committed if it shall be kept and does not throw.
    @discardableResult
    public func transaction<Answer>(keep: Bool = true, _ body: (Transaction) throws -> Answer) throws -> Answer {
        let connection = try Connection(self)
        defer { connection.close() }
        let transaction = Transaction(on: connection, isolation: .repeatableRead)
        do {
            let answer = try body(transaction)
            if keep { try transaction.commit() } else { transaction.rollback() }
            return answer
        } catch {
            transaction.rollback()
            throw error
        }
    }
}
