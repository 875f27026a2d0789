public import ORM
public import Values

/// Workflows of a test, which says only what it is about; everything else happens to nobody.
public protocol QuietWorkflows: Workflows {}

extension QuietWorkflows {
    public func concern(_ model: ModelName, in environment: Environment) -> Bool { false }
    public func start(_ records: Records) {}
    public func advance(_ records: Records) {}
    public func end(_ records: Records) {}
    public func send(_ signal: String, to records: Records) throws -> Value { false }
    public func trigger(_ records: Records) {}
    public func redirect(from old: Record, to new: Record) {}
    public func handBack(_ activities: Records) {}
    public func barred(
        _ signals: [(model: ModelName, name: String)], in environment: Environment
    ) throws -> [(model: ModelName, name: String)] { [] }
}
