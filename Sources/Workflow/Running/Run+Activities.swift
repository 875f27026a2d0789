internal import ORM
internal import SQL
internal import Values

/// What activities do (contract/workflow.md §4).
extension Run {
    /// Executes the activity of an item that has just come there. The item is complete, waits, or is gone afterwards.
    func execute(_ activity: Activity, _ item: WorkItem, _ results: inout [Value]) throws {
        let parents = activity.signal == nil ? [] : Self.instances(of: try board.items(waitingFor: item.instance))
        switch activity.kind {
        case .dummy:
            board.set(item, .complete)
            try runServerAction(of: activity, item, &results)
        case .function:
            board.set(item, .running)
            _ = try value(of: activity.action, for: item.instance)
            try runServerAction(of: activity, item, &results)
            board.set(item, .complete)
        case .stopall:
            board.set(item, .running)
            for other in item.instance.items where other !== item { board.remove(other) }
            if !activity.action.isEmpty { _ = try value(of: activity.action, for: item.instance) }
            board.set(item, .complete)
        case .subflow:
            board.set(item, .running)
            try holdForSubflow(activity, item)
        }
        guard let signal = activity.signal else { return }
        for parent in parents { try pass(over: parent, signal: signal, isForced: true) }
    }

    private func runServerAction(of activity: Activity, _ item: WorkItem, _ results: inout [Value]) throws {
        guard let action = activity.serverAction, !item.isGone else { return }
        let record = Value.integer(item.instance.record)
        let call = try RemoteCall(
            "run", of: "ir.actions.server", in: environment.registry,
            positional: [[.integer(action)], ["active_id": record, "active_ids": [record]]])
        let result = try letting(item.instance) { try call.run(in: environment).value }
        if result.isTruthy { results.append(result) }
    }

    /// Lets an item wait for an instance of another workflow: of the record its action names, or a new one of its own.
    private func holdForSubflow(_ activity: Activity, _ item: WorkItem) throws {
        guard let flow = activity.subflow.flatMap({ library.flow($0) }) else { return board.set(item, .complete) }
        let awaited: Instance
        if activity.action.isEmpty {
            awaited = try begin(flow, for: item.instance.model, item.instance.record)
        } else {
            guard let id = try value(of: activity.action, for: item.instance).recordID, id != 0 else {
                return board.remove(item)
            }
            if item.isGone { return }
            let known = try board.instances(
                where: "\"i\".\"wkf_id\" = \(flow.id) AND \"i\".\"res_id\" = \(id)")
            awaited =
                try known.first(where: \.isActive) ?? known.last ?? begin(flow, for: flow.model, id)
        }
        if item.isGone { return }
        board.link(item, to: awaited)
        if !awaited.isActive { board.set(item, .complete) }
    }
}
