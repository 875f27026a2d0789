internal import ORM
internal import SQL
internal import Values

/// Moves instances on behalf of one event: passes over their work items, from activity to activity along the transitions
/// that are open (contract/workflow.md §3-5).
final class Run {
    let environment: Environment
    let library: FlowLibrary
    let board: Board

    /// How many activities of one instance may follow one another in one go.
    private static let stepLimit = 5_000
    /// How many instances may move one another in one go, those that wait and those they wait for.
    private static let depthLimit = 40

    private var steps = 0
    private var depth = 0
    private var groups: Set<RecordID>?
    /// The records the event is about, read together until something may have changed them.
    private var batch: [RecordReference: Record] = [:]

    /// - Parameter records: Those the event is about.
    init(_ library: FlowLibrary, for records: Records) {
        // Conditions and actions do not see the context of whoever came by.
        environment = records.environment.with(context: Context())
        self.library = library
        board = Board(in: environment)
        for record in records.seen(in: environment) {
            batch[RecordReference(model: records.model.name, id: record.id)] = record
        }
    }

    // MARK: - Events

    /// Begins an instance: its first activities one after the other, then a pass.
    func begin(_ flow: Flow, for model: ModelName, _ record: RecordID) throws -> Instance {
        if depth == 0 { steps = 0 }
        return try deeper {
            let instance = board.makeInstance(of: flow.id, for: model, record)
            for start in flow.starts {
                var results: [Value] = []
                try process(board.makeItem(of: instance, at: start), signal: nil, isForced: false, &results)
            }
            try pass(over: instance, signal: nil)
            return instance
        }
    }

    /// Processes every item of an active instance.
    ///
    /// - Parameter isForced: Items that are at work yet may go on, too.
    /// - Returns: The first result of a server action that the last item's way gave, or False.
    @discardableResult
    func pass(over instance: Instance, signal: String?, isForced: Bool = false) throws -> Value {
        if depth == 0 { steps = 0 }
        return try deeper {
            try board.refresh(instance)
            guard instance.isActive, !instance.isGone else { return false }
            var result: Value = false
            for item in instance.items where !item.isGone {
                var results: [Value] = []
                try process(item, signal: signal, isForced: isForced, &results)
                result = results.first ?? false
            }
            try endIfDone(instance)
            return result
        }
    }

    private func deeper<Answer>(_ body: () throws -> Answer) throws -> Answer {
        guard depth < Self.depthLimit else {
            throw ORMError.badValue("workflows wait for one another without end, more than \(Self.depthLimit) deep")
        }
        depth += 1
        defer { depth -= 1 }
        return try body()
    }

    // MARK: - From activity to activity

    private enum Step {
        case process(WorkItem, signal: String?, isForced: Bool)
        case join(Transition, Instance)
    }

    /// Follows one item as far as it comes. Depth first: the first of several transitions is followed to its end before
    /// the second.
    private func process(_ first: WorkItem, signal: String?, isForced: Bool, _ results: inout [Value]) throws {
        var rest = [Step.process(first, signal: signal, isForced: isForced)]
        while let step = rest.popLast() {
            switch step {
            case .process(let item, let signal, let isForced):
                let taken = try process(item, signal, isForced, &results)
                rest += taken.reversed().map { .join($0, item.instance) }
            case .join(let transition, let instance):
                guard let item = try join(transition, of: instance) else { continue }
                rest.append(.process(item, signal: nil, isForced: false))
            }
        }
    }

    /// Executes an item's activity if it has not been yet, and tells the transitions it leaves by; none keeps it.
    private func process(
        _ item: WorkItem, _ signal: String?, _ isForced: Bool, _ results: inout [Value]
    ) throws -> [Transition] {
        if item.isGone { return [] }
        steps += 1
        let (instance, activity) = (item.instance, try library.activity(item.activity))
        guard steps <= Self.stepLimit else {
            throw ORMError.badValue(
                "the workflow of \(instance.model) \(instance.record) goes round in circles: more than "
                    + "\(Self.stepLimit) activities in one go, the last one \(activity.name)")
        }
        let isNew = item.state == .active
        if isNew { try execute(activity, item, &results) }
        if item.isGone { return [] }
        var taken: [Transition] = []
        if item.state == .complete || (isForced && item.state == .running) {
            taken = try open(activity, item, signal)
        }
        if item.isGone { return [] }
        if taken.isEmpty {
            if isNew { try wait(item, activity) }
            return []
        }
        board.setArrivals(instance.arrivals.union(taken.map(\.id)), of: instance)
        board.remove(item)
        return taken
    }

