import ORM
import PostgreSQL
import SQL
import Testing
import Values

/// Calls that came in and calls to make.
@Suite struct PhoneCallTests {
    private func call(_ environment: Environment, _ values: FieldValues = [:]) throws -> Record {
        try environment.create("crm.phonecall", values.merging(["name": "Test"]) { given, _ in given })
    }

    @Test func `a new call is to be made by who notes it`() throws {
        try DemoDatabase.visit { environment in
            let record = try call(environment)
            #expect(try record.text("state") == "open")
            #expect(try record.one("user_id")?.id == environment.uid)
            #expect(try record.one("section_id") == nil)
            #expect(try record.text("date") != nil)
        }
    }

    @Test func `a call that is over took as long as it is since it began, unless somebody said`() throws {
        try DemoDatabase.visit { environment in
            let begun = try environment.rows(
                "SELECT to_char(now() AT TIME ZONE 'UTC' - interval '10 minutes', 'YYYY-MM-DD HH24:MI:SS')")
            let open = try call(environment, ["date": .text(begun.text(0, 0) ?? "")])
            let told = try call(environment, ["duration": 3.5])
            let later = try call(environment, ["date": "2099-01-01 10:00:00"])
            let ids: Value = [.integer(open.id), .integer(told.id), .integer(later.id)]
            #expect(try environment.call("crm.phonecall", "case_close", ids) == true)
            let closed = try environment.records("crm.phonecall", [open.id, told.id, later.id])
            #expect(try closed.map { try $0.text("state") ?? "" }.values.allSatisfy { $0 == "done" })
            let durations = try closed.map { try $0.float("duration") }
            #expect((9.5...12).contains(durations[open.id] ?? 0))
            #expect(durations[told.id] == 3.5)
            #expect(durations[later.id] == 0)
            _ = try environment.call("crm.phonecall", "case_reset", ids)
            #expect(try environment.record("crm.phonecall", told.id).float("duration") == 0)
            #expect(try environment.record("crm.phonecall", told.id).text("state") == "draft")
        }
    }

    @Test func `a form takes over the phones of the partner's address`() throws {
        try DemoDatabase.visit { environment in
            let address = try environment.demo("base.res_partner_address_8")
            try environment.record("res.partner.address", address).write(["phone": "12", "mobile": "34"])
            let answer = try environment.call(
                "crm.phonecall", "onchange_partner_address_id", [], .integer(address), false)
            #expect(
                answer == [
                    "value": ["email_from": false, "phone": "12", "partner_phone": "12", "partner_mobile": "34"]
                ])
        }
    }

    @Test func `a meeting about a call takes over whom it is with`() throws {
        try DemoDatabase.visit { environment in
            let partner = try environment.demo("base.res_partner_agrolait")
            let record = try call(environment, ["partner_id": .integer(partner)])
            let action = try environment.call("crm.phonecall", "action_make_meeting", [.integer(record.id)])
            #expect(action.dictionary?["res_model"] == "crm.meeting")
            let context = action.dictionary?["context"]?.dictionary
            #expect(context?["default_phonecall_id"] == .integer(record.id))
            #expect(context?["default_partner_id"] == .integer(partner))
        }
    }
}
