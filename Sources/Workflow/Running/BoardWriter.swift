internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values

/// Writes the differences between instances and their rows, all instances together.
struct BoardWriter {
    private let instances: [Instance]
    private let environment: Environment
    private var statements: [SQL] = []

    init(_ instances: [Instance], in environment: Environment) {
        self.instances = instances
        self.environment = environment
    }

    mutating func write() throws {
        let newInstances = instances.filter { $0.id == nil }
        let newItems = instances.flatMap(\.items).filter { $0.id == nil }
        try number(newInstances, newItems)
        remove()
        insert(newInstances)
        complete()
        insert(newItems)
        update()
        arrive()
        wait()
        if statements.isEmpty { return }
        try environment.transaction.pipeline(statements)
        environment.noteWorkflowChange()
        settle()
    }

    /// New rows get their ids first, so that rows may lead to one another.
    private func number(_ instances: [Instance], _ items: [WorkItem]) throws {
        if instances.isEmpty && items.isEmpty { return }
        let numbers = try environment.transaction.pipeline([
            "SELECT nextval('wkf_instance_id_seq') FROM generate_series(1, \(instances.count))",
            "SELECT nextval('wkf_workitem_id_seq') FROM generate_series(1, \(items.count))",
        ])
        for (instance, id) in zip(instances, numbers[0].integers(column: 0)) { instance.id = id }
        for (item, id) in zip(items, numbers[1].integers(column: 0)) { item.id = id }
    }

    private mutating func remove() {
        let lost = instances.flatMap(\.stored.lost)
        if !lost.isEmpty { statements.append("DELETE FROM \"wkf_workitem\" WHERE \"id\" = ANY(\(lost))") }
    }

    private mutating func insert(_ instances: [Instance]) {
        if instances.isEmpty { return }
        statements.append(
            """
            INSERT INTO "wkf_instance" ("id", "wkf_id", "res_type", "res_id", "uid", "state") \
            SELECT "id", "flow", "model", "record", \(environment.uid)::int, "state" FROM unnest(\
            \(instances.compactMap(\.id))::int[], \(instances.map(\.flow))::int[], \(instances.map(\.model))::text[], \
            \(instances.map(\.record))::int[], \(instances.map { Self.state($0) })::text[]\
            ) AS "new"("id", "flow", "model", "record", "state")
            """)
    }

    private mutating func complete() {
        let ended = instances.filter { $0.stored.isActive && !$0.isActive }.compactMap(\.id)
        if ended.isEmpty { return }
        statements.append("UPDATE \"wkf_instance\" SET \"state\" = 'complete' WHERE \"id\" = ANY(\(ended))")
    }

    private mutating func insert(_ items: [WorkItem]) {
        if items.isEmpty { return }
        statements.append(
            """
            INSERT INTO "wkf_workitem" ("id", "act_id", "inst_id", "state", "subflow_id") \
            SELECT * FROM unnest(\
            \(items.compactMap(\.id))::int[], \(items.map(\.activity))::int[], \
            \(items.compactMap(\.instance.id))::int[], \(items.map(\.state.rawValue))::text[], \(Self.subflows(items))) \
            AS "new"("id", "act_id", "inst_id", "state", "subflow_id") ORDER BY "id"
            """)
    }

    private mutating func update() {
        let items = instances.flatMap(\.items).filter { item in
            guard let stored = item.stored else { return false }
            return stored.state != item.state || stored.subflow != Self.subflow(of: item)
        }
        if items.isEmpty { return }
        statements.append(
            """
            UPDATE "wkf_workitem" SET "state" = "new"."state", "subflow_id" = "new"."subflow_id" FROM unnest(\
            \(items.compactMap(\.id))::int[], \(items.map(\.state.rawValue))::text[], \(Self.subflows(items))) \
            AS "new"("id", "state", "subflow_id") WHERE "wkf_workitem"."id" = "new"."id"
            """)
    }

    private mutating func arrive() {
        var (new, old): ([(RecordID, RecordID)], [(RecordID, RecordID)]) = ([], [])
        for instance in instances {
            guard let id = instance.id else { continue }
            new += instance.arrivals.subtracting(instance.stored.arrivals).sorted().map { (id, $0) }
            old += instance.stored.arrivals.subtracting(instance.arrivals).map { (id, $0) }
        }
        if !old.isEmpty {
            statements.append(
                """
                DELETE FROM "wkf_witm_trans" USING unnest(\(old.map(\.0))::int[], \(old.map(\.1))::int[]) \
                AS "old"("inst_id", "trans_id") WHERE "wkf_witm_trans"."inst_id" = "old"."inst_id" \
                AND "wkf_witm_trans"."trans_id" = "old"."trans_id"
                """)
        }
        if !new.isEmpty {
            statements.append(
                """
                INSERT INTO "wkf_witm_trans" ("inst_id", "trans_id") \
                SELECT * FROM unnest(\(new.map(\.0))::int[], \(new.map(\.1))::int[])
                """)
        }
    }

    private mutating func wait() {
        let waiting = instances.flatMap(\.items).flatMap { item in item.triggers.map { (item, $0) } }
        if waiting.isEmpty { return }
        statements.append(
            """
            INSERT INTO "wkf_triggers" ("instance_id", "workitem_id", "model", "res_id") SELECT * FROM unnest(\
            \(waiting.compactMap(\.0.instance.id))::int[], \(waiting.compactMap(\.0.id))::int[], \
            \(waiting.map(\.1.model))::text[], \(waiting.map(\.1.id))::int[])
            """)
    }

    /// The rows are what the instances are.
    private func settle() {
        for instance in instances {
            instance.stored = Instance.Stored(isActive: instance.isActive, arrivals: instance.arrivals)
            for item in instance.items {
                item.subflowID = Self.subflow(of: item)
                item.stored = (item.state, item.subflowID)
                item.triggers = []
            }
        }
    }

    private static func state(_ instance: Instance) -> String { instance.isActive ? "active" : "complete" }

    private static func subflow(of item: WorkItem) -> RecordID? { item.subflow?.id ?? item.subflowID }

    private static func subflows(_ items: [WorkItem]) -> SQL {
        "\(Binding.column(items.map { subflow(of: $0).map(String.init) }))::int[]"
    }
}
