internal import PostgreSQL

extension Environment {
    /// Runs `body` so that an error it throws undoes what it did, and that alone: its statements, and what it left for
    /// the end of the call. The error passes on. May be nested.
    ///
    /// Whoever catches the error looks at `isRefusal` first: what may well succeed another time is not his to answer.
    public func savepoint<Answer>(_ body: () throws -> Answer) throws -> Answer {
        let before = pending.unfinished
        do {
            return try transaction.savepoint(body)
        } catch {
            pending.unfinished = before
            throw error
        }
    }

    /// Does something for many elements together; when that is refused, for each half of them, and so on, so that
    /// everything is done as if one element had come after the other and the one at fault is found.
    ///
    ///     let ids = try environment.inParts(rows) {
    ///         try handle.create(Array($0))
    ///     } refused: { row, error in throw LoadError.refused("\(error)", at: row.place) }
    ///
    /// - Parameter work: The answers for the elements, in their order.
    /// - Parameter refused: What answers for an element that is refused alone, or is thrown; nothing of its own is left
    ///   then.
    public func inParts<Element, Answer>(
        _ elements: some Collection<Element>, do work: (ArraySlice<Element>) throws -> [Answer],
        refused: (Element, any Error) throws -> Answer
    ) throws -> [Answer] {
        try parts(of: Array(elements)[...], do: work, refused: refused)
    }

    private func parts<Element, Answer>(
        of elements: ArraySlice<Element>, do work: (ArraySlice<Element>) throws -> [Answer],
        refused: (Element, any Error) throws -> Answer
    ) throws -> [Answer] {
        guard let first = elements.first else { return [] }
        do {
            return try savepoint { try work(elements) }
        } catch  where error.isRefusal {
            if elements.count == 1 { return [try refused(first, error)] }
            let middle = elements.startIndex + elements.count / 2
            return try parts(of: elements[..<middle], do: work, refused: refused)
                + parts(of: elements[middle...], do: work, refused: refused)
        }
    }
}

extension Error {
    /// False for what may well succeed when the whole call is run again: a serialization failure, a lost connection.
    public var isRefusal: Bool {
        guard let error = self as? PostgreSQLError else { return true }
        return !error.isRetryable && !error.isConnectionLoss
    }
}
