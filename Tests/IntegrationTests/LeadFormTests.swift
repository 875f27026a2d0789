import ORM
import PostgreSQL
import SQL
import Testing
import Values

/// What a lead's form fills in, what a copy keeps, and the days a lead takes.
@Suite struct LeadFormTests {
    /// A partner with a default address and one for contacts.
    private func partner(_ environment: Environment) throws -> Record {
        let belgium = Value.integer(try environment.demo("base.be"))
        return try environment.create(
            "res.partner",
            [
                "name": "Tester NV",
                "address": [
                    [0, 0, ["type": "default", "name": "Desk", "email": "desk@tester.example"]],
                    [
                        0, 0,
                        [
                            "type": "contact", "name": "Ann", "email": "ann@tester.example", "phone": "02",
                            "country_id": belgium,
                        ],
                    ],
                ],
            ])
    }

    @Test func `choosing a partner fills in its contact`() throws {
        try DemoDatabase.visit { environment in
            let partner = try partner(environment)
            let contact = try #require(
                try environment.search(
                    "res.partner.address", [["partner_id", "=", .integer(partner.id)], ["type", "=", "contact"]]
                ).ids.first)
            let answer = try environment.call("crm.lead", "onchange_partner_id", [], .integer(partner.id))
            let expected: Value = [
                "value": [
                    "partner_address_id": .integer(contact), "email_from": "ann@tester.example", "phone": "02",
                    "country_id": .integer(try environment.demo("base.be")),
                ]
            ]
            #expect(answer == expected)
            let again = try environment.call("crm.lead", "onchange_partner_address_id", [], .integer(contact), false)
            #expect(again.dictionary?["value"]?.dictionary?["email_from"] == "ann@tester.example")
        }
    }

    @Test func `no partner and no address empty the form`() throws {
        try DemoDatabase.visit { (environment) throws in
            #expect(
                try environment.call("crm.lead", "onchange_partner_id", [], false, "x@y.example")
                    == ["value": ["partner_address_id": false, "email_from": false, "phone": false]])
            #expect(
                try environment.call("crm.lead", "onchange_partner_address_id", [], false)
                    == ["value": ["email_from": false, "country_id": false]])
        }
    }

    @Test func `a partner without addresses leaves the contact empty`() throws {
        try DemoDatabase.visit { environment in
            let partner = try environment.create("res.partner", ["name": "Nobody"])
            let answer = try environment.call("crm.lead", "onchange_partner_id", [], .integer(partner.id))
            #expect(answer.dictionary?["value"]?.dictionary?["partner_address_id"] == false)
            #expect(answer.dictionary?["value"]?.dictionary?["email_from"] == false)
        }
    }

    @Test func `a copy starts anew: a draft without history and dates`() throws {
        try DemoDatabase.visit { environment in
            let id = try environment.create("crm.lead", ["name": "Old", "planned_revenue": 5.0]).id
            for method in ["case_open", "case_close"] { try environment.call("crm.lead", method, [.integer(id)]) }
            let copy = try #require(try environment.call("crm.lead", "copy", .integer(id)).integer)
            let read = try environment.read(
                "crm.lead", copy,
                ["name", "state", "message_ids", "date_open", "date_closed", "day_close", "planned_revenue"])
            #expect(
                read == [
                    "id": .integer(copy), "name": "Old", "state": "draft", "message_ids": [], "date_open": false,
                    "date_closed": false, "day_close": 0.0, "planned_revenue": 5.0,
                ])
            #expect(try environment.messages("crm.lead", id).count == 3)
        }
    }

    @Test func `whole days count from creation to opening and closing`() throws {
        try DemoDatabase.visit { environment in
            let id = try environment.create("crm.lead", ["name": "Slow"]).id
            try environment.rows(
                """
                UPDATE crm_lead SET create_date = (now() AT TIME ZONE 'UTC') - interval '84 hours' WHERE id = \(id)
                """)
            let fresh = try environment.record("crm.lead", id)
            #expect(try fresh.float("day_open") == 0)
            try environment.call("crm.lead", "case_open", [.integer(id)])
            let open = try environment.record("crm.lead", id)
            #expect(try open.float("day_open") == 3)
            #expect(try open.float("day_close") == 0)
            try environment.call("crm.lead", "case_close", [.integer(id)])
            #expect(try environment.record("crm.lead", id).float("day_close") == 3)
            #expect(
                try environment.search("crm.lead", [["id", "=", .integer(id)], ["day_close", "=", 3]]).count == 1)
        }
    }

    @Test func `the team is the one the caller works in, the salesman the caller`() throws {
        try DemoDatabase.visit { environment in
            let team = try environment.demo("crm.section_sales_department")
            try environment.record("res.users", DemoDatabase.demoUser).write(["context_section_id": .integer(team)])
            let lead = try environment.with(uid: DemoDatabase.demoUser).create("crm.lead", ["name": "Mine"])
            #expect(try lead.integer("section_id") == team)
            #expect(try lead.integer("user_id") == DemoDatabase.demoUser)
            #expect(try lead.text("type") == "lead")
            #expect(try lead.text("priority") == "3")
            #expect(try lead.text("state") == "draft")
        }
    }

    @Test func `deleting a team leaves its leads`() throws {
        try DemoDatabase.visit { environment in
            let team = try environment.create("crm.case.section", ["name": "Gone"])
            let lead = try environment.create("crm.lead", ["name": "Stays", "section_id": .integer(team.id)])
            try team.alone.unlink()
            #expect(try environment.record("crm.lead", lead.id).value("section_id").isAbsent)
        }
    }
}
