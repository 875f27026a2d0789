public import ORM
public import Values

/// How passwords are checked. The base addon keeps the users and knows the hashes; the executable plugs it in.
public struct Authentication: Sendable {
    /// The id of the user with this login and password, or nil.
    public let login: @Sendable (Environment, _ login: String, _ password: String) throws -> RecordID?
    /// Whether the password is that of the active user with this id.
    public let verify: @Sendable (Environment, _ uid: RecordID, _ password: String) throws -> Bool
    /// Whether the hash belongs to the password; for the super-administrator, who is no user of a database.
    public let matches: @Sendable (_ password: String, _ hash: String) -> Bool
    public let hash: @Sendable (_ password: String) throws -> String

    public init(
        login: @escaping @Sendable (Environment, String, String) throws -> RecordID?,
        verify: @escaping @Sendable (Environment, RecordID, String) throws -> Bool,
        matches: @escaping @Sendable (String, String) -> Bool, hash: @escaping @Sendable (String) throws -> String
    ) {
        self.login = login
        self.verify = verify
        self.matches = matches
        self.hash = hash
    }
}
