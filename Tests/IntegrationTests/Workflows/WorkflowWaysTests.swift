import ORM
import PostgreSQL
import SQL
import Testing
import Values

/// How records move: splits, joins, ends, conditions of transitions (contract/workflow.md §5, §9).
@Suite struct WorkflowWaysTests {
    @Test func `a record starts at the first activity and a signal moves it on`() throws {
        try Forge.visit { environment in
            _ = try Plan(
                [
                    "raw": [:],
                    "hot": ["kind": "function", "action": "write({'state': 'hot'})"],
                    "cold": ["kind": "function", "action": "write({'state': 'cold'})", "flow_stop": true],
                ], ["raw > hot": ["signal": "heat"], "hot > cold": ["signal": "cool"]], in: environment)
            let id = try environment.blade()
            #expect(try environment.places(id) == ["raw complete"])
            try environment.send("cool", to: id)
            #expect(try environment.text("state", of: id) == "raw")
            try environment.send("heat", to: id)
            #expect(try environment.text("state", of: id) == "hot")
            #expect(try environment.instances(id) == ["active"])
            try environment.send("cool", to: id)
            #expect(try environment.text("state", of: id) == "cold")
            #expect(try environment.instances(id) == ["complete"])
            try environment.send("heat", to: id)
            #expect(try environment.places(id) == ["cold complete"])
        }
    }

    @Test func `a chain of transitions without signal runs through on creation`() throws {
        try Forge.visit { environment in
            _ = try Plan(
                [
                    "a": ["kind": "function", "action": "mark('a')"], "b": ["kind": "function", "action": "mark('b')"],
                    "c": ["kind": "function", "action": "mark('c')", "flow_stop": true],
                ], ["a > b": [:], "b > c": [:]], in: environment)
            let id = try environment.blade()
            #expect(try environment.text("note", of: id) == "abc")
            #expect(try environment.instances(id) == ["complete"])
        }
    }

    @Test func `a write takes the transitions whose condition holds by then`() throws {
        try Forge.visit { environment in
            _ = try Plan(
                ["a": [:], "b": ["flow_stop": true]], ["a > b": ["condition": "num > 3"]], in: environment)
            let ids = try environment.records("forge.blade").create([["num": 1], ["num": 1], ["num": 9]])
            #expect(try ids.map { try environment.places($0) } == [["a complete"], ["a complete"], ["b complete"]])
            try environment.records("forge.blade", ids).write(["num": 5])
            #expect(try ids.map { try environment.instances($0) } == [["complete"], ["complete"], ["complete"]])
        }
    }

    @Test func `an AND split over one signal waits for it and fires both`() throws {
        try Forge.visit { environment in
            _ = try Plan(
                ["a": ["split_mode": "AND"], "b": [:], "c": [:]], ["a > b": ["signal": "go"], "a > c": [:]],
                in: environment)
            let id = try environment.blade()
            try environment.record("forge.blade", id).write(["num": 1])
            #expect(try environment.places(id) == ["a complete"])
            try environment.send("go", to: id)
            #expect(try environment.places(id) == ["b complete", "c complete"])
        }
    }

    @Test func `an AND split over two signals never fires`() throws {
        try Forge.visit { environment in
            _ = try Plan(
                ["a": ["split_mode": "AND"], "b": [:], "c": [:]],
                ["a > b": ["signal": "one"], "a > c": ["signal": "two"]], in: environment)
            let id = try environment.blade()
            for signal in ["one", "two", "one"] { try environment.send(signal, to: id) }
            #expect(try environment.places(id) == ["a complete"])
        }
    }

    @Test(arguments: [true, false])
    func `an AND join waits for all sides`(startsTwice: Bool) throws {
        try Forge.visit { environment in
            let before = try environment.count("wkf_witm_trans")
            let begin: KeyValuePairs<String, FieldValues> =
                startsTwice
                ? ["left": [:], "right": ["flow_start": true], "end": ["join_mode": "AND", "flow_stop": true]]
                : [
                    "a": ["split_mode": "AND"], "left": [:], "right": [:],
                    "end": ["join_mode": "AND", "flow_stop": true],
                ]
            let ways: KeyValuePairs<String, FieldValues> =
                startsTwice
                ? ["left > end": ["signal": "l"], "right > end": ["signal": "r"]]
                : ["a > left": [:], "a > right": [:], "left > end": ["signal": "l"], "right > end": ["signal": "r"]]
            _ = try Plan(begin, ways, in: environment)
            let id = try environment.blade()
            #expect(try environment.places(id) == ["left complete", "right complete"])
            try environment.send("l", to: id)
            try environment.send("l", to: id)
            #expect(try environment.places(id) == ["right complete"])
            #expect(try environment.count("wkf_witm_trans") == before + 1)
            try environment.send("r", to: id)
            #expect(try environment.places(id) == ["end complete"])
            #expect(try environment.count("wkf_witm_trans") == before)
            #expect(try environment.instances(id) == ["complete"])
        }
    }

    @Test func `an XOR split takes the first open transition alone`() throws {
        try Forge.visit { environment in
            _ = try Plan(
                ["a": [:], "b": [:], "c": [:], "d": [:]],
                ["a > b": ["condition": "False"], "a > c": [:], "a > d": [:]], in: environment)
            #expect(try environment.places(environment.blade()) == ["c complete"])
        }
    }

    @Test func `an OR split takes what is open, and the rest is lost`() throws {
        try Forge.visit { environment in
            _ = try Plan(
                ["a": ["split_mode": "OR"], "b": [:], "c": [:], "d": [:]],
                ["a > b": ["condition": "num > 1"], "a > c": [:], "a > d": [:]], in: environment)
            let id = try environment.blade()
            #expect(try environment.places(id) == ["c complete", "d complete"])
            try environment.record("forge.blade", id).write(["num": 5])
            #expect(try environment.places(id) == ["c complete", "d complete"])
        }
    }