    /// The transitions an item leaves by.
    private func open(_ activity: Activity, _ item: WorkItem, _ signal: String?) throws -> [Transition] {
        switch activity.split {
        case .one:
            return try activity.outgoing.first { try isOpen($0, item.instance, signal) }.map { [$0] } ?? []
        case .some:
            return try activity.outgoing.filter { try isOpen($0, item.instance, signal) }
        case .all:
            return try activity.outgoing.allSatisfy { try isOpen($0, item.instance, signal) } ? activity.outgoing : []
        }
    }

    private func isOpen(_ transition: Transition, _ instance: Instance, _ signal: String?) throws -> Bool {
        if let awaited = transition.signal, awaited != signal { return false }
        if let group = transition.group, !environment.isSuperuser, !(try ownGroups().contains(group)) { return false }
        return try value(of: transition.condition, for: instance).isTruthy
    }

    private func ownGroups() throws -> Set<RecordID> {
        if let groups { return groups }
        let found = try WorkflowEngine.groups(in: environment)
        groups = found
        return found
    }

    /// The item at the end of a transition; nil while others must be taken before.
    private func join(_ transition: Transition, of instance: Instance) throws -> WorkItem? {
        guard instance.arrivals.contains(transition.id), !instance.isGone else { return nil }
        let target = try library.activity(transition.target)
        let needed = target.awaitsAll ? Set(target.incoming) : [transition.id]
        guard needed.isSubset(of: instance.arrivals) else { return nil }
        board.setArrivals(instance.arrivals.subtracting(needed), of: instance)
        return board.makeItem(of: instance, at: target.id)
    }

    /// Notes the records that transitions of an item wait for.
    private func wait(_ item: WorkItem, _ activity: Activity) throws {
        for transition in activity.outgoing {
            guard let trigger = transition.trigger else { continue }
            let records = try value(of: trigger.records, for: item.instance)
            guard let ids = records.list?.map(\.recordID), !ids.contains(nil) else {
                throw ORMError.badValue(
                    "a trigger expression gives a list of ids, not \(records.pythonText.prefix(80))")
            }
            board.wait(item, for: ids.compactMap(\.self).map { RecordReference(model: trigger.model, id: $0) })
        }
    }

    /// Completes an instance whose items have all come to an end, and lets those go on that wait for it.
    private func endIfDone(_ instance: Instance) throws {
        guard instance.isActive, !instance.isGone else { return }
        var names: [String] = []
        for item in instance.items {
            let activity = try library.activity(item.activity)
            guard item.state == .complete, activity.isEnd else { return }
            names.append(activity.name)
        }
        board.complete(instance)
        guard library.isSubflow(instance.flow) else { return }
        let waiting = try board.items(waitingFor: instance)
        for item in waiting { board.set(item, .complete) }
        for parent in Self.instances(of: waiting) {
            for name in names.distinct { try pass(over: parent, signal: "subflow." + name) }
        }
    }

    /// The distinct instances of items.
    static func instances(of items: [WorkItem]) -> [Instance] {
        var instances: [Instance] = []
        for item in items where !instances.contains(where: { $0 === item.instance }) { instances.append(item.instance) }
        return instances
    }

    // MARK: - Scripts

    /// What a script comes to for an instance's record.
    func value(of script: Script, for instance: Instance) throws -> Value {
        if let constant = script.constant { return .boolean(constant) }
        let record = try record(of: instance)
        return try script.value(for: RecordNames(record) { call in try self.letting(instance, run: call) })
    }

    /// Runs what may change records and instances.
    func letting<Answer>(_ instance: Instance, run body: () throws -> Answer) throws -> Answer {
        let answer = try board.letting(instance, change: body)
        // What was read of the records need not hold any more.
        batch = [:]
        return answer
    }

    func record(of instance: Instance) throws -> Record {
        let reference = RecordReference(model: instance.model, id: instance.record)
        return try batch[reference] ?? environment.record(instance.model, instance.record)
    }
}
