internal import Domain
internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values

/// The record rules that bind one user (contract/orm.md §11).
struct UserRules: Sendable {
    /// One rule of the user's; nil for its group makes it everybody's.
    private struct Line: Sendable {
        let name: String
        let modes: Set<AccessMode>
        let group: RecordID?
        let content: Content
    }

    private enum Content: Sendable {
        case lasting(DomainExpression)
        /// To be evaluated at each call: it reads the clock or records whose change nobody tells, or it is wrong.
        case passing(String)
    }

    /// Models whose records a lasting domain may be read from: a change of theirs drops it (`AccessRules.noteChange`).
    private static let watched: Set<ModelName> = ["res.users", "res.groups", "res.company"]

    private var lines: [ModelName: [Line]] = [:]

    /// The rows to make them from: a row for each rule of everybody and for each group of the user's that has a rule.
    static func statement(ofGroups groups: SQL) -> SQL {
        """
        SELECT "m"."model", "r"."name", "r"."domain_force", "g"."group_id", \
        "r"."perm_read", "r"."perm_write", "r"."perm_create", "r"."perm_unlink" \
        FROM "ir_rule" AS "r" JOIN "ir_model" AS "m" ON "m"."id" = "r"."model_id" \
        LEFT JOIN "rule_group_rel" AS "g" ON "g"."rule_group_id" = "r"."id" AND "g"."group_id" IN (\(groups)) \
        AND NOT "r"."global" WHERE "r"."global" OR "g"."group_id" IS NOT NULL ORDER BY "r"."id"
        """
    }

    /// Evaluates what can last, so that it stems from the same state of the database as the rows.
    init(_ rows: Result, of user: RecordID, in environment: Environment) throws {
        let modes: [AccessMode] = [.read, .write, .create, .unlink]
        for row in 0..<rows.rowCount {
            let text = rows.text(row, 2) ?? ""
            guard let content = try Self.content(of: text, for: user, in: environment) else { continue }
            let line = Line(
                name: rows.text(row, 1) ?? "",
                modes: Set(modes.enumerated().filter { rows.boolean(row, $0.offset + 4) ?? false }.map(\.element)),
                group: rows.integer(row, 3), content: content)
            lines[rows.text(row, 0) ?? "", default: []].append(line)
        }
    }

    /// What a rule demands of the user; nil when it demands nothing.
    private static func content(
        of text: String, for user: RecordID, in environment: Environment
    ) throws -> Content? {
        if text.isEmpty { return nil }
        guard let expression = try? UserExpression(parsing: text), !expression.mayReadClock else {
            return .passing(text)
        }
        // A rule that fails must fail for the one who meets it, not for everything its user does. The database's own
        // errors are no such thing.
        do {
            let (value, models) = try expression.value(in: environment.with(uid: user))
            guard models.isSubset(of: watched), let domain = try? Domain(value) else { return .passing(text) }
            return domain.expression == .everything && value == [] ? nil : .lasting(domain.expression)
        } catch is ORMError {
            return .passing(text)
        }
    }

    /// The rules of everybody and, of the user's groups, what any one group permits; nil when nothing is demanded.
    ///
    /// - Throws: `UserError` for a rule whose text is no domain.
    func domain(for mode: AccessMode, on model: ModelName, in environment: Environment) throws -> DomainExpression? {
        guard let lines = lines[model] else { return nil }
        var everybody: [DomainExpression] = []
        var groups: [RecordID: [DomainExpression]] = [:]
        for line in lines where line.modes.contains(mode) {
            guard let demand = try demand(of: line, in: environment) else { continue }
            if let group = line.group {
                groups[group, default: []].append(demand)
            } else {
                everybody.append(demand)
            }
        }
        if !groups.isEmpty {
            everybody.append(.or(groups.sorted { $0.key < $1.key }.map { .and($0.value) }))
        }
        return everybody.isEmpty ? nil : .and(everybody)
    }

    private func demand(of line: Line, in environment: Environment) throws -> DomainExpression? {
        switch line.content {
        case .lasting(let expression): return expression
        case .passing(let text):
            do {
                let value = try UserExpression(parsing: text).value(in: environment).value
                return value == [] ? nil : try Domain(value).expression
            } catch let error as ORMError {
                throw UserError("Record rule \(line.name)", error.description)
            } catch let error as DomainError {
                throw UserError("Record rule \(line.name)", error.description)
            }
        }
    }
}
