internal import ORM

/// A database the server works on: its registry, and what is remembered of users. When its addons change, another one
/// takes its place.
final class OpenDatabase: Sendable {
    let name: String
    let registry: Registry
    let credentials = CredentialCache()

    init(name: String, registry: Registry) {
        self.name = name
        self.registry = registry
    }
}
