import ORM
import Testing
import Values

/// Actions that the server carries out itself.
@Suite struct ServerActionTests {
    private func model(_ name: String, _ environment: Environment) throws -> Value {
        .integer(try #require(try environment.search("ir.model", [["model", "=", .text(name)]]).ids.first))
    }

    private func field(_ name: String, of model: String, _ environment: Environment) throws -> Value {
        let found = try environment.search(
            "ir.model.fields", [["model", "=", .text(model)], ["name", "=", .text(name)]])
        return .integer(try #require(found.ids.first))
    }

    private func action(_ environment: Environment, _ state: String, _ values: FieldValues = [:]) throws -> RecordID {
        let own: FieldValues = [
            "name": "Test", "state": .text(state), "model_id": try model("res.partner", environment),
        ]
        return try environment.create("ir.actions.server", own.merging(values) { $1 }).id
    }

    private func partner(_ environment: Environment, _ name: String = "Ann") throws -> RecordID {
        try environment.create("res.partner", ["name": .text(name)]).id
    }

    @discardableResult
    private func run(_ environment: Environment, _ action: RecordID, on partner: RecordID) throws -> Value {
        try environment.call("ir.actions.server", "run", [.integer(action)], ["active_id": .integer(partner)])
    }

    private func line(_ field: Value, _ value: String, _ type: String = "value") -> Value {
        [0, 0, ["col1": field, "value": .text(value), "type": .text(type)]]
    }

    @Test func `values and formulas are written on the record`() throws {
        try DemoDatabase.visit { environment in
            let partner = try partner(environment)
            let lines: Value = [
                line(try field("ref", of: "res.partner", environment), "R1"),
                line(try field("comment", of: "res.partner", environment), "object.name + '!'", "equation"),
            ]
            let action = try action(environment, "object_write", ["fields_lines": lines])
            #expect(try run(environment, action, on: partner) == false)
            let written = try environment.read("res.partner", partner, ["ref", "comment"])
            #expect(written["ref"] == "R1")
            #expect(written["comment"] == "Ann!")
        }
    }

    @Test(arguments: [("False", false), ("object.name == 'Ann'", true), ("context.get('go')", false)])
    func `nothing happens where the condition is false`(condition: String, happens: Bool) throws {
        try DemoDatabase.visit { environment in
            let partner = try partner(environment)
            let lines: Value = [line(try field("ref", of: "res.partner", environment), "R1")]
            let action = try action(
                environment, "object_write", ["fields_lines": lines, "condition": .text(condition)])
            try run(environment, action, on: partner)
            #expect(try environment.read("res.partner", partner, ["ref"])["ref"] == (happens ? "R1" : false))
        }
    }

    @Test func `a record is made, and its id kept in a field`() throws {
        try DemoDatabase.visit { environment in
            let partner = try partner(environment)
            let action = try action(
                environment, "object_create",
                [
                    "srcmodel_id": try model("res.partner", environment),
                    "record_id": try field("parent_id", of: "res.partner", environment),
                    "fields_lines": [line(try field("name", of: "res.partner", environment), "Mother")],
                ])
            try run(environment, action, on: partner)
            #expect(try environment.record("res.partner", partner).one("parent_id")?.text("name") == "Mother")
        }
    }

    @Test func `a record is copied with other values`() throws {
        try DemoDatabase.visit { environment in
            let partner = try partner(environment)
            let country = try #require(try environment.search("res.country", [["code", "=", "BE"]]).ids.first)
            let action = try action(
                environment, "object_copy",
                [
                    "copy_object": .text("res.country,\(country)"),
                    "srcmodel_id": try model("res.country", environment),
                    "fields_lines": [
                        line(try field("name", of: "res.country", environment), "Copied"),
                        line(try field("code", of: "res.country", environment), "QQ"),
                    ],
                ])
            try run(environment, action, on: partner)
            #expect(try environment.search("res.country", [["name", "=", "Copied"], ["code", "=", "QQ"]]).count == 1)
        }
    }

    @Test func `an expression says which record is written`() throws {
        try DemoDatabase.visit { environment in
            let (partner, other) = (try partner(environment), try partner(environment, "Ben"))
            try environment.record("res.partner", partner).write(["parent_id": .integer(other)])
            let lines: Value = [line(try field("ref", of: "res.partner", environment), "P")]
            let action = try action(
                environment, "object_write",
                [
                    "fields_lines": lines, "write_id": "object.parent_id.id",
                    "srcmodel_id": try model("res.partner", environment),
                ])
            try run(environment, action, on: partner)
            #expect(try environment.read("res.partner", other, ["ref"])["ref"] == "P")
            try environment.record("ir.actions.server", action).write(["srcmodel_id": false])
            #expect(throws: ORMError.badValue("'NoneType' object has no attribute 'write'")) {
                try run(environment, action, on: partner)
            }
        }
    }

    @Test func `a client action is answered as the client reads it`() throws {
        try DemoDatabase.visit { environment in
            let partner = try partner(environment)
            let window = try environment.demo("base.action_partner_form")
            let action = try action(environment, "client_action", ["action_id": .integer(window)])
            let answer = try run(environment, action, on: partner).dictionary
            #expect(answer?["res_model"] == "res.partner")
            #expect(answer?["id"] == .integer(window))
            try environment.record("ir.actions.server", action).write(["action_id": false])
            #expect(throws: UserError("Error", "Please specify an action to launch !")) {
                try run(environment, action, on: partner)
            }
        }
    }

