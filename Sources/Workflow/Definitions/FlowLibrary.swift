internal import ORM
internal import PostgreSQL
internal import SQL
internal import Values

/// All workflows of a database, as they are looked up while instances move.
struct FlowLibrary: Sendable {
    /// By model, in the order of their ids.
    private let flowsByModel: [ModelName: [Flow]]
    private let flows: [RecordID: Flow]
    private let activities: [RecordID: Activity]
    /// Workflows that activities of others wait for.
    private let subflows: Set<RecordID>

    func flows(of model: ModelName) -> [Flow] { flowsByModel[model] ?? [] }
    func flow(_ id: RecordID) -> Flow? { flows[id] }
    func isSubflow(_ id: RecordID) -> Bool { subflows.contains(id) }

    /// - Throws: `ORMError.badValue` for one that has been deleted.
    func activity(_ id: RecordID) throws -> Activity {
        guard let activity = activities[id] else { throw ORMError.badValue("there is no activity \(id) of a workflow") }
        return activity
    }

    /// The groups of the transitions into a model's activities that wait for a signal.
    func groups(of signal: String, on model: ModelName) -> Set<RecordID> {
        let own = Set(flows(of: model).map(\.id))
        var groups: Set<RecordID> = []
        for activity in activities.values {
            for transition in activity.outgoing where transition.signal == signal {
                guard let group = transition.group, let target = activities[transition.target],
                    own.contains(target.flow)
                else { continue }
                groups.insert(group)
            }
        }
        return groups
    }

    // MARK: - Reading

    /// Reads all workflows in one trip.
    ///
    /// - Parameter visibility: Tells whether the transaction sees all changes of workflows.
    static func load(in environment: Environment, visibility: SQL) throws -> (FlowLibrary, isCurrent: Bool) {
        let results = try environment.transaction.pipeline([
            visibility,
            "SELECT \"id\", \"osv\", COALESCE(\"on_create\", FALSE) FROM \"wkf\" ORDER BY \"id\"",
            """
            SELECT "id", "wkf_id", "name", "kind", "split_mode", "join_mode", "action", "action_id", \
            COALESCE("flow_start", FALSE), COALESCE("flow_stop", FALSE), "subflow_id", "signal_send" \
            FROM "wkf_activity" ORDER BY "id"
            """,
            """
            SELECT "id", "act_from", "act_to", "signal", "condition", "group_id", "trigger_model", "trigger_expr_id" \
            FROM "wkf_transition" ORDER BY "id"
            """,
        ])
        return (
            FlowLibrary(flows: results[1], activities: results[2], transitions: results[3]),
            results[0].boolean(0, 0) ?? true
        )
    }

    private init(flows rows: Result, activities activityRows: Result, transitions: Result) {
        var flows = rows.byID { row in
            Flow(
                id: rows.integer(row, 0) ?? 0, model: rows.text(row, 1) ?? "",
                startsOnCreate: rows.boolean(row, 2) ?? false)
        }
        var activities = activityRows.byID { Self.activity(activityRows, $0) }
        for row in 0..<activityRows.rowCount where activityRows.boolean(row, 8) == true {
            guard let id = activityRows.integer(row, 0), let flow = activityRows.integer(row, 1) else { continue }
            flows[flow]?.starts.append(id)
        }
        for row in 0..<transitions.rowCount {
            guard let source = transitions.integer(row, 1), let transition = Self.transition(transitions, row) else {
                continue
            }
            activities[source]?.outgoing.append(transition)
            activities[transition.target]?.incoming.append(transition.id)
        }
        self.flows = flows
        self.activities = activities
        flowsByModel = Dictionary(grouping: flows.values.sorted { $0.id < $1.id }, by: \.model)
        subflows = Set(activities.values.compactMap(\.subflow))
    }

    private static func activity(_ rows: Result, _ row: Int) -> Activity? {
        guard let id = rows.integer(row, 0), let flow = rows.integer(row, 1) else { return nil }
        return Activity(
            id: id, name: rows.text(row, 2) ?? "", flow: flow,
            kind: rows.text(row, 3).flatMap(Activity.Kind.init) ?? .dummy,
            split: rows.text(row, 4).flatMap(Activity.Split.init) ?? .one, awaitsAll: rows.text(row, 5) == "AND",
            action: Script(rows.text(row, 6) ?? ""), serverAction: rows.integer(row, 7),
            isEnd: rows.boolean(row, 9) ?? false, subflow: rows.integer(row, 10), signal: given(rows.text(row, 11)))
    }

    private static func transition(_ rows: Result, _ row: Int) -> Transition? {
        guard let id = rows.integer(row, 0), let target = rows.integer(row, 2) else { return nil }
        return Transition(
            id: id, target: target, signal: given(rows.text(row, 3)), condition: Script(rows.text(row, 4) ?? ""),
            group: rows.integer(row, 5),
            trigger: given(rows.text(row, 6)).map { ($0, Script(rows.text(row, 7) ?? "")) })
    }

    private static func given(_ text: String?) -> String? { text.flatMap { $0.isEmpty ? nil : $0 } }
}
