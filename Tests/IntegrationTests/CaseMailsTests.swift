import ORM
import Testing
import Values

/// What a gateway does with mails for leads.
@Suite struct CaseMailsTests {
    private static let mail: Value = [
        "subject": "Price?", "from": "Ann <ann@tester.example>", "cc": "bob@tester.example", "body": "How much?",
        "priority": "2", "attachments": ["plan.txt": "Hello"],
    ]

    private func address(_ environment: Environment, _ email: String) throws -> Record {
        try environment.create(
            "res.partner", ["name": "T", "address": [[0, 0, ["name": "A", "email": .text(email)]]]]
        ).many("address").first!
    }

    private func answered(
        _ environment: Environment, _ values: FieldValues, _ mail: Value, _ given: Value = [:]
    ) throws -> Record {
        let lead = try environment.create("crm.lead", values.merging(["name": "T"]) { given, _ in given })
        #expect(try environment.call("crm.lead", "message_update", [.integer(lead.id)], given, mail) == true)
        return try environment.record("crm.lead", lead.id)
    }

    @Test func `a mail makes a lead that nobody looks after yet`() throws {
        try DemoDatabase.visit { environment in
            let id = try #require(try environment.call("crm.lead", "message_new", Self.mail).integer)
            let fields: [FieldName] = [
                "name", "email_from", "email_cc", "description", "priority", "user_id", "partner_id", "state", "type",
            ]
            #expect(
                try environment.read("crm.lead", id, fields) == [
                    "id": .integer(id), "name": "Price?", "email_from": "Ann <ann@tester.example>",
                    "email_cc": "bob@tester.example", "description": "How much?", "priority": "2", "user_id": false,
                    "partner_id": false, "state": "draft", "type": "lead",
                ])
            let files = try environment.search(
                "ir.attachment", [["res_model", "=", "crm.lead"], ["res_id", "=", .integer(id)]])
            #expect(try files.first?.text("name") == "plan.txt")
            #expect(try files.first?.text("description") == "Mail attachment")
            #expect(try files.first?.text("datas") == "SGVsbG8=")
            #expect(try environment.messages("crm.lead", id) == [])
        }
    }

    @Test func `the sender is found by the bare address, before those that only contain it`() throws {
        try DemoDatabase.visit { environment in
            let other = try address(environment, "joann@tester.example")
            try other.write(["type": "contact"])
            let ann = try address(environment, "ann@tester.example")
            for sender in [ann, other] {
                let id = try #require(try environment.call("crm.lead", "message_new", Self.mail).integer)
                let lead = try environment.record("crm.lead", id)
                #expect(try lead.integer("partner_address_id") == sender.id)
                #expect(try lead.value("partner_id") == sender.value("partner_id"))
                try ann.alone.unlink()
            }
        }
    }

    @Test(arguments: [["priority": "urgent"], ["from": false], ["subject": "Only this"], [:]] as [Value])
    func `what a mail lacks is left as it would be`(mail: Value) throws {
        try DemoDatabase.visit { environment in
            let id = try #require(try environment.call("crm.lead", "message_new", mail).integer)
            #expect(try environment.record("crm.lead", id).text("priority") == "3")
        }
    }

    @Test func `a message that is no dictionary is refused`() throws {
        try DemoDatabase.visit { environment in
            let count = try environment.search("crm.lead").count
            #expect(throws: ORMError.self) { try environment.call("crm.lead", "message_new", "Subject: hello") }
            #expect(try environment.search("crm.lead").count == count)
        }
    }

    @Test(arguments: [("draft", "draft"), ("open", "open"), ("pending", "open"), ("done", "open"), ("cancel", "open")])
    func `an answer opens again what was put aside`(before: String, after: String) throws {
        try DemoDatabase.visit { environment in
            let lead = try answered(environment, ["state": .text(before)], ["body": "Thanks."])
            #expect(try lead.text("state") == after)
            #expect(try lead.value("date_open").isAbsent)
            #expect(try environment.messages("crm.lead", lead.id) == [])
        }
    }

    @Test func `lines of an answer set numbers, and the mail's priority counts`() throws {
        try DemoDatabase.visit { environment in
            let lead = try answered(
                environment, [:],
                [
                    "body": """
                    Yes.
                    Set-Revenue: 500
                    set-probability:70.5
                    Set-Cost: 3
                    Set-State: done
                    Set-Revenue: much
                    """,
                    "priority": 1,
                ], ["referred": "Bob"])
            #expect(try lead.float("planned_revenue") == 500)
            #expect(try lead.float("probability") == 70.5)
            #expect(try lead.text("priority") == "1")
            #expect(try lead.text("state") == "draft")
            #expect(try lead.text("referred") == "Bob")
        }
    }

    @Test func `nothing said changes nothing, not even the priority`() throws {
        try DemoDatabase.visit { environment in
            let lead = try answered(environment, ["priority": "4"], false)
            #expect(try lead.text("priority") == "4")
        }
    }
}
