import ORM
import Testing
import Values

/// Pictures of processes.
@Suite struct ProcessTests {
    /// Draft leads to open and to lost; open is the state of leads under way.
    private func process(_ environment: Environment) throws -> RecordID {
        let model = try environment.search("ir.model", [["model", "=", "crm.lead"]]).ids[0]
        let process = try environment.create(
            "process.process",
            [
                "name": "Sale", "model_id": .integer(model), "note": "How we sell",
                "node_ids": .list(
                    ["draft", "open", "lost"].map { state in
                        [
                            0, 0,
                            [
                                "name": .text(state), "model_id": .integer(model),
                                "flow_start": .boolean(state == "draft"),
                                "model_states": .text("object.state == '\(state)'"),
                            ],
                        ]
                    }),
            ])
        let nodes = try environment.search("process.node", [["process_id", "=", .integer(process.id)]]).ids
        for target in nodes.dropFirst() {
            try environment.create(
                "process.transition",
                [
                    "name": "go", "source_node_id": .integer(nodes[0]), "target_node_id": .integer(target),
                    "action_ids": [[0, 0, ["name": "Open", "state": "object", "action": "case_open"]]],
                ])
        }
        return process.id
    }

    @Test func `a process is found by the models of its nodes`() throws {
        try DemoDatabase.visit { environment in
            let id = try process(environment)
            let own: Value = [.integer(id), "Sale"]
            for model in ["crm.lead", false] as [Value] {
                #expect(try environment.call("process.process", "search_by_model", model).list?.contains(own) == true)
            }
            #expect(
                try environment.call("process.process", "search_by_model", "res.bank").list?.contains(own) == false)
        }
    }

    @Test func `the picture shows where a record stands`() throws {
        try DemoDatabase.visit { environment in
            let id = try process(environment)
            let lead = try environment.create("crm.lead", ["name": "Big one", "state": "draft"])
            let picture = try environment.call(
                "process.process", "graph_get", .integer(id), "crm.lead", .integer(lead.id), [80, 80, 150, 100])
            let parts = try #require(picture.dictionary)
            #expect(parts["name"] == "Sale")
            #expect(parts["resource"] == "Big one")
            let nodes = (parts["nodes"]?.dictionary ?? [:]).values.compactMap(\.dictionary)
            func node(_ name: Value) -> [String: Value]? { nodes.first { $0["name"] == name } }
            #expect(node("draft")?["active"] == true)
            #expect(node("open")?["active"] == false)
            #expect(node("open")?["gray"] == true)
            #expect(node("draft")?["x"] == 80 && node("draft")?["y"] == 80)
            #expect(node("open")?["x"] == 230 && node("lost")?["x"] == 230)
            #expect(Set([node("open")?["y"], node("lost")?["y"]]) == [80, 180])
            let transitions = (parts["transitions"]?.dictionary ?? [:]).values.compactMap(\.dictionary)
            #expect(transitions.count == 2)
            #expect(transitions[0]["buttons"]?.list?.first?.dictionary?["action"] == "case_open")
            let empty = try environment.call(
                "process.process", "graph_get", .integer(id), "crm.lead", false, [80, 80, 150, 100])
            #expect(empty.dictionary?["resource"] == false)
        }
    }

    @Test func `a copy has nodes and transitions of its own`() throws {
        try DemoDatabase.visit { environment in
            let copy = try environment.record("process.process", process(environment)).copy()
            let nodes = try environment.search("process.node", [["process_id", "=", .integer(copy)]])
            #expect(nodes.count == 3)
            let ids = Value.list(nodes.ids.map { .integer($0) })
            let transitions = try environment.search("process.transition", [["source_node_id", "in", ids]])
            #expect(transitions.count == 2)
            #expect(try transitions.allSatisfy { nodes.ids.contains(try $0.one("target_node_id")?.id ?? 0) })
            #expect(try transitions.allSatisfy { try $0.many("action_ids").count == 1 })
        }
    }
}
