import ORM
import Testing
import Values

/// The buttons of 5.0's cases.
@Suite struct CaseStatesTests {
    private static let section: FieldValues = ["name": "Test team"]

    private func makeCase(_ environment: Environment, _ values: FieldValues = [:]) throws -> RecordID {
        var row = values.merging(["name": "Test"]) { given, _ in given }
        if row["section_id"] == nil {
            row["section_id"] = .integer(try environment.create("crm.case.section", Self.section).id)
        }
        return try environment.create("crm.case", row).id
    }

    @Test func `a case begins as a draft of its maker, with nothing in its log`() throws {
        try DemoDatabase.visit { environment in
            let id = try makeCase(environment)
            let read = try environment.read(
                "crm.case", id, ["state", "priority", "active", "log_ids", "history_line", "email_last"])
            #expect(
                read == [
                    "id": .integer(id), "state": "draft", "priority": "3", "active": true, "log_ids": [],
                    "history_line": [], "email_last": false,
                ])
            let record = try environment.record("crm.case", id)
            #expect(try record.integer("user_id") == environment.uid)
            #expect(try record.text("date") != nil)
        }
    }

    @Test(
        arguments: [
            ("case_open", "open", "Open"), ("case_close", "done", "Close"), ("case_cancel", "cancel", "Cancel"),
            ("case_pending", "pending", "Pending"), ("case_reset", "draft", "Draft"),
        ], ["draft", "open", "pending", "done", "cancel"])
    func `a button leads to its state from every state, and logs it`(
        button: (method: String, state: String, word: String), start: String
    ) throws {
        try DemoDatabase.visit { environment in
            let id = try makeCase(environment, ["state": .text(start)])
            #expect(try environment.call("crm.case", button.method, [.integer(id)], "ignored") == true)
            let record = try environment.record("crm.case", id)
            #expect(try record.text("state") == button.state)
            #expect(try record.flag("active"))
            #expect(try (record.text("date_closed") != nil) == (button.state == "done"))
            #expect(try environment.messages("crm.case", id) == [button.word])
            let log = try #require(try record.many("log_ids").first)
            #expect(try log.text("name") == button.word)
            #expect(try log.one("case_id")?.id == id)
            #expect(try log.integer("user_id") == environment.uid)
            #expect(try record.many("history_line").isEmpty)
        }
    }

    @Test func `opening a case nobody is responsible for takes it`() throws {
        try DemoDatabase.visit(as: DemoDatabase.demoUser) { environment in
            let id = try makeCase(environment, ["user_id": false])
            try environment.call("crm.case", "case_open", [.integer(id)])
            #expect(try environment.record("crm.case", id).integer("user_id") == DemoDatabase.demoUser)
        }
    }

    @Test(
        arguments: [
            ("create", "draft"), ("case_open", "open"), ("case_close", "done"), ("case_cancel", "cancel"),
            ("case_pending", "draft"), ("case_reset", "draft"),
        ])
    func `partner events are written for kinds in use`(method: String, word: String) throws {
        try DemoDatabase.visit { environment in
            let partner = try environment.create("res.partner", ["name": "Eventful"])
            func events() throws -> [Value] {
                try environment.search("res.partner.event", [["partner_id", "=", .integer(partner.id)]])
                    .map { try $0.value("name") }.sorted { $0.key < $1.key }.map(\.value)
            }
            let silent = try makeCase(environment, ["partner_id": .integer(partner.id)])
            if method != "create" { try environment.call("crm.case", method, [.integer(silent)]) }
            #expect(try events().isEmpty)

            let kinds = try environment.adding(["active_test": false]).search(
                "res.partner.event.type", [["key", "=", .text("crm_case_" + word)]])
            #expect(kinds.count == 1)
            try kinds.write(["active": true])
            if method == "create" {
                _ = try makeCase(environment, ["partner_id": .integer(partner.id)])
            } else {
                try environment.call("crm.case", method, [.integer(silent)])
            }
            #expect(try events() == [.text("Case \(word): Test")])
        }
    }

    @Test(arguments: ["open", "pending", "done", "cancel"])
    func `only drafts are deleted where the team forbids it`(state: String) throws {
        try DemoDatabase.visit { environment in
            let strict = try environment.create("crm.case.section", ["name": "Strict", "allow_unlink": false])
            let draft = try makeCase(environment, ["section_id": .integer(strict.id)])
            let other = try makeCase(environment, ["section_id": .integer(strict.id), "state": .text(state)])
            let free = try makeCase(environment, ["state": .text(state)])
            #expect(
                throws: UserError("Warning !", "You can not delete this case. You should better cancel it.")
            ) { try environment.call("crm.case", "unlink", [.integer(other)]) }
            #expect(try environment.call("crm.case", "unlink", [.integer(draft), .integer(free)]) == true)
            #expect(try environment.call("crm.case", "exists", [.integer(other)]) == true)
            #expect(try environment.call("crm.case", "exists", [.integer(draft)]) == false)
        }
    }

    @Test func `who calls through a portal opens cases of its own partner`() throws {
        try DemoDatabase.visit { environment in
            let partner = try environment.create(
                "res.partner", ["name": "T", "address": [[0, 0, ["name": "A", "email": "a@tester.example"]]]])
            let address = try #require(try partner.many("address").ids.first)
            try environment.record("res.users", 1).write(["address_id": .integer(address)])
            let fields: Value = ["partner_id", "partner_address_id"]
            let own = try environment.call("crm.case", "default_get", fields, ["portal": true]).dictionary
            #expect(own?["partner_id"] == .integer(partner.id))
            #expect(own?["partner_address_id"] == .integer(address))
            let others = try environment.call("crm.case", "default_get", fields).dictionary
            #expect(others?["partner_id"]?.isAbsent != false)
        }
    }

    @Test func `a partner's event tells the mood, the channel and the case`() throws {
        try DemoDatabase.visit { environment in
            try environment.adding(["active_test": false]).search(
                "res.partner.event.type", [["key", "=", "crm_case_open"]]
            ).write(["active": true])
            let som = Value.integer(try environment.demo("crm.som_angry"))
            let channel = try environment.create("res.partner.canal", ["name": "Fax"])
            let partner = try environment.create("res.partner", ["name": "T"])
            let id = try environment.create(
                "crm.case",
                [
                    "name": "T", "section_id": .integer(try environment.demo("crm.section_sales_department")),
                    "partner_id": .integer(partner.id), "som": som, "canal_id": .integer(channel.id),
                ]
            ).id
            try environment.call("crm.case", "case_open", [.integer(id)])
            let event = try #require(
                try environment.search("res.partner.event", [["partner_id", "=", .integer(partner.id)]]).first)
            #expect(try event.value("som") == som)
            #expect(try event.integer("canal_id") == channel.id)
            #expect(try event.text("document") == "crm.case,\(id)")
        }
    }
}
