import ORM
import Testing
import Values

/// What is said about 5.0's cases, and what their forms fill in.
@Suite struct CaseHistoryTests {
    private func makeCase(_ environment: Environment, _ values: FieldValues = [:]) throws -> RecordID {
        let section = try environment.create("crm.case.section", ["name": "Test team"])
        let row: FieldValues = ["name": "Test", "section_id": .integer(section.id)]
        return try environment.create("crm.case", row.merging(values) { $1 }).id
    }

    @Test func `historizing keeps the text as a line and empties the field`() throws {
        try DemoDatabase.visit { environment in
            let som = Value.integer(try environment.demo("crm.som_angry"))
            let id = try makeCase(environment, ["description": "Called back.", "som": som])
            #expect(try environment.call("crm.case", "case_log", [.integer(id)], [:], "ann@tester.example") == true)
            let record = try environment.record("crm.case", id)
            #expect(try record.value("description").isAbsent)
            #expect(try record.value("som").isAbsent)
            #expect(try record.text("email_last") == "Called back.")
            let lines = try record.many("history_line")
            #expect(lines.count == 1)
            let line = try #require(lines.first)
            #expect(try line.text("name") == "Historize")
            #expect(try line.text("description") == "Called back.")
            #expect(try line.text("email") == "ann@tester.example")
            #expect(try line.value("som") == som)
            #expect(try line.one("log_id")?.id == line.id)
            #expect(try line.text("note")?.hasSuffix("\nCalled back.") == true)
            // The log and 6.0's messages show the same row.
            #expect(try record.many("log_ids").ids == lines.ids)
            #expect(try record.many("message_ids").ids == lines.ids)
        }
    }

    @Test func `historizing nothing only logs it`() throws {
        try DemoDatabase.visit { environment in
            let id = try makeCase(environment)
            try environment.call("crm.case", "case_log", [.integer(id)])
            let record = try environment.record("crm.case", id)
            #expect(try record.many("history_line").isEmpty)
            let log = try #require(try record.many("log_ids").first)
            #expect(try log.text("name") == "Historize")
            #expect(try record.value("email_last").isAbsent)
        }
    }

    @Test func `the newest line is the last mail, and is quoted for a reply`() throws {
        try DemoDatabase.visit { environment in
            let id = try makeCase(environment)
            for text in ["first", "second\nline"] {
                try environment.record("crm.case", id).write(["description": .text(text)])
                try environment.call("crm.case", "case_log", [.integer(id)])
            }
            #expect(try environment.record("crm.case", id).text("email_last") == "second\nline")
            try environment.call("crm.case", "add_reply", [.integer(id)])
            #expect(try environment.record("crm.case", id).text("description") == "> second\n> line")
        }
    }

    @Test func `a line may be written with the case`() throws {
        try DemoDatabase.visit { environment in
            let id = try makeCase(
                environment,
                ["history_line": [[0, 0, ["description": "By mail", "email": "ann@tester.example"]]]])
            let record = try environment.record("crm.case", id)
            let line = try #require(try record.many("history_line").first)
            #expect(try line.text("description") == "By mail")
            #expect(try line.text("email") == "ann@tester.example")
            #expect(try record.text("email_last") == "By mail")
        }
    }

