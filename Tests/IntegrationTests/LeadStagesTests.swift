import ORM
import Testing
import Values

/// The way of a lead through its stages.
@Suite struct LeadStagesTests {
    private func step(
        _ environment: Environment, _ id: RecordID, _ type: String?, backwards: Bool = false
    ) throws -> Value {
        let context: Value = type.map { ["stage_type": .text($0)] } ?? [:]
        return try environment.call(
            "crm.lead", backwards ? "stage_previous" : "stage_next", [.integer(id)], context)
    }

    private func lead(_ environment: Environment, _ values: FieldValues) throws -> RecordID {
        try environment.create("crm.lead", values.merging(["name": "Test"]) { given, _ in given }).id
    }

    @Test(arguments: ["lead", "opportunity"], [true, false])
    func `stages are gone through one by one, to the end and back`(type: String, hasTeam: Bool) throws {
        try DemoDatabase.visit { environment in
            let team: Value = hasTeam ? .integer(try environment.demo("crm.section_sales_department")) : false
            let id = try lead(environment, ["type": .text(type), "section_id": team])
            let stages = try (1...5).map { Value.integer(try environment.demo("crm.stage_\(type)\($0)")) }
            for stage in stages { #expect(try step(environment, id, type) == stage) }
            #expect(try step(environment, id, type) == false)
            #expect(try environment.record("crm.lead", id).float("probability") == 100)
            for stage in stages.dropLast().reversed() {
                #expect(try step(environment, id, type, backwards: true) == stage)
            }
            // The stage Lost comes before New; nothing comes before it.
            let lost = Value.integer(try environment.demo("crm.stage_\(type)6"))
            #expect(try step(environment, id, type, backwards: true) == lost)
            #expect(try step(environment, id, type, backwards: true) == false)
            // Only a stage that says so changes the probability.
            #expect(try environment.record("crm.lead", id).float("probability") == 100)
        }
    }

    @Test func `without a type of stages nothing moves`() throws {
        try DemoDatabase.visit { environment in
            let id = try lead(environment, [:])
            #expect(try step(environment, id, nil) == false)
            #expect(try environment.record("crm.lead", id).value("stage_id").isAbsent)
        }
    }

    @Test func `an opportunity asked for stages of leads comes to their first`() throws {
        try DemoDatabase.visit { environment in
            let new = try environment.demo("crm.stage_opportunity1")
            let id = try lead(environment, ["type": "opportunity", "stage_id": .integer(new)])
            #expect(try step(environment, id, "lead") == .integer(environment.demo("crm.stage_lead6")))
        }
    }

    @Test func `only the team's stages count`() throws {
        try DemoDatabase.visit { environment in
            let won = try environment.demo("crm.stage_lead5")
            let team = try environment.create(
                "crm.case.section", ["name": "Short", "stage_ids": [[6, 0, [.integer(won)]]]])
            let id = try lead(environment, ["section_id": .integer(team.id)])
            #expect(try step(environment, id, "lead") == .integer(won))
            #expect(try step(environment, id, "lead") == false)
        }
    }

    @Test func `cases go through the stages of their section, too`() throws {
        try DemoDatabase.visit { environment in
            let team = Value.integer(try environment.demo("crm.section_sales_department"))
            let id = Value.integer(try environment.create("crm.case", ["name": "T", "section_id": team]).id)
            for number in 1...5 {
                #expect(
                    try environment.call("crm.case", "stage_next", [id], ["stage_type": "opportunity"])
                        == .integer(environment.demo("crm.stage_opportunity\(number)")))
            }
            #expect(try environment.search("crm.case", [["id", "=", id], ["probability", "=", 100]]).count == 1)
            #expect(
                try environment.call("crm.case", "stage_previous", [id], ["stage_type": "opportunity"])
                    == .integer(environment.demo("crm.stage_opportunity4")))
            let won = Value.integer(try environment.demo("crm.stage_opportunity5"))
            #expect(
                try environment.call("crm.case", "onchange_stage_id", [], won) == ["value": ["probability": 100.0]])
        }
    }

    @Test func `choosing a stage in the form fills in its probability if it says so`() throws {
        try DemoDatabase.visit { environment in
            let won = Value.integer(try environment.demo("crm.stage_opportunity5"))
            let new = Value.integer(try environment.demo("crm.stage_opportunity1"))
            #expect(
                try environment.call("crm.lead", "onchange_stage_id", [], won) == ["value": ["probability": 100.0]])
            #expect(try environment.call("crm.lead", "onchange_stage_id", [], new) == ["value": [:]])
            #expect(try environment.call("crm.lead", "onchange_stage_id", [], false) == ["value": [:]])
        }
    }

    @Test func `a written stage is told, even the same one, but not at creation nor on closing`() throws {
        try DemoDatabase.visit { environment in
            let stage = Value.integer(try environment.demo("crm.stage_lead2"))
            let id = try lead(environment, ["stage_id": stage])
            #expect(try environment.messages("crm.lead", id) == [])
            let record = try environment.record("crm.lead", id)
            try record.write(["stage_id": stage])
            try record.write(["stage_id": stage, "date_closed": "2010-05-03 09:00:00"])
            try record.write(["stage_id": false])
            #expect(try environment.messages("crm.lead", id) == ["Stage"])
            let message = try #require(try environment.record("crm.lead", id).many("message_ids").first)
            #expect(try message.text("description") == "Qualification")
        }
    }
}
