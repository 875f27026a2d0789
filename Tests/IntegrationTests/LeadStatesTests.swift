import ORM
import Testing
import Values

/// The buttons of leads and opportunities.
@Suite struct LeadStatesTests {
    /// Which state a button leads to, and the word it leaves in the history.
    struct Button: CustomTestStringConvertible {
        let method: String
        let state: String
        let word: String
        var testDescription: String { method }
    }

    private static let buttons = [
        Button(method: "case_open", state: "open", word: "Open"),
        Button(method: "case_close", state: "done", word: "Close"),
        Button(method: "case_cancel", state: "cancel", word: "Cancel"),
        Button(method: "case_pending", state: "pending", word: "Pending"),
        Button(method: "case_reset", state: "draft", word: "Draft"),
        Button(method: "case_mark_lost", state: "done", word: "Close"),
    ]

    private func lead(_ environment: Environment, _ values: FieldValues = [:]) throws -> RecordID {
        try environment.create("crm.lead", values.merging(["name": "Test"]) { given, _ in given }).id
    }

    @Test(arguments: buttons, ["draft", "open", "pending", "done", "cancel"])
    func `a button leads to its state from every state, and tells so`(button: Button, start: String) throws {
        try DemoDatabase.visit { environment in
            let stage = try environment.demo("crm.stage_lead2")
            let id = try lead(environment, ["state": .text(start), "stage_id": .integer(stage)])
            #expect(try environment.call("crm.lead", button.method, [.integer(id)]) == true)
            let read = try environment.read("crm.lead", id, ["state", "active", "date_closed"])
            #expect(read["state"] == .text(button.state))
            #expect(read["active"] == true)
            #expect((read["date_closed"] != false) == (button.state == "done"))
            #expect(try environment.messages("crm.lead", id) == [button.word])
        }
    }

    @Test(arguments: ["case_open", "case_cancel", "case_pending", "case_reset", "case_close"])
    func `buttons take several cases and anything after them`(method: String) throws {
        try DemoDatabase.visit { environment in
            let ids = Value.list([.integer(try lead(environment)), .integer(try lead(environment))])
            #expect(try environment.call("crm.lead", method, ids, "more", [:]) == true)
            let states = try #require(try environment.call("crm.lead", "read", ids, ["state"]).list)
            #expect(Set(states.map { $0.dictionary?["state"] }).count == 1)
        }
    }

    @Test(arguments: [("lead", "crm.stage_lead1"), ("opportunity", "crm.stage_opportunity1")], [true, false])
    func `a draft that is opened is dated and gets the first stage`(
        kind: (type: String, stage: String), hasTeam: Bool
    ) throws {
        try DemoDatabase.visit { environment in
            let team: Value = hasTeam ? .integer(try environment.demo("crm.section_sales_department")) : false
            let id = try lead(environment, ["type": .text(kind.type), "section_id": team, "user_id": false])
            try environment.call("crm.lead", "case_open", [.integer(id)])
            let record = try environment.record("crm.lead", id)
            #expect(try record.integer("stage_id") == environment.demo(kind.stage))
            #expect(try record.text("date_open") != nil)
            #expect(try record.integer("user_id") == environment.uid)
            #expect(try record.float("probability") == 0)
            #expect(try environment.messages("crm.lead", id).sorted() == ["Open", "Stage"])
        }
    }

    @Test func `one that was opened before keeps its date, its stage and its salesman`() throws {
        try DemoDatabase.visit { environment in
            let id = try lead(
                environment,
                [
                    "state": "pending", "date_open": "2010-05-03 09:00:00",
                    "user_id": .integer(DemoDatabase.demoUser),
                ])
            try environment.call("crm.lead", "case_open", [.integer(id)])
            let record = try environment.record("crm.lead", id)
            #expect(try record.text("date_open") == "2010-05-03 09:00:00")
            #expect(try record.value("stage_id").isAbsent)
            #expect(try record.integer("user_id") == DemoDatabase.demoUser)
        }
    }

    @Test func `closing an opportunity wins it`() throws {
        try DemoDatabase.visit { environment in
            let id = try lead(environment, ["type": "opportunity", "probability": 40.0])
            try environment.call("crm.lead", "case_close", [.integer(id)])
            let record = try environment.record("crm.lead", id)
            #expect(try record.integer("stage_id") == environment.demo("crm.stage_opportunity5"))
            #expect(try record.float("probability") == 100)
            #expect(try environment.messages("crm.lead", id).sorted() == ["Close", "Stage"])
        }
    }

    @Test func `a lost opportunity is done, in the stage Lost, as probable as before`() throws {
        try DemoDatabase.visit { environment in
            let id = try lead(environment, ["type": "opportunity", "probability": 40.0])
            try environment.call("crm.lead", "case_mark_lost", [.integer(id)])
            let record = try environment.record("crm.lead", id)
            #expect(try record.text("state") == "done")
            #expect(try record.integer("stage_id") == environment.demo("crm.stage_opportunity6"))
            #expect(try record.float("probability") == 40)
        }
    }

    @Test(arguments: ["case_close", "case_mark_lost"])
    func `a lead keeps its stage where an opportunity beside it does not`(method: String) throws {
        try DemoDatabase.visit { environment in
            let stage = try environment.demo("crm.stage_lead3")
            let lead = try lead(environment, ["stage_id": .integer(stage), "probability": 20.0])
            let opportunity = try self.lead(environment, ["type": "opportunity"])
            try environment.call("crm.lead", method, [.integer(lead), .integer(opportunity)])
            #expect(try environment.record("crm.lead", lead).integer("stage_id") == stage)
            #expect(try environment.record("crm.lead", lead).float("probability") == 20)
            #expect(try environment.record("crm.lead", opportunity).integer("stage_id") != 0)
        }
    }

    @Test func `cancelling takes the probability, resetting the stage too, and dates stay`() throws {
        try DemoDatabase.visit { environment in
            let id = try lead(environment, ["type": "opportunity", "probability": 40.0])
            for method in ["case_open", "case_close", "case_cancel"] {
                try environment.call("crm.lead", method, [.integer(id)])
            }
            let cancelled = try environment.record("crm.lead", id)
            #expect(try cancelled.float("probability") == 0)
            #expect(try cancelled.integer("stage_id") == environment.demo("crm.stage_opportunity5"))
            try environment.call("crm.lead", "case_reset", [.integer(id)])
            let reset = try environment.record("crm.lead", id)
            #expect(try reset.value("stage_id").isAbsent)
            #expect(try reset.float("probability") == 0)
            #expect(try reset.text("date_open") != nil)
            #expect(try reset.text("date_closed") != nil)
        }
    }

    @Test func `an inactive lead is active again once it is opened`() throws {
        try DemoDatabase.visit { environment in
            let id = try lead(environment, ["active": false])
            try environment.call("crm.lead", "case_open", [.integer(id)])
            #expect(try environment.record("crm.lead", id).flag("active"))
        }
    }

    @Test func `the salesman who presses the button is named in the history`() throws {
        try DemoDatabase.visit(as: DemoDatabase.demoUser) { environment in
            let id = try lead(environment, ["description": "Called twice."])
            try environment.call("crm.lead", "case_pending", [.integer(id)])
            let messages = try environment.record("crm.lead", id).many("message_ids")
            let message = try #require(messages.first)
            #expect(try message.text("name") == "Pending")
            #expect(try message.integer("user_id") == DemoDatabase.demoUser)
            #expect(try message.text("description") == "Called twice.")
            #expect(try !message.flag("history"))
        }
    }
}
