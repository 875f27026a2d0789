import ORM
import PostgreSQL
import SQL
import Testing
import Values

/// What activities do, and what becomes of instances (contract/workflow.md §3, §4, §9).
@Suite struct WorkflowActivitiesTests {
    @Test func `stopall removes the other items and runs its action`() throws {
        try Forge.visit { environment in
            _ = try Plan(
                [
                    "a": ["split_mode": "OR"], "b": [:],
                    "stop": ["kind": "stopall", "action": "mark('s')", "flow_stop": true],
                ], ["a > b": [:], "a > stop": ["condition": "num"], "b > stop": ["signal": "halt"]], in: environment)
            let id = try environment.blade()
            #expect(try environment.places(id) == ["b complete"])
            let second = try environment.blade(["num": 1])
            #expect(try environment.places(second) == ["stop complete"])
            #expect(try environment.text("note", of: second) == "s")
            #expect(try environment.instances(second) == ["complete"])
        }
    }

    @Test func `stopall that is no end leaves the instance active`() throws {
        try Forge.visit { environment in
            _ = try Plan(["a": ["kind": "stopall"]], in: environment)
            #expect(try environment.instances(environment.blade()) == ["active"])
        }
    }

    /// A blade waits until its ore is molten.
    private func melting(_ way: FieldValues, signals: Bool = false, in environment: Environment) throws {
        let melting = try Plan(
            on: "forge.ore",
            ["solid": [:], "hot": signals ? ["signal_send": "heated"] : [:], "molten": ["flow_stop": true]],
            ["solid > hot": ["signal": "heat"], "hot > molten": ["signal": "melt"]], in: environment)
        _ = try Plan(
            [
                "a": ["kind": "subflow", "subflow_id": .integer(melting.id), "action": "mine()"],
                "b": ["flow_stop": true],
            ], ["a > b": way], in: environment)
    }

    @Test(arguments: [["signal": "subflow.molten"], [:]] as [FieldValues])
    func `an item waits for the workflow of the record its action makes`(way: FieldValues) throws {
        try Forge.visit { environment in
            try melting(way, in: environment)
            let id = try environment.blade()
            #expect(try environment.places(id) == ["a running"])
            let ore = try #require(try environment.record("forge.blade", id).one("ore_id")).id
            try environment.record("forge.blade", id).write(["num": 3])
            try environment.send("heat", to: ore, "forge.ore")
            #expect(try environment.places(id) == ["a running"])
            try environment.send("melt", to: ore, "forge.ore")
            #expect(try environment.instances(ore, "forge.ore") == ["complete"])
            #expect(try environment.places(id) == ["b complete"])
            #expect(try environment.instances(id) == ["complete"])
        }
    }

    @Test func `a signal that an activity sends moves the waiting item at once`() throws {
        try Forge.visit { environment in
            try melting(["signal": "heated"], signals: true, in: environment)
            let id = try environment.blade()
            let ore = try #require(try environment.record("forge.blade", id).one("ore_id")).id
            try environment.send("heat", to: ore, "forge.ore")
            #expect(try environment.places(id) == ["b complete"])
            #expect(try environment.instances(ore, "forge.ore") == ["active"])
            try environment.send("melt", to: ore, "forge.ore")
            #expect(try environment.instances(ore, "forge.ore") == ["complete"])
        }
    }

    @Test func `deleting the record waited for takes the waiting item along`() throws {
        try Forge.visit { environment in
            try melting([:], in: environment)
            let id = try environment.blade()
            try #require(try environment.record("forge.blade", id).one("ore_id")).alone.unlink()
            #expect(try environment.places(id).isEmpty)
            #expect(try environment.instances(id) == ["active"])
            try environment.record("forge.blade", id).write(["num": 1])
            #expect(try environment.instances(id) == ["complete"])
        }
    }

    @Test func `waiting can be redirected to another record`() throws {
        try Forge.visit { environment in
            try melting(["signal": "subflow.molten"], in: environment)
            let id = try environment.blade()
            let old = try #require(try environment.record("forge.blade", id).one("ore_id"))
            let new = try environment.create("forge.ore", ["name": "other"])
            try old.redirectWorkflows(to: new)
            try old.alone.unlink()
            for signal in ["heat", "melt"] { try environment.send(signal, to: new.id, "forge.ore") }
            #expect(try environment.places(id) == ["b complete"])
        }
    }

