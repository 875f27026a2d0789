import ORM
import Testing
import Values

/// What conditions and actions may say (contract/workflow.md §6, §9).
@Suite struct WorkflowScriptsTests {
    @Test(arguments: [
        "True", "1", "num==4", "num", " num == 4 ", "name and num", "is_flag()", "partner_id.name", "pool", "_name",
        "len([1])", "[x for x in [1] if x]", "False\nnum == 4", "state=='raw'", "num in [4, 5]",
    ])
    func `a condition that holds`(text: String) throws {
        try Forge.visit { environment in
            try condition(text, in: environment)
            #expect(try environment.places(environment.blade(Self.sample)) == ["b complete"])
        }
    }

    @Test(arguments: ["False", "0", "num==5", "not is_flag()", "num==4\nFalse", "partner_id.parent_id", "''"])
    func `a condition that does not hold`(text: String) throws {
        try Forge.visit { environment in
            try condition(text, in: environment)
            #expect(try environment.places(environment.blade(Self.sample)) == ["a complete"])
        }
    }

    @Test(arguments: [
        "true", "id", "ids", "uid", "cr", "obj", "model", "self", "context", "time", "datetime", "create_uid",
        "write_uid",
    ])
    func `a name that nobody knows is a fault`(name: String) throws {
        try Forge.visit { environment in
            try condition(name, in: environment)
            let error = #expect(throws: ORMError.self) { try environment.blade() }
            #expect(error?.description == "name '\(name)' is not defined")
        }
    }

    @Test(arguments: ["x = 1", "import os", "num ==", "True\n\nTrue", "().__class__", "lambda: 1"])
    func `what is no expression is a fault`(text: String) throws {
        try Forge.visit { environment in
            try condition(text, in: environment)
            #expect(throws: ORMError.self) { try environment.blade() }
        }
    }

    @Test(arguments: [true, false])
    func `nothing at all is a fault`(isCondition: Bool) throws {
        try Forge.visit { environment in
            let plan = try Plan(
                ["a": [:], "b": isCondition ? [:] : ["kind": "function"]], ["a > b": ["signal": "go"]],
                in: environment)
            let id = try environment.blade()
            if isCondition {
                try environment.record("workflow.transition", plan.transitions[0]).write(["condition": ""])
            }
            let error = #expect(throws: ORMError.self) { try environment.send("go", to: id) }
            #expect(
                error?.description == "You used a NULL action in a workflow, use dummy node instead.")
        }
    }

    @Test(arguments: ["1+1", "state", "True", "False", "write({'note': 'x'})\nmark('y')"])
    func `an action of any value completes its activity`(text: String) throws {
        try Forge.visit { environment in
            _ = try Plan(["a": ["kind": "function", "action": .text(text), "flow_stop": true]], in: environment)
            let id = try environment.blade()
            #expect(try environment.instances(id) == ["complete"])
            #expect(try environment.text("note", of: id) == (text.hasPrefix("write") ? "xy" : ""))
        }
    }

    @Test func `an action that deletes its record ends quietly`() throws {
        try Forge.visit { environment in
            _ = try Plan(
                ["a": [:], "b": ["kind": "function", "action": "unlink()"], "c": [:]],
                ["a > b": ["signal": "go"], "b > c": [:]], in: environment)
            let id = try environment.blade()
            #expect(try environment.send("go", to: id) == false)
            #expect(try environment.instances(id).isEmpty)
        }
    }

    @Test func `actions have the rights of the caller`() throws {
        try Forge.visit { environment in
            _ = try Plan(
                ["a": [:], "b": ["kind": "function", "action": "write({'note': 'x'})"]], ["a > b": ["signal": "go"]],
                in: environment)
            let id = try environment.blade()
            let lines = try environment.search("ir.model.access", [["model_id.model", "=", "forge.blade"]])
            try lines.write(["perm_write": false])
            let demo = environment.with(uid: DemoDatabase.demoUser)
            #expect(throws: ModelAccessDenied.self) { try demo.send("go", to: id) }
        }
    }

    private static let sample: FieldValues = ["name": "Edge", "num": 4, "is_sharp": true, "partner_id": 1]

    private func condition(_ text: String, in environment: Environment) throws {
        _ = try Plan(["a": [:], "b": [:]], ["a > b": ["condition": .text(text)]], in: environment)
    }
}
