import CLibPQ
public import SQL

extension Connection {
    /// Runs independent statements on one trip; their results in the same order. Outside a transaction they are one.
    ///
    /// After an error the later statements have not been run. The error names the statement that failed, and the
    /// connection is usable again.
    public func run(pipeline statements: [SQL]) throws(PostgreSQLError) -> [Result] {
        guard !statements.isEmpty else { return [] }
        return try run(pipelineOf: statements.map { $0.rendered() })
    }

    func run(pipelineOf statements: [SQL.Rendered]) throws(PostgreSQLError) -> [Result] {
        let steps = try plan(statements)
        let handle = try openHandle()
        guard PQenterPipelineMode(handle) == 1 else { throw lost() }
        statementCount += statements.count
        for step in steps { try send(step, on: handle) }
        guard PQpipelineSync(handle) == 1 else { throw lost() }
        return try collect(steps, on: handle)
    }

    /// One message pair of a pipeline.
    private struct Step {
        enum Action {
            case prepare
            case execute(parameters: Range<Int>)
        }
        let action: Action
        let name: String
        let text: String
    }

    /// Which statements must be prepared first, and every parameter encoded: what can be refused without the server is
    /// refused before anything is sent.
    private func plan(_ rendered: [SQL.Rendered]) throws(PostgreSQLError) -> [Step] {
        parameters.removeAll()
        var steps: [Step] = []
        var fresh: [String: String] = [:]
        steps.reserveCapacity(rendered.count + 1)
        for statement in rendered {
            let text = statement.text
            let name: String
            if let known = statements.name(of: text) ?? fresh[text] {
                name = known
            } else {
                guard !text.utf8.contains(0) else { throw .nulByte(statement: text) }
                name = statements.newName()
                fresh[text] = name
                steps.append(Step(action: .prepare, name: name, text: text))
            }
            steps.append(Step(action: .execute(parameters: try encode(statement)), name: name, text: text))
        }
        if !fresh.isEmpty { try makeRoom(for: fresh.count, keeping: steps) }
        return steps
    }

    /// Has the server forget statements, before the limit of the cache is reached.
    private func makeRoom(for count: Int, keeping steps: [Step]) throws(PostgreSQLError) {
        // In an aborted transaction DEALLOCATE would fail, as will the statement that room is made for.
        guard !isTransactionAborted else { return }
        let names = statements.evict(for: count, keeping: Set(steps.map(\.name)))
        guard !names.isEmpty else { return }
        _ = try runUnprepared(names.map { "DEALLOCATE \($0)" }.joined(separator: ";"))
    }

    private func send(_ step: Step, on handle: OpaquePointer) throws(PostgreSQLError) {
        let sent =
            switch step.action {
            case .prepare:
                PQsendPrepare(handle, step.name, step.text, 0, nil)
            case .execute(let range):
                parameters.withPointers(range) { values in
                    PQsendQueryPrepared(handle, step.name, Int32(range.count), values, nil, nil, 0)
                }
            }
        guard sent == 1 else { throw lost() }
    }

    /// Reads all answers up to the end of the pipeline, whatever they are, and throws the first error only then.
    private func collect(_ steps: [Step], on handle: OpaquePointer) throws(PostgreSQLError) -> [Result] {
        var results: [Result] = []
        var firstError: PostgreSQLError?
        for step in steps {
            guard let answer = PQgetResult(handle) else { throw firstError ?? lost() }
            // A COPY would give the same answer for ever.
            if Self.isCopy(answer) { return [try result(answer, of: step.text)] }
            // Each statement's answer is closed by a null.
            while let further = PQgetResult(handle) { PQclear(further) }
            if PQresultStatus(answer) == PGRES_PIPELINE_ABORTED {
                PQclear(answer)
                continue
            }
            do {
                let result = try result(answer, of: step.text)
                switch step.action {
                case .prepare: statements.insert(step.text, name: step.name)
                case .execute: results.append(result)
                }
            } catch {
                if self.handle == nil { throw error }
                firstError = firstError ?? error
            }
        }
        let end = PQgetResult(handle)
        let isEnd = end.map { PQresultStatus($0) == PGRES_PIPELINE_SYNC } ?? false
        PQclear(end)
        guard isEnd, PQexitPipelineMode(handle) == 1 else { throw lost() }
        if let firstError { throw firstError }
        return results
    }
}
