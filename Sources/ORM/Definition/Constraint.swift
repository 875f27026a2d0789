public import Values

/// A rule that every create and write keeps.
public enum Constraint: Sendable {
    /// Swift code that tells whether all given records are in order; all failures are collected (contract/orm.md §1).
    /// Run after each create, and after each write of one of the fields it depends on.
    case check(fields: [FieldName], message: String, holds: @Sendable (Records) throws -> Bool)
    /// A constraint PostgreSQL keeps, named `<table>_<key>`; its violation answers with the message.
    case sql(key: String, definition: String, message: String)

    /// A check on one field.
    public static func check(
        _ field: FieldName, message: String, _ holds: @escaping @Sendable (Records) throws -> Bool
    ) -> Constraint {
        .check(fields: [field], message: message, holds: holds)
    }

    /// A constraint of the table: `.sql("code_uniq", "UNIQUE (code)", message: "…")`.
    public static func sql(_ key: String, _ definition: String, message: String) -> Constraint {
        .sql(key: key, definition: definition, message: message)
    }

    /// No record may lie within itself along a many2one onto its own model.
    public static func acyclic(_ parent: FieldName, message: String) -> Constraint {
        .check(fields: [parent], message: message) { records in try records.isAcyclic(along: parent) }
    }

    /// Two constraints with the same identity replace each other when addons are folded.
    var identity: String {
        switch self {
        case .check(let fields, let message, _): "check:" + fields.joined(separator: ",") + ":" + message
        case .sql(let key, _, _): "sql:" + key
        }
    }
}