    @Test func `a record older than its workflow gets an instance when it is waited for`() throws {
        try Forge.visit { environment in
            let melting = try Plan(
                on: "forge.ore", onCreate: false, ["solid": [:], "molten": ["flow_stop": true]],
                ["solid > molten": ["signal": "melt"]], in: environment)
            _ = try Plan(
                ["a": ["kind": "subflow", "subflow_id": .integer(melting.id), "action": "mine()"], "b": [:]],
                ["a > b": [:]], in: environment)
            let id = try environment.blade()
            let ore = try #require(try environment.record("forge.blade", id).one("ore_id")).id
            #expect(try environment.places(ore, "forge.ore") == ["solid complete"])
            try environment.send("melt", to: ore, "forge.ore")
            #expect(try environment.places(id) == ["b complete"])
        }
    }

    @Test func `a subflow of the record itself that ends at once lets the item go on`() throws {
        try Forge.visit { environment in
            let inner = try Plan(
                onCreate: false, ["x": ["kind": "function", "action": "mark('x')", "flow_stop": true]], in: environment)
            _ = try Plan(
                ["a": ["kind": "subflow", "subflow_id": .integer(inner.id)], "b": ["flow_stop": true]],
                ["a > b": [:]], in: environment)
            let id = try environment.blade()
            #expect(try environment.text("note", of: id) == "x")
            #expect(try environment.instances(id) == ["complete", "complete"])
        }
    }

    @Test func `a subflow whose action names no record drops the item`() throws {
        try Forge.visit { environment in
            let inner = try Plan(on: "forge.ore", ["x": [:]], in: environment)
            _ = try Plan(
                ["a": ["kind": "subflow", "subflow_id": .integer(inner.id), "action": "False"]], in: environment)
            #expect(try environment.instances(environment.blade()) == ["complete"])
        }
    }

    @Test func `a subflow without end is refused`() throws {
        try Forge.visit { environment in
            let plan = try Plan(["a": ["kind": "subflow"]], in: environment)
            try environment.record("workflow.activity", plan.activity("a")).write(["subflow_id": .integer(plan.id)])
            let error = #expect(throws: ORMError.self) { try environment.blade() }
            #expect(error?.description.contains("without end") == true)
        }
    }

    @Test func `a transition waits for other records, which tell`() throws {
        try Forge.visit { environment in
            let before = try environment.count("wkf_triggers")
            _ = try Plan(
                ["a": [:], "b": ["flow_stop": true]],
                ["a > b": ["condition": "num", "trigger_model": "forge.ore", "trigger_expr_id": "ores()"]],
                in: environment)
            let ore = try environment.create("forge.ore", ["name": "x"])
            let id = try environment.blade(["ore_id": .integer(ore.id)])
            let none = try environment.blade()
            #expect(try environment.count("wkf_triggers") == before + 1)
            try environment.rows("UPDATE forge_blade SET num = 1 WHERE id = \(id)")
            try ore.write(["name": "y"])
            #expect(try environment.places(id) == ["a complete"])
            try ore.alone.triggerWorkflows()
            #expect(try environment.places(id) == ["b complete"])
            #expect(try environment.places(none) == ["a complete"])
            #expect(try environment.count("wkf_triggers") == before)
        }
    }

    @Test func `a server action's answer is the answer to the signal, a method's never`() throws {
        try Forge.visit { environment in
            let action = try environment.create(
                "ir.actions.server", ["name": "x", "state": "code", "code": "", "model_id": 1]
            ).id
            _ = try Plan(
                [
                    "a": [:], "b": ["action_id": .integer(action)],
                    "c": ["kind": "function", "action": "mark('c')"],
                ], ["a > b": ["signal": "show"], "b > c": ["signal": "run"]], in: environment)
            let id = try environment.blade()
            let answer = try environment.send("show", to: id)
            #expect(answer == ["ran": [.integer(action)], "for": [.integer(id)]])
            #expect(try environment.send("run", to: id) == false)
            #expect(try environment.text("note", of: id) == "c")
        }
    }

