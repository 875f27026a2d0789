public import Values

/// A refusal that business code words for the person at the screen: a title and a sentence.
public struct UserError: Error, Equatable, CustomStringConvertible {
    public let title: String
    public let message: String

    public init(_ title: String, _ message: String) {
        self.title = title
        self.message = message
    }

    public var description: String { "\(title): \(message)" }
}

/// A wrong or missing password, or an inactive user. Clients show it as a login problem.
public struct AccessDenied: Error, Equatable, CustomStringConvertible {
    public init() {}

    public var description: String { "Access denied." }
}

/// A user lacks a right on a model (contract/orm.md §11).
public struct ModelAccessDenied: Error, Equatable, CustomStringConvertible {
    public let mode: AccessMode
    public let model: ModelName
    /// Names of the groups that have the right.
    public let groups: [String]

    public init(_ mode: AccessMode, on model: ModelName, groups: [String]) {
        self.mode = mode
        self.model = model
        self.groups = groups
    }

    public var description: String { "no right to \(mode.rawValue) \(model)" }
}

/// A record rule forbids what a user asked for, or one of the records is gone; which of the two is not told.
public struct RecordRuleDenied: Error, Equatable, CustomStringConvertible {
    public let mode: AccessMode
    /// What a person calls such a record.
    public let title: String

    public init(_ mode: AccessMode, title: String) {
        self.mode = mode
        self.title = title
    }

    public var description: String { "record rules forbid to \(mode.rawValue) a \(title)" }
}

/// What someone wants to do with a model's records.
public enum AccessMode: String, Sendable, CaseIterable {
    case read, write, create, unlink
}

/// Records broke one or several of their model's rules; all of them are collected.
public struct ValidationFailure: Error, Equatable, CustomStringConvertible {
    public let failures: [Failure]

    /// One broken rule.
    public struct Failure: Equatable, Sendable {
        public let fields: [FieldName]
        public let message: String

        public init(fields: [FieldName], message: String) {
            self.fields = fields
            self.message = message
        }
    }

    public init(failures: [Failure]) { self.failures = failures }

    public var description: String { failures.map(\.message).joined(separator: "\n") }
}
