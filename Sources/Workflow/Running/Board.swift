internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values

/// The instances a call moves, in memory: changes are written together, before anything else looks at the rows.
final class Board {
    private let environment: Environment
    private var byID: [RecordID: Instance] = [:]
    /// Instances that differ from their rows.
    private var dirty: [Instance] = []
    /// How often others have changed instances since the board was set up.
    private var foreignChanges = 0

    init(in environment: Environment) { self.environment = environment }

    // MARK: - Reading

    /// The instances that meet a condition on `"i"`, in the order they were made, with their items. One trip.
    func instances(where condition: SQL) throws -> [Instance] {
        try flush()
        let results = try environment.transaction.pipeline([
            """
            SELECT "i"."id", "i"."wkf_id", "i"."res_type", "i"."res_id", "i"."state" FROM "wkf_instance" AS "i" \
            WHERE \(condition) ORDER BY "i"."id"
            """,
            """
            SELECT "w"."inst_id", "w"."id", "w"."act_id", "w"."state", "w"."subflow_id" FROM "wkf_workitem" AS "w" \
            JOIN "wkf_instance" AS "i" ON "i"."id" = "w"."inst_id" WHERE \(condition) ORDER BY "w"."id"
            """,
            """
            SELECT "t"."inst_id", "t"."trans_id" FROM "wkf_witm_trans" AS "t" \
            JOIN "wkf_instance" AS "i" ON "i"."id" = "t"."inst_id" WHERE \(condition)
            """,
        ])
        let found = (0..<results[0].rowCount).compactMap { instance(results[0], $0) }
        takeItems(results[1], of: found)
        takeArrivals(results[2], of: found)
        return found
    }

    private func instance(_ rows: Result, _ row: Int) -> Instance? {
        guard let id = rows.integer(row, 0), let flow = rows.integer(row, 1) else { return nil }
        let isActive = rows.text(row, 4) == "active"
        let instance =
            byID[id]
            ?? Instance(id: id, flow: flow, model: rows.text(row, 2) ?? "", record: rows.integer(row, 3) ?? 0)
        byID[id] = instance
        instance.isActive = isActive
        instance.stored.isActive = isActive
        instance.seen = foreignChanges
        return instance
    }

    /// Items that are known already stay the same objects: whoever is at work with one sees what became of it.
    private func takeItems(_ rows: Result, of instances: [Instance]) {
        var known: [RecordID: WorkItem] = [:]
        for item in instances.flatMap(\.items) { if let id = item.id { known[id] = item } }
        for instance in instances { instance.items = [] }
        for row in 0..<rows.rowCount {
            guard let instance = rows.integer(row, 0).flatMap({ byID[$0] }), let id = rows.integer(row, 1),
                let activity = rows.integer(row, 2)
            else { continue }
            let state = rows.text(row, 3).flatMap(WorkItem.State.init) ?? .other
            // `act_id` changes only while addons are upgraded.
            let item = known.removeValue(forKey: id) ?? WorkItem(id: id, of: instance, at: activity, state)
            item.state = state
            item.subflowID = rows.integer(row, 4)
            if item.subflow?.id != item.subflowID { item.subflow = nil }
            item.stored = (state, item.subflowID)
            instance.items.append(item)
        }
        for item in known.values { item.isGone = true }
    }

    private func takeArrivals(_ rows: Result, of instances: [Instance]) {
        for instance in instances { instance.arrivals = [] }
        for row in 0..<rows.rowCount {
            guard let instance = rows.integer(row, 0).flatMap({ byID[$0] }), let transition = rows.integer(row, 1)
            else { continue }
            instance.arrivals.insert(transition)
        }
        for instance in instances { instance.stored.arrivals = instance.arrivals }
    }

    /// The items that wait for an instance.
    func items(waitingFor instance: Instance) throws -> [WorkItem] {
        try flush()
        guard let id = instance.id else { return [] }
        let parents = try instances(
            where: """
                "i"."id" IN (SELECT "p"."inst_id" FROM "wkf_workitem" AS "p" WHERE "p"."subflow_id" = \(id))
                """)
        return parents.flatMap(\.items).filter { $0.subflowID == id }
    }

    // MARK: - Changes by others

    /// Runs something that may itself change instances. What it has changed of this instance is seen at once, the others
    /// are read anew when it is their turn.
    func letting<Answer>(_ instance: Instance, change body: () throws -> Answer) throws -> Answer {
        try flush()
        let before = environment.workflowChanges
        let answer = try body()
        if environment.workflowChanges != before {
            foreignChanges += 1
            try refresh(instance)
        }
        return answer
    }

    /// Reads an instance anew if others may have changed it.
    func refresh(_ instance: Instance) throws {
        guard instance.seen != foreignChanges, !instance.isGone, let id = instance.id else { return }
        if try instances(where: "\"i\".\"id\" = \(id)").isEmpty {
            instance.isGone = true
            for item in instance.items { item.isGone = true }
            instance.items = []
        }
    }

    // MARK: - Changes

    func makeInstance(of flow: RecordID, for model: ModelName, _ record: RecordID) -> Instance {
        let instance = Instance(id: nil, flow: flow, model: model, record: record)
        instance.seen = foreignChanges
        note(instance)
        return instance
    }

    func makeItem(of instance: Instance, at activity: RecordID) -> WorkItem {
        let item = WorkItem(id: nil, of: instance, at: activity, .active)
        instance.items.append(item)
        note(instance)
        return item
    }

    func set(_ item: WorkItem, _ state: WorkItem.State) {
        if item.isGone { return }
        item.state = state
        note(item.instance)
    }

    func link(_ item: WorkItem, to subflow: Instance) {
        item.subflow = subflow
        note(item.instance)
    }

    func remove(_ item: WorkItem) {
        if item.isGone { return }
        item.isGone = true
        item.instance.items.removeAll { $0 === item }
        if let id = item.id { item.instance.stored.lost.append(id) }
        note(item.instance)
    }

    func complete(_ instance: Instance) {
        instance.isActive = false
        note(instance)
    }

    func setArrivals(_ arrivals: Set<RecordID>, of instance: Instance) {
        instance.arrivals = arrivals
        note(instance)
    }

    func wait(_ item: WorkItem, for records: [RecordReference]) {
        item.triggers += records
        note(item.instance)
    }

    private func note(_ instance: Instance) {
        if instance.isDirty { return }
        instance.isDirty = true
        dirty.append(instance)
    }

    /// Writes what differs from the rows: two trips for new rows, one without, none without changes.
    func flush() throws {
        if dirty.isEmpty { return }
        let changed = dirty.filter { !$0.isGone }
        for instance in dirty { instance.isDirty = false }
        dirty = []
        var writer = BoardWriter(changed, in: environment)
        try writer.write()
        for instance in changed { if let id = instance.id { byID[id] = instance } }
    }
}