    @Test func `a loop goes through the records of an expression`() throws {
        try DemoDatabase.visit { environment in
            let partner = try partner(environment)
            let children = try ["Cid", "Dan"].map { name in
                try environment.create("res.partner", ["name": .text(name), "parent_id": .integer(partner)]).id
            }
            let lines: Value = [line(try field("ref", of: "res.partner", environment), "child")]
            let inner = try action(environment, "object_write", ["fields_lines": lines])
            let loop = try action(
                environment, "loop", ["expression": "object.child_ids", "loop_action": .integer(inner)])
            try run(environment, loop, on: partner)
            for child in children { #expect(try environment.record("res.partner", child).text("ref") == "child") }
        }
    }

    @Test func `several actions answer with the list of what they answer`() throws {
        try DemoDatabase.visit { environment in
            let partner = try partner(environment)
            let window = try environment.demo("base.action_partner_form")
            let children = try ["dummy", "client_action"].map {
                try action(environment, $0, ["action_id": .integer(window)])
            }
            let all = try action(
                environment, "other", ["child_ids": [[6, 0, .list(children.map { .integer($0) })]]])
            let answers = try #require(try run(environment, all, on: partner).list)
            #expect(answers.count == 1)
            #expect(answers.first?.dictionary?["res_model"] == "res.partner")
        }
    }

    @Test func `actions that run one another without end are stopped`() throws {
        try DemoDatabase.visit { environment in
            let partner = try partner(environment)
            let action = try action(environment, "loop", ["expression": "[object.id, object.id]"])
            try environment.record("ir.actions.server", action).write(["loop_action": .integer(action)])
            #expect(throws: UserError.self) { try run(environment, action, on: partner) }
        }
    }

    @Test(arguments: ["code", "email", "sms", "trigger"])
    func `what cannot be done is said in words`(state: String) throws {
        try DemoDatabase.visit { environment in
            let partner = try partner(environment)
            let action = try action(environment, state)
            #expect(throws: UserError.self) { try run(environment, action, on: partner) }
        }
    }

    @Test func `what needs a record says so without one`() throws {
        try DemoDatabase.visit { environment in
            let write = try action(environment, "object_write")
            #expect(throws: ORMError.missingKey("active_id")) {
                try environment.call("ir.actions.server", "run", [.integer(write)], [:])
            }
            let nothing = try action(environment, "dummy")
            #expect(try environment.call("ir.actions.server", "run", [.integer(nothing)], [:]) == false)
        }
    }

    @Test func `an action gives nobody rights he does not have`() throws {
        try DemoDatabase.visit { environment in
            let group = try environment.demo("base.group_user")
            let action = try environment.create(
                "ir.actions.server",
                [
                    "name": "Test", "state": "object_write", "model_id": try model("res.groups", environment),
                    "fields_lines": [line(try field("comment", of: "res.groups", environment), "mine")],
                ]
            ).id
            #expect(throws: ModelAccessDenied.self) {
                try run(environment.with(uid: DemoDatabase.demoUser), action, on: group)
            }
        }
    }
}
