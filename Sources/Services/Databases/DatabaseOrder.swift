public import ORM

/// What a new database shall be like.
public struct DatabaseOrder: Sendable {
    public let name: String
    /// Addons besides those that every database gets.
    public let addons: [String]
    public let hasDemoData: Bool
    /// The administrator's password.
    public let password: String
    /// The code of the administrator's language, and of new partners'.
    public let language: String

    public init(
        name: String, addons: [String], hasDemoData: Bool, password: String,
        language: String = Environment.sourceLanguage
    ) {
        self.name = name
        self.addons = addons
        self.hasDemoData = hasDemoData
        self.password = password
        self.language = language
    }
}