    @Test func `a copy is a draft without history`() throws {
        try DemoDatabase.visit { environment in
            let id = try makeCase(environment, ["description": "Said."])
            for method in ["case_log", "case_open"] { try environment.call("crm.case", method, [.integer(id)]) }
            let copy = try #require(try environment.call("crm.case", "copy", .integer(id)).integer)
            let read = try environment.read("crm.case", copy, ["name", "state", "history_line", "log_ids"])
            #expect(
                read == [
                    "id": .integer(copy), "name": "Test", "state": "draft", "history_line": [], "log_ids": [],
                ])
            #expect(try environment.record("crm.case", id).many("log_ids").count == 2)
        }
    }

    @Test func `the lines of leads are none of a case's, though numbers meet`() throws {
        try DemoDatabase.visit { environment in
            let id = try makeCase(environment)
            try environment.create(
                "mailgate.message", ["name": "Open", "model": "crm.lead", "res_id": .integer(id)])
            #expect(try environment.record("crm.case", id).many("log_ids").isEmpty)
            #expect(try environment.record("crm.case", id).many("message_ids").isEmpty)
            #expect(try environment.search("crm.case.log", [["case_id", "=", .integer(id)]]).isEmpty)
        }
    }

    @Test func `messages of other models cannot be reached as lines of cases`() throws {
        try DemoDatabase.visit { environment in
            let foreign = try environment.create(
                "mailgate.message", ["name": "Open", "model": "crm.lead", "res_id": 1])
            for model in ["crm.case.log", "crm.case.history"] {
                #expect(try environment.call(model, "read", [.integer(foreign.id)], ["name"]) == [])
                #expect(throws: UserError.self) {
                    try environment.call(model, "write", [.integer(foreign.id)], ["name": "mine"])
                }
                #expect(throws: UserError.self) { try environment.call(model, "unlink", [.integer(foreign.id)]) }
            }
            #expect(try environment.record("mailgate.message", foreign.id).text("name") == "Open")
        }
    }

    @Test(arguments: ["crm.case.log", "crm.case.history"])
    func `a line without a case is refused`(model: String) throws {
        try DemoDatabase.visit { environment in
            let fields = try #require(try environment.call(model, "fields_get", ["case_id"]).dictionary)
            #expect(fields["case_id"]?.dictionary?["required"] == true)
            #expect(throws: UserError.self) { try environment.create(model, ["name": "Open"]) }
            let id = try makeCase(environment)
            let line = try environment.create(model, ["name": "Open", "case_id": .integer(id)])
            #expect(try environment.record("crm.case", id).many("log_ids").ids == [line.id])
        }
    }

    @Test func `lines go with their case and are found by its name`() throws {
        try DemoDatabase.visit { environment in
            let id = try makeCase(environment, ["name": "Unmistakable", "description": "Said."])
            try environment.call("crm.case", "case_log", [.integer(id)])
            let lines = try environment.record("crm.case", id).many("log_ids").ids
            #expect(try environment.search("crm.case.log", [["case_id", "ilike", "unmistak"]]).ids == lines)
            try environment.call("crm.case", "unlink", [.integer(id)])
            #expect(try environment.call("mailgate.message", "exists", .list(lines.map { .integer($0) })) == false)
        }
    }

    @Test func `the mail gateway is told whom to write to`() throws {
        try DemoDatabase.visit { environment in
            let id = try makeCase(
                environment,
                ["email_from": "ann@tester.example", "email_cc": "bob@tester.example", "priority": "2"])
            try environment.record("res.users", 1).write(["user_email": "root@tester.example"])
            #expect(
                try environment.call("crm.case", "emails_get", .integer(id))
                    == ["root@tester.example", "ann@tester.example", "bob@tester.example", "2"])
        }
    }

    @Test func `a category and a related case fill in the form`() throws {
        try DemoDatabase.visit { environment in
            let category = try environment.create("crm.case.categ", ["name": "Test", "probability": 30.0])
            #expect(
                try environment.call("crm.case", "onchange_categ_id", [], .integer(category.id), [:])
                    == ["value": ["probability": 30.0]])
            let id = try makeCase(environment, ["email_from": "ann@tester.example"])
            let answer = try environment.call("crm.case", "onchange_case_id", [], .integer(id), false, false, [:])
            #expect(answer.dictionary?["value"]?.dictionary?["name"] == "Test")
            let named = try environment.call("crm.case", "onchange_case_id", [], .integer(id), "Mine", false, [:])
            #expect(named.dictionary?["value"]?.dictionary?["name"] == nil)
        }
    }

    @Test func `choosing a partner fills in address and mail, unless there is one`() throws {
        try DemoDatabase.visit { environment in
            let partner = try environment.create(
                "res.partner", ["name": "T", "address": [[0, 0, ["name": "A", "email": "a@tester.example"]]]])
            let address = try #require(try partner.many("address").ids.first)
            let id = Value.integer(partner.id)
            let expected: Value = [
                "value": ["partner_address_id": .integer(address), "email_from": "a@tester.example"]
            ]
            #expect(try environment.call("crm.case", "onchange_partner_id", [], id) == expected)
            #expect(
                try environment.call("crm.case", "onchange_partner_id", [], id, "own@tester.example")
                    == ["value": ["partner_address_id": .integer(address)]])
            let bare = try environment.create("res.partner", ["name": "Bare"])
            #expect(
                try environment.call("crm.case", "onchange_partner_id", [], .integer(bare.id), "own@tester.example")
                    == ["value": ["partner_address_id": false]])
            #expect(
                try environment.call("crm.case", "onchange_partner_id", [], false)
                    == ["value": ["partner_address_id": false]])
        }
    }
}
