public import Values

/// Workflows of records (contract/workflow.md §2). Create, write and unlink call the first three themselves.
extension Records {
    /// Begins the workflows of the records that start on creation, once more if they have begun already.
    public func startWorkflows() throws { try tellWorkflows { try $0.start(self) } }

    /// Lets the workflows of the records take the transitions whose conditions hold by now.
    public func advanceWorkflows() throws { try tellWorkflows { try $0.advance(self) } }

    /// Drops the workflow instances of the records; `startWorkflows` begins anew.
    public func endWorkflows() throws { try tellWorkflows { try $0.end(self) } }

    /// Sends a signal to the workflows of the records, as a button does.
    ///
    /// - Returns: The first result that a server action gave, or False.
    @discardableResult
    public func send(signal: String) throws -> Value {
        var answer: Value = false
        try tellWorkflows { answer = try $0.send(signal, to: self) }
        return answer
    }

    /// Tells workflows of other records that wait for these ones. A write does not.
    public func triggerWorkflows() throws {
        if isEmpty { return }
        try withinWorkflows { try $0.trigger(self) }
    }

    private func tellWorkflows(_ tell: (any Workflows) throws -> Void) throws {
        guard !isEmpty, try environment.registry.ports.workflows.concern(model.name, in: environment) else { return }
        // Conditions look at stored values.
        try Recomputation(environment: environment).flush()
        try withinWorkflows(tell)
    }

    /// - Throws: `ORMError.badValue` when workflows set one another off without end.
    private func withinWorkflows(_ tell: (any Workflows) throws -> Void) throws {
        let pending = environment.pending
        guard pending.workflowDepth < Environment.workflowDepthLimit else {
            throw ORMError.badValue(
                "workflows set one another off without end: that of \(model.name) \(ids[0]) would be the "
                    + "\(Environment.workflowDepthLimit + 1)th within one another")
        }
        pending.workflowDepth += 1
        defer { pending.workflowDepth -= 1 }
        try tell(environment.registry.ports.workflows)
    }
}

extension Record {
    /// Lets what waits for this record's workflows wait for those of another record of the model, as when two are
    /// merged.
    public func redirectWorkflows(to other: Record) throws {
        try environment.registry.ports.workflows.redirect(from: self, to: other)
    }
}

extension Environment {
    /// How many workflows may be at work within one another: one's action writes on a record whose workflow's action
    /// writes on a third one, and so on.
    static let workflowDepthLimit = 25

    /// How often instances of workflows were changed in this call. Whoever has read some knows by it whether they may
    /// have changed since.
    public var workflowChanges: Int { pending.workflowChanges }

    /// Says that instances of workflows were changed.
    public func noteWorkflowChange() { pending.workflowChanges += 1 }
}
