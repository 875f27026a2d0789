import ORM
import Testing
import Values

/// Cases and leads that are handed to the team above.
@Suite struct EscalationTests {
    /// Where something is escalated to, and who is responsible afterwards.
    struct Way: CustomTestStringConvertible {
        let model: String
        /// The parent team says that its responsible takes over.
        let changes: Bool
        /// The parent team has a responsible.
        let hasUser: Bool
        /// 1 kept, 3 the parent's, nil nobody.
        let responsible: Int?

        var testDescription: String {
            "\(model), \(changes ? "changing" : "keeping"), \(hasUser ? "responsible" : "nobody") above"
        }
    }

    private static let ways = [
        Way(model: "crm.lead", changes: true, hasUser: true, responsible: 3),
        Way(model: "crm.lead", changes: true, hasUser: false, responsible: 1),
        Way(model: "crm.lead", changes: false, hasUser: true, responsible: 1),
        Way(model: "crm.lead", changes: false, hasUser: false, responsible: 1),
        Way(model: "crm.case", changes: true, hasUser: true, responsible: 3),
        Way(model: "crm.case", changes: true, hasUser: false, responsible: nil),
        Way(model: "crm.case", changes: false, hasUser: true, responsible: 3),
        Way(model: "crm.case", changes: false, hasUser: false, responsible: nil),
    ]

    private static let refusals = [
        "crm.lead": "You can not escalate, You are already at the top level regarding your sales-team category.",
        "crm.case": "You can not escalate this case.\nYou are already at the top level.",
    ]

    @Test(arguments: ways)
    func `the team above takes over`(way: Way) throws {
        try DemoDatabase.visit { environment in
            let top = try environment.create(
                "crm.case.section",
                [
                    "name": "Top", "change_responsible": .boolean(way.changes),
                    "user_id": way.hasUser ? .integer(DemoDatabase.demoUser) : false,
                ])
            let team = try environment.create("crm.case.section", ["name": "Low", "parent_id": .integer(top.id)])
            let id = try environment.create(
                way.model,
                ["name": "Test", "section_id": .integer(team.id), "user_id": 1, "state": "pending", "active": false]
            ).id
            #expect(try environment.call(way.model, "case_escalate", [.integer(id)]) == true)
            let record = try environment.record(way.model, id)
            #expect(try record.integer("section_id") == top.id)
            #expect(try record.one("user_id")?.id == way.responsible)
            #expect(try record.text("state") == "pending")
            #expect(try record.flag("active"))
            #expect(try environment.messages(way.model, id) == ["Escalate"])
        }
    }

    @Test(arguments: ["crm.lead", "crm.case"])
    func `at the top it is refused, and nothing is changed`(model: String) throws {
        try DemoDatabase.visit { environment in
            let top = try environment.create("crm.case.section", ["name": "Top"])
            let team = try environment.create("crm.case.section", ["name": "Low", "parent_id": .integer(top.id)])
            let ids = try [team, top].map {
                try environment.create(model, ["name": "Test", "section_id": .integer($0.id)]).id
            }
            #expect(throws: UserError("Error !", Self.refusals[model] ?? "")) {
                try environment.call(model, "case_escalate", .list(ids.map { .integer($0) }))
            }
            #expect(try environment.record(model, ids[0]).integer("section_id") == team.id)
            #expect(try environment.messages(model, ids[0]) == [])
        }
    }

    @Test func `a lead without a team is at the top`() throws {
        try DemoDatabase.visit { environment in
            let id = try environment.create("crm.lead", ["name": "Test", "section_id": false]).id
            #expect(throws: UserError.self) { try environment.call("crm.lead", "case_escalate", [.integer(id)]) }
        }
    }

    @Test func `cases of several teams go each their way`() throws {
        try DemoDatabase.visit { environment in
            var parents: [RecordID] = []
            var cases: [RecordID] = []
            for user in [1, DemoDatabase.demoUser] {
                let top = try environment.create("crm.case.section", ["name": "Top", "user_id": .integer(user)])
                let team = try environment.create(
                    "crm.case.section", ["name": "Low", "parent_id": .integer(top.id)])
                parents.append(top.id)
                cases.append(try environment.create("crm.case", ["name": "T", "section_id": .integer(team.id)]).id)
            }
            try environment.call("crm.case", "case_escalate", .list(cases.map { .integer($0) }))
            for (place, user) in [1, DemoDatabase.demoUser].enumerated() {
                let record = try environment.record("crm.case", cases[place])
                #expect(try record.integer("section_id") == parents[place])
                #expect(try record.integer("user_id") == user)
            }
        }
    }
}
