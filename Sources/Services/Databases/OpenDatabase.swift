internal import ORM

/// A database the server works on: its registry, and what is remembered of it. When what the registry is made of
/// changes, another one takes its place.
final class OpenDatabase: Sendable {
    let name: String
    let registry: Registry
    let memory: DatabaseMemory
    /// The memory's when the registry was begun to be built.
    private let epoch: Int

    var credentials: CredentialCache { memory.credentials }

    init(name: String, registry: Registry, memory: DatabaseMemory, epoch: Int) {
        self.name = name
        self.registry = registry
        self.memory = memory
        self.epoch = epoch
    }

    /// Whether the registry is still what the database says, as far as this process hears of it.
    var isCurrent: Bool { memory.epoch == epoch && memory.hears }
}
