import Foundation
import ORM
import Testing
import Values

/// What is written down about records by hand or by mail, and what messages lead to.
@Suite struct MessagesTests {
    private func lead(_ environment: Environment, _ values: FieldValues = [:]) throws -> RecordID {
        try environment.create("crm.lead", values.merging(["name": "Test"]) { given, _ in given }).id
    }

    private func newest(_ environment: Environment, _ model: ModelName, _ id: RecordID) throws -> Record {
        try #require(
            try environment.search(
                "mailgate.message", [["model", "=", .text(model)], ["res_id", "=", .integer(id)]], limit: 1,
                order: "id desc"
            ).first)
    }

    @Test(arguments: ["crm.lead", "crm.case"])
    func `an event is told with its details, or with the description of its record`(model: String) throws {
        try DemoDatabase.visit { environment in
            let team = Value.integer(try environment.demo("crm.section_sales_department"))
            let partner = try environment.create("res.partner", ["name": "Ann"])
            let id = try environment.create(
                model,
                [
                    "name": "T", "section_id": team, "description": "Wants ten.", "partner_id": .integer(partner.id),
                ]
            ).id
            #expect(try environment.call(model, "history", [.integer(id)], "Note") == true)
            let plain = try newest(environment, model, id)
            #expect(try plain.text("name") == "Note")
            #expect(try plain.text("description") == "Wants ten.")
            #expect(try plain.integer("partner_id") == partner.id)
            #expect(try !plain.flag("history"))
            try environment.call(model, "history", [.integer(id)], "Note", false, nil, false, "Called.")
            #expect(try newest(environment, model, id).text("description") == "Called.")
        }
    }

    @Test func `a mail is kept with everybody it went to, and its partner finds it`() throws {
        try DemoDatabase.visit { environment in
            let partner = try environment.create("res.partner", ["name": "Ann"])
            let id = try lead(environment, ["partner_id": .integer(partner.id)])
            try environment.call(
                "crm.lead", "history", [.integer(id)], "receive", true, "Price?", ["a@x.example", "b@x.example"],
                "How much?", "ann@x.example", "<1@x>", "<0@x>", nil, "c@x.example", "d@x.example",
                "2010-05-03 09:00:00")
            let read = try environment.read(
                "mailgate.message", try newest(environment, "crm.lead", id).id,
                [
                    "name", "description", "history", "date", "email_from", "email_to", "email_cc", "email_bcc",
                    "message_id", "references",
                ])
            #expect(
                read.filter { $0.key != "id" } == [
                    "name": "Price?", "description": "How much?", "history": true, "date": "2010-05-03 09:00:00",
                    "email_from": "ann@x.example", "email_to": "a@x.example, b@x.example", "email_cc": "c@x.example",
                    "email_bcc": "d@x.example", "message_id": "<1@x>", "references": "<0@x>",
                ])
            let message = try newest(environment, "crm.lead", id).id
            #expect(try partner.alone.refreshed.first?.many("emails").ids == [message])
        }
    }

    @Test func `a mail without a sender comes from the responsible, one without a subject is called History`() throws {
        try DemoDatabase.visit { environment in
            try environment.record("res.users", 1).write(["user_email": "root@tester.example"])
            let id = try lead(environment, ["user_id": 1])
            try environment.call("crm.lead", "history", [.integer(id)], "receive", true)
            let message = try newest(environment, "crm.lead", id)
            #expect(try message.text("name") == "History")
            #expect(try message.text("email_from") == "root@tester.example")
        }
    }

    @Test(
        arguments: [
            ("Tue, 24 Nov 2026 11:22:26 +0100 (CET)", 1_795_515_746), ("24 Nov 2026 05:22 -0500", 1_795_515_720),
            ("Tue, 24 Nov 26 10:22:26 GMT", 1_795_515_746), ("Tue, 1 Dec 1998 00:00:60 EST", 912_488_459),
        ])
    func `the date of a mail becomes the server's time`(header: String, moment: Double) throws {
        try DemoDatabase.visit { environment in
            let id = try lead(environment)
            try environment.call(
                "crm.lead", "history", [.integer(id)], "receive", true, nil, false, nil, false, false, nil, nil, nil,
                nil, .text(header))
            let format = DateFormatter()
            format.locale = Locale(identifier: "en_US_POSIX")
            format.dateFormat = "yyyy-MM-dd HH:mm:ss"
            let expected = format.string(from: Date(timeIntervalSince1970: moment))
            #expect(try newest(environment, "crm.lead", id).text("date") == expected)
        }
    }

    @Test(arguments: [
        "", "yesterday", "99 Nov 2026 10:00", "1 Foo 2026 10:00", "1 Nov 2026 25:00", "1 Nov 2026 1:2:3:4",
    ])
    func `a mail whose date says nothing is of today`(header: String) throws {
        try DemoDatabase.visit { environment in
            let id = try lead(environment)
            let before = Timestamp.now()
            try environment.call(
                "crm.lead", "history", [.integer(id)], "receive", true, nil, false, nil, false, false, nil, nil, nil,
                nil, .text(header))
            let date = try #require(try newest(environment, "crm.lead", id).text("date"))
            #expect(before <= date && date <= Timestamp.now())
        }
    }

    @Test func `files come along once for each record and hang on its message`() throws {
        try DemoDatabase.visit { environment in
            let ids = [try lead(environment), try lead(environment)]
            try environment.call(
                "crm.lead", "history", .list(ids.map { .integer($0) }), "Note", false, nil, false, "See there.",
                false, false, nil, [["plan.txt", "Hello"], ["more.txt", "!"]])
            for id in ids {
                let message = try newest(environment, "crm.lead", id)
                let files = try message.many("attachment_ids")
                #expect(Set(try files.map { try $0.text("name") }.values) == ["plan.txt", "more.txt"])
                #expect(Set(try files.map { try $0.text("datas") }.values) == ["SGVsbG8=", "IQ=="])
                #expect(try files.allSatisfy { try $0.text("res_model") == "crm.lead" && $0.integer("res_id") == id })
                let action = try environment.call("mailgate.message", "open_attachment", [.integer(message.id)])
                #expect(action.dictionary?["res_model"] == "ir.attachment")
                let listed = files.ids.map(String.init).joined(separator: ",")
                #expect(action.dictionary?["domain"] == .text("[('id','in',[\(listed)])]"))
            }
        }
    }

    @Test(arguments: [["file"], [["name"]], [["name", 1]], "file"] as [Value])
    func `what is no list of files is refused`(files: Value) throws {
        try DemoDatabase.visit { environment in
            let id = try lead(environment)
            #expect(throws: ORMError.self) {
                try environment.call(
                    "crm.lead", "history", [.integer(id)], "Note", false, nil, false, nil, false, false, nil, files)
            }
            #expect(try environment.messages("crm.lead", id) == [])
        }
    }

    @Test func `who may only read messages writes none`() throws {
        try DemoDatabase.visit { environment in
            let employee = try environment.create(
                "res.users",
                [
                    "name": "Reader", "login": "reader", "password": "reader",
                    "groups_id": [[6, 0, [.integer(try environment.demo("base.group_user"))]]],
                ])
            let id = try lead(environment)
            #expect(throws: ModelAccessDenied.self) {
                try environment.with(uid: employee.id).call("crm.lead", "history", [.integer(id)], "Note")
            }
        }
    }

    @Test(arguments: ["crm.lead", "crm.case"])
    func `who follows a case is told by its number`(model: String) throws {
        try DemoDatabase.visit { environment in
            try environment.record("res.users", 1).write(["user_email": "root@tester.example"])
            let team = Value.integer(try environment.demo("crm.section_sales_department"))
            let first = try environment.create(
                model, ["name": "T", "section_id": team, "user_id": 1, "email_cc": "bob@tester.example"]
            ).id
            let second = try environment.create(model, ["name": "T", "section_id": team, "user_id": false]).id
            let answer = try environment.call(model, "message_followers", [.integer(first), .integer(second)])
            let followers = try #require(answer.dictionary)
            #expect(followers[String(first)] == ["bob@tester.example", "root@tester.example"])
            #expect(followers[String(second)]?.list?.allSatisfy(\.isAbsent) == true)
        }
    }

    @Test func `a message opens the record it is about`() throws {
        try DemoDatabase.visit { environment in
            let id = try lead(environment)
            try environment.call("crm.lead", "case_open", [.integer(id)])
            let message = try newest(environment, "crm.lead", id)
            let action = try environment.call("mailgate.message", "open_document", [.integer(message.id)])
            #expect(action.dictionary?["res_model"] == "crm.lead")
            #expect(action.dictionary?["type"] == "ir.actions.act_window")
            #expect(action.dictionary?["domain"] == .text("[('id','=',\(id))]"))
            let lost = try environment.create("mailgate.message", ["name": "Open"])
            #expect(try environment.call("mailgate.message", "open_document", [.integer(lost.id)]) == false)
        }
    }

    @Test func `a list of messages shows times in the reader's zone`() throws {
        try DemoDatabase.visit { environment in
            let message = try environment.create(
                "mailgate.message", ["name": "Open", "user_id": 1, "date": "2010-05-03 09:00:00"])
            func shown(_ context: [String: Value]) throws -> String {
                try environment.adding(context).record("mailgate.message", message.id).text("display_text") ?? ""
            }
            let served = try shown([:])
            #expect(served.contains(" on 2010-05-03 09:00:00:\n\tChanged Status to: Open"))
            #expect(try shown(["tz": false]) == served)
            #expect(try shown(["tz": "Nowhere/Land"]) == served)
            let offset = TimeZone.current.secondsFromGMT(for: Date(timeIntervalSince1970: 1_272_870_000))
            let format = DateFormatter()
            format.locale = Locale(identifier: "en_US_POSIX")
            format.timeZone = TimeZone(identifier: "Asia/Kolkata")
            format.dateFormat = "yyyy-MM-dd HH:mm:ss"
            let moment = Date(timeIntervalSince1970: 1_272_877_200 - Double(offset))
            #expect(try shown(["tz": "Asia/Kolkata"]).contains(" on \(format.string(from: moment)):"))
        }
    }
}
