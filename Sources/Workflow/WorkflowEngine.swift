public import ORM

internal import PostgreSQL
internal import SQL
public import Values

/// The workflow engine of one database, over OpenERP's own tables: instances that an OpenERP server has begun go on
/// (contract/workflow.md).
public final class WorkflowEngine: Workflows {
    private let definitions = CommittedCache<String, FlowLibrary>("workflows", limit: 1)

    public init() {}

    /// What is remembered of the definitions, to be told of changes by other processes.
    public var cache: any RecordCache { definitions }

    /// To be told after each change of a workflow, an activity or a transition.
    public func noteChange(in environment: Environment) throws { try definitions.noteChange(in: environment) }

    private func library(in environment: Environment) throws -> FlowLibrary {
        try definitions.content(for: "all", in: environment) { visibility in
            try FlowLibrary.load(in: environment, visibility: visibility)
        }
    }

    public func concern(_ model: ModelName, in environment: Environment) throws -> Bool {
        try !library(in: environment).flows(of: model).isEmpty
    }

    // MARK: - Events

    public func start(_ records: Records) throws {
        let library = try library(in: records.environment)
        let flows = library.flows(of: records.model.name).filter(\.startsOnCreate)
        if flows.isEmpty { return }
        let run = Run(library, for: records)
        for id in records.ids.distinct {
            for flow in flows { _ = try run.begin(flow, for: records.model.name, id) }
        }
        try run.board.flush()
    }

    public func advance(_ records: Records) throws { _ = try pass(over: records, signal: nil) }

    public func send(_ signal: String, to records: Records) throws -> Value { try pass(over: records, signal: signal) }

    /// A pass over the active instances of the records, in the order of the records and, for each, of the instances.
    private func pass(over records: Records, signal: String?) throws -> Value {
        let run = Run(try library(in: records.environment), for: records)
        let ids = records.ids.distinct
        let active = try run.board.instances(
            where: """
                "i"."res_type" = \(records.model.name) AND "i"."res_id" = ANY(\(ids)) AND "i"."state" = 'active'
                """)
        let byRecord = Dictionary(grouping: active, by: \.record)
        var answer: Value = false
        for id in ids {
            for instance in byRecord[id] ?? [] {
                let result = try run.pass(over: instance, signal: signal)
                if !answer.isTruthy { answer = result }
            }
        }
        try run.board.flush()
        return answer
    }

    public func trigger(_ records: Records) throws {
        let run = Run(try library(in: records.environment), for: records)
        let waiting = try run.board.instances(
            where: """
                "i"."id" IN (SELECT "g"."instance_id" FROM "wkf_triggers" AS "g" \
                WHERE "g"."model" = \(records.model.name) AND "g"."res_id" = ANY(\(records.ids)))
                """)
        for instance in waiting { try run.pass(over: instance, signal: nil) }
        try run.board.flush()
    }

    public func end(_ records: Records) throws {
        let gone = try records.environment.rows(
            """
            DELETE FROM "wkf_instance" WHERE "res_type" = \(records.model.name) AND "res_id" = ANY(\(records.ids))
            """)
        if gone.affectedRows > 0 { records.environment.noteWorkflowChange() }
    }

    public func redirect(from old: Record, to new: Record) throws {
        let moved = try old.environment.rows(
            """
            UPDATE "wkf_workitem" SET "subflow_id" = "new"."id" FROM "wkf_instance" AS "old", LATERAL (\
            SELECT "n"."id" FROM "wkf_instance" AS "n" WHERE "n"."res_type" = \(new.model.name) \
            AND "n"."res_id" = \(new.id) AND "n"."wkf_id" = "old"."wkf_id" AND "n"."state" = 'active' \
            ORDER BY "n"."id" LIMIT 1) AS "new" \
            WHERE "wkf_workitem"."subflow_id" = "old"."id" AND "old"."res_type" = \(old.model.name) \
            AND "old"."res_id" = \(old.id)
            """)
        if moved.affectedRows > 0 { old.environment.noteWorkflowChange() }
    }

    public func handBack(_ activities: Records) throws {
        let moved = try activities.environment.rows(
            """
            UPDATE "wkf_workitem" SET "act_id" = "back"."act_from", "state" = 'complete' FROM (\
            SELECT DISTINCT ON ("act_to") "act_to", "act_from" FROM "wkf_transition" \
            WHERE "act_to" = ANY(\(activities.ids)) AND "act_from" <> ALL(\(activities.ids)) \
            ORDER BY "act_to", "id") AS "back" WHERE "wkf_workitem"."act_id" = "back"."act_to"
            """)
        if moved.affectedRows > 0 { activities.environment.noteWorkflowChange() }
    }

    // MARK: - Rights

    public func barred(
        _ signals: [(model: ModelName, name: String)], in environment: Environment
    ) throws -> [(model: ModelName, name: String)] {
        if environment.isSuperuser || signals.isEmpty { return [] }
        let library = try library(in: environment)
        let grouped = signals.compactMap { signal -> ((model: ModelName, name: String), Set<RecordID>)? in
            let groups = library.groups(of: signal.name, on: signal.model)
            return groups.isEmpty ? nil : (signal, groups)
        }
        if grouped.isEmpty { return [] }
        let own = try Self.groups(in: environment)
        return grouped.filter { $0.1.isDisjoint(with: own) }.map(\.0)
    }

    /// The groups the caller belongs to.
    static func groups(in environment: Environment) throws -> Set<RecordID> {
        Set(try environment.superuser.record("res.users", environment.uid).many("groups_id").ids)
    }
}