    @Test func `an XOR join runs once for each branch that arrives`() throws {
        try Forge.visit { environment in
            _ = try Plan(
                [
                    "a": ["split_mode": "OR"], "b": [:], "c": [:],
                    "d": ["kind": "function", "action": "mark('d')", "flow_stop": true],
                ], ["a > b": [:], "a > c": [:], "b > d": [:], "c > d": [:]], in: environment)
            let id = try environment.blade()
            #expect(try environment.text("note", of: id) == "dd")
            #expect(try environment.places(id) == ["d complete", "d complete"])
            #expect(try environment.instances(id) == ["complete"])
        }
    }

    @Test func `a dead end that is no end stays active for ever`() throws {
        try Forge.visit { environment in
            _ = try Plan(["a": [:]], in: environment)
            let id = try environment.blade()
            try environment.send("x", to: id)
            #expect(try environment.instances(id) == ["active"])
        }
    }

    @Test func `an end with ways on completes at once`() throws {
        try Forge.visit { environment in
            _ = try Plan(
                ["a": [:], "b": ["flow_stop": true]], ["a > b": ["signal": "close"], "b > a": ["signal": "reopen"]],
                in: environment)
            let id = try environment.blade()
            try environment.send("close", to: id)
            try environment.send("reopen", to: id)
            #expect(try environment.places(id) == ["b complete"])
            #expect(try environment.instances(id) == ["complete"])
        }
    }

    @Test func `a workflow without a start is complete with nothing done`() throws {
        try Forge.visit { environment in
            _ = try Plan(["a": ["flow_start": false]], in: environment)
            let id = try environment.blade()
            #expect(try environment.instances(id) == ["complete"])
            #expect(try environment.places(id).isEmpty)
        }
    }

    @Test func `only members of its group take a transition, and the administrator`() throws {
        try Forge.visit { environment in
            let group = try environment.create("res.groups", ["name": "Smiths"])
            _ = try Plan(
                ["a": [:], "b": [:], "c": [:]],
                [
                    "a > b": ["signal": "go", "group_id": .integer(group.id)],
                    "b > c": ["condition": "num", "group_id": .integer(group.id)],
                ], in: environment)
            let demo = environment.with(uid: DemoDatabase.demoUser)
            let id = try demo.blade()
            #expect(try demo.send("go", to: id) == false)
            #expect(try environment.places(id) == ["a complete"])
            #expect(
                try environment.registry.ports.workflows
                    .barred([("forge.blade", "go"), ("forge.blade", "other")], in: demo).map(\.name) == ["go"])
            try environment.send("go", to: id)
            try demo.record("forge.blade", id).write(["num": 1])
            #expect(try environment.places(id) == ["b complete"])
            try group.write(["users": [[4, .integer(demo.uid)]]])
            try demo.record("forge.blade", id).write(["num": 2])
            #expect(try environment.places(id) == ["c complete"])
            #expect(
                try environment.registry.ports.workflows.barred([("forge.blade", "go")], in: demo).isEmpty)
            let owner = try environment.rows("SELECT uid FROM wkf_instance WHERE res_id = \(id)")
            #expect(owner.integer(0, 0) == demo.uid)
        }
    }

    @Test func `two workflows of a model run side by side`() throws {
        try Forge.visit { environment in
            for mark in ["x", "y"] {
                _ = try Plan(
                    ["a": [:], "b": ["kind": "function", "action": .text("mark('\(mark)')")]],
                    ["a > b": ["signal": "go"]], in: environment)
            }
            let id = try environment.blade()
            try environment.send("go", to: id)
            #expect(try environment.text("note", of: id) == "xy")
            #expect(try environment.places(id) == ["b complete", "b complete"])
        }
    }

    @Test func `a workflow that goes round in circles is refused`() throws {
        try Forge.visit { environment in
            _ = try Plan(["a": [:], "b": [:]], ["a > b": [:], "b > a": [:]], in: environment)
            let error = #expect(throws: ORMError.self) { try environment.blade() }
            #expect(error?.description.contains("goes round in circles") == true)
        }
    }

    @Test func `actions that set one another off without end are refused`() throws {
        try Forge.visit { environment in
            _ = try Plan(
                ["a": [:], "b": ["kind": "function", "action": "copy()"]], ["a > b": [:]], in: environment)
            let error = #expect(throws: ORMError.self) { try environment.blade() }
            #expect(error?.description.contains("without end") == true)
        }
    }

    @Test func `many records cost as few statements as one, and other models none`() throws {
        try Forge.visit { environment in
            func cost(_ body: () throws -> Void) throws -> Int {
                let before = environment.transaction.statements
                try body()
                return environment.transaction.statements - before
            }
            func ore() throws { _ = try environment.create("forge.ore", ["name": "x"]) }
            try ore()
            let plain = try cost(ore)
            _ = try Plan(
                ["a": [:], "b": [:], "c": [:]], ["a > b": ["condition": "num > 3"], "b > c": ["signal": "go"]],
                in: environment)
            let row: FieldValues = ["num": 5]
            _ = try environment.blade(row)
            let one = try cost { _ = try environment.blade(row) }
            var ids: [RecordID] = []
            let many = try cost {
                ids = try environment.records("forge.blade").create(Array(repeating: row, count: 50))
            }
            #expect(many == one)
            #expect(try environment.places(ids[49]) == ["b complete"])
            let write = try cost { try environment.records("forge.blade", ids).write(["num": 6]) }
            #expect(try cost { try environment.records("forge.blade", [ids[0]]).write(["num": 7]) } == write)
            #expect(try cost(ore) == plain)
        }
    }
}