    @Test func `an error late in a chain undoes the whole signal`() throws {
        try Forge.visit { environment in
            _ = try Plan(
                [
                    "a": [:], "b": ["kind": "function", "action": "mark('b')"],
                    "c": ["kind": "function", "action": "refuse()"],
                ], ["a > b": ["signal": "go"], "b > c": [:]], in: environment)
            let id = try environment.blade()
            #expect(throws: UserError("Refused", "The iron is cold.")) {
                try environment.transaction.savepoint { try environment.send("go", to: id) }
            }
            #expect(try environment.text("note", of: id) == "")
            #expect(try environment.places(id) == ["a complete"])
        }
    }

    // MARK: - Records and definitions that go

    @Test func `a copy starts anew`() throws {
        try Forge.visit { environment in
            _ = try Plan(["a": [:], "b": [:]], ["a > b": ["signal": "go"]], in: environment)
            let id = try environment.blade()
            try environment.send("go", to: id)
            let copy = try environment.record("forge.blade", id).copy()
            #expect(try environment.places(copy) == ["a complete"])
        }
    }

    @Test func `workflows are begun anew, or once more`() throws {
        try Forge.visit { environment in
            _ = try Plan(["a": [:], "b": [:]], ["a > b": ["signal": "go"]], in: environment)
            let id = try environment.blade()
            let record = try environment.records("forge.blade", [id])
            try record.send(signal: "go")
            try record.endWorkflows()
            try record.startWorkflows()
            #expect(try environment.places(id) == ["a complete"])
            try record.startWorkflows()
            try record.send(signal: "go")
            #expect(try environment.places(id) == ["b complete", "b complete"])
        }
    }

    @Test func `a deleted record leaves nothing behind`() throws {
        try Forge.visit { environment in
            let tables = ["wkf_instance", "wkf_workitem", "wkf_triggers", "wkf_witm_trans"]
            let before = try tables.map { try environment.count($0) }
            _ = try Plan(
                ["l": [:], "r": ["flow_start": true], "e": ["join_mode": "AND"]],
                [
                    "l > e": [:],
                    "r > e": ["condition": "num", "trigger_model": "forge.ore", "trigger_expr_id": "[1]"],
                ], in: environment)
            let id = try environment.blade()
            #expect(try tables.map { try environment.count($0) } == before.map { $0 + 1 })
            try environment.records("forge.blade", [id]).unlink()
            #expect(try tables.map { try environment.count($0) } == before)
        }
    }

    @Test func `an activity with items stays, others and transitions may go`() throws {
        try Forge.visit { environment in
            let plan = try Plan(
                ["a": [:], "b": [:]], ["a > b": ["signal": "go"], "b > a": ["signal": "back"]], in: environment)
            let id = try environment.blade()
            let error = #expect(throws: PostgreSQLError.self) {
                try environment.transaction.savepoint {
                    try environment.records("workflow.activity", [plan.activity("a")]).unlink()
                }
            }
            #expect(error?.isForeignKeyViolation == true)
            #expect(throws: PostgreSQLError.self) {
                try environment.transaction.savepoint { try environment.records("workflow", [plan.id]).unlink() }
            }
            try environment.records("workflow.transition", [plan.transitions[1]]).unlink()
            try environment.records("workflow.activity", [plan.activity("b")]).unlink()
            try environment.send("go", to: id)
            #expect(try environment.places(id) == ["a complete"])
        }
    }

    @Test func `a deleted workflow is forgotten at once`() throws {
        try Forge.visit { environment in
            let plan = try Plan(["a": [:]], in: environment)
            try environment.records("workflow", [plan.id]).unlink()
            #expect(try environment.instances(environment.blade()).isEmpty)
        }
    }

    @Test func `records older than their workflow hear no signal`() throws {
        try Forge.visit { environment in
            let id = try environment.blade()
            _ = try Plan(["a": [:], "b": [:]], ["a > b": ["signal": "go"]], in: environment)
            #expect(try environment.send("go", to: id) == false)
            #expect(try environment.instances(id).isEmpty)
        }
    }

    @Test func `items of an activity that an upgrade takes away go back the way they came`() throws {
        try Forge.visit { environment in
            let plan = try Plan(
                ["a": ["kind": "function", "action": "mark('a')"], "b": [:], "c": ["flow_stop": true]],
                ["a > b": ["signal": "go"], "b > c": ["signal": "on"]], in: environment)
            let id = try environment.blade()
            try environment.send("go", to: id)
            let leaving = try environment.records("workflow.activity", [plan.activity("b")])
            try environment.registry.ports.workflows.handBack(leaving)
            try leaving.unlink()
            #expect(try environment.places(id) == ["a complete"])
            #expect(try environment.text("note", of: id) == "a")
            try environment.create(
                "workflow.transition",
                [
                    "act_from": .integer(plan.activity("a")), "act_to": .integer(plan.activity("c")), "signal": "on",
                ])
            try environment.send("on", to: id)
            #expect(try environment.instances(id) == ["complete"])
        }
    }

    @Test func `items of a record are counted by activity`() throws {
        try Forge.visit { environment in
            let plan = try Plan(["a": [:]], in: environment)
            let id = try environment.blade()
            let answer = try environment.call(
                "workflow", "get_active_workitems", "forge.blade", .integer(id)
            ).dictionary
            #expect(answer?["wkf"]?.dictionary?["osv"] == "forge.blade")
            #expect(answer?["workitems"] == [String(plan.activity("a")): 1])
            #expect(
                try environment.call("workflow", "get_active_workitems", "no.model", 1)
                    == ["wkf": nil, "workitems": [:]])
        }
    }
}
