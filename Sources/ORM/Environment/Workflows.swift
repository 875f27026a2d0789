public import Values

/// The workflows that records go through (contract/workflow.md). The ORM tells of what happens to records; whoever
/// writes code may send signals. Every function works with the rights of its environment's user, in its transaction.
///
/// Addons do not call this port: `Records` has the same functions, which see to it that workflows do not set one
/// another off without end.
public protocol Workflows: Sendable {
    /// Whether any workflow is for records of the model; nothing need be told of others.
    func concern(_ model: ModelName, in environment: Environment) throws -> Bool
    /// Begins, for each record, an instance of each workflow that starts on creation.
    func start(_ records: Records) throws
    /// Something about the records has changed: their active instances take the transitions that wait for no signal.
    func advance(_ records: Records) throws
    /// Drops all instances of the records.
    func end(_ records: Records) throws
    /// Sends a signal to the active instances of the records; the first result that an action gave, else False.
    func send(_ signal: String, to records: Records) throws -> Value
    /// Something about the records has changed that instances of other records wait for.
    func trigger(_ records: Records) throws
    /// Work items that wait for instances of the old record wait for those of the new one from now on.
    func redirect(from old: Record, to new: Record) throws
    /// Gives the work items in activities that are about to be deleted back to the activities they came from, as done.
    func handBack(_ activities: Records) throws
    /// Those of the signals that only groups may send to which the caller does not belong (contract/views.md §5).
    func barred(
        _ signals: [(model: ModelName, name: String)], in environment: Environment
    ) throws -> [(model: ModelName, name: String)]
}

/// A database without workflows.
struct NoWorkflows: Workflows {
    func concern(_ model: ModelName, in environment: Environment) -> Bool { false }
    func start(_ records: Records) {}
    func advance(_ records: Records) {}
    func end(_ records: Records) {}
    func send(_ signal: String, to records: Records) -> Value { false }
    func trigger(_ records: Records) {}
    func redirect(from old: Record, to new: Record) {}
    func handBack(_ activities: Records) {}
    func barred(
        _ signals: [(model: ModelName, name: String)], in environment: Environment
    ) -> [(model: ModelName, name: String)] { [] }
}
