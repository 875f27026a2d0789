import ORM
import Testing
import Values

/// Requests that users send one another.
@Suite struct RequestsTests {
    private static let demo = DemoDatabase.demoUser

    private func request(_ environment: Environment, _ values: FieldValues = [:]) throws -> RecordID {
        let own: FieldValues = ["name": "Call him", "act_to": .integer(Self.demo), "body": "Today, please."]
        return try environment.create("res.request", own.merging(values) { $1 }).id
    }

    @Test func `a request waits for its answer with its text in the history`() throws {
        try DemoDatabase.visit { environment in
            let id = try request(environment)
            #expect(try environment.call("res.request", "request_send", [.integer(id)]) == true)
            let sent = try environment.record("res.request", id)
            #expect(try sent.text("state") == "waiting")
            #expect(try sent.text("date_sent") != nil)
            let line = try #require(try sent.many("history").first)
            #expect(try line.text("name") == "Today, please....")
            #expect(try line.text("body") == "Today, please.")
            #expect(try line.one("act_to")?.id == Self.demo)
        }
    }

    @Test(arguments: [("", "/"), (String(repeating: "é", count: 200), String(repeating: "é", count: 125) + "...")])
    func `the history's summary is the beginning of the text`(body: String, summary: String) throws {
        try DemoDatabase.visit { environment in
            let id = try request(environment, ["body": .text(body)])
            try environment.call("res.request", "request_send", [.integer(id)])
            #expect(try environment.record("res.request", id).many("history").first?.text("name") == summary)
        }
    }

    @Test func `an answer goes back to the sender`() throws {
        try DemoDatabase.visit { environment in
            let id = try request(environment, ["trigger_date": "2020-01-01 10:00:00"])
            try environment.call("res.request", "request_send", [.integer(id)])
            try environment.with(uid: Self.demo).call("res.request", "request_reply", [.integer(id)])
            let answered = try environment.record("res.request", id)
            #expect(try answered.text("state") == "active")
            #expect(try answered.one("act_from")?.id == Self.demo)
            #expect(try answered.one("act_to")?.id == 1)
            #expect(try answered.text("body") == "")
            #expect(try answered.text("trigger_date") == nil)
            try environment.call("res.request", "request_close", [.integer(id)])
            #expect(try environment.record("res.request", id).text("state") == "closed")
        }
    }

    @Test func `each is told of his own requests that are due and open`() throws {
        try DemoDatabase.visit { environment in
            let known = try #require(try environment.call("res.request", "request_get").list)
            #expect(known == [[], [.integer(try environment.demo("base.res_partner_asustek_request"))]])
            let id = Value.integer(try request(environment, ["trigger_date": "2020-01-01 10:00:00"]))
            _ = try request(environment, ["trigger_date": "2999-01-01 10:00:00"])
            _ = try request(environment, ["state": "closed"])
            _ = try request(environment, ["active": false])
            #expect(try environment.call("res.request", "request_get") == [[], .list((known[1].list ?? []) + [id])])
            let demo = environment.with(uid: Self.demo)
            #expect(try demo.call("res.request", "request_get") == [.list((known[1].list ?? []) + [id]), []])
        }
    }
}
