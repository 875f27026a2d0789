public import Domain
public import ORM

internal import PostgreSQL
internal import SQL
internal import Values

/// Who may do what, by the lines of `ir.model.access`, the rules of `ir.rule` and the groups of `res.users`. One for each database.
public final class AccessRules: AccessPolicy {
    /// The rights of users who called lately.
    let cache = CommittedCache<RecordID, UserRights>("rights", limit: 10_000)

    public init() {}

    /// Whether the caller has the right; everybody has all rights on transient models.
    public func permits(_ mode: AccessMode, on model: Model, in environment: Environment) throws -> Bool {
        try model.isTransient || rights(in: environment).permits(mode, on: model.name)
    }

    /// Throws unless the caller has the right, and says who has it.
    public func check(_ mode: AccessMode, on model: Model, in environment: Environment) throws {
        if try permits(mode, on: model, in: environment) { return }
        let groups = try environment.rows(
            """
            SELECT DISTINCT "g"."name" FROM "ir_model_access" AS "a" JOIN "ir_model" AS "m" ON "m"."id" = "a"."model_id" \
            JOIN "res_groups" AS "g" ON "g"."id" = "a"."group_id" \
            WHERE "m"."model" = \(model.name) AND "a".\(column: "perm_" + mode.rawValue) ORDER BY 1
            """
        ).texts(column: 0).compactMap(\.self)
        throw ModelAccessDenied(mode, on: model.name, groups: groups)
    }

    public func rule(
        _ mode: AccessMode, on model: Model, in environment: Environment
    ) throws -> DomainExpression? {
        try rights(in: environment).rules.domain(
            for: mode, on: model.name, in: environment)
    }

    public func isMember(ofAny groups: [String], in environment: Environment) throws -> Bool {
        !(try rights(in: environment).groups.isDisjoint(with: groups))
    }

    private func rights(in environment: Environment) throws -> UserRights {
        try cache.content(for: environment.uid, in: environment) { visibility in
            try UserRights.load(of: environment.uid, in: environment, visibility: visibility)
        }
    }

    /// To be told after each change of rights, groups or users, for all who remember them.
    @Sendable static func noteChange(in environment: Environment) throws {
        try (environment.registry.ports.access as? AccessRules)?.cache.noteChange(in: environment)
    }
}

extension Overrides {
    /// Overrides of a model that rights are made of: each change is told to those who remember rights.
    static func changingRights() -> Overrides { telling(AccessRules.noteChange) }
}
