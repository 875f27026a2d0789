import ORM
import Testing
import Values

/// Meetings are events of the calendar and cases at once.
@Suite struct MeetingTests {
    private func meeting(_ environment: Environment, _ values: FieldValues = [:]) throws -> Record {
        let usual: FieldValues = ["name": "Talk", "date": "2010-05-03 09:00:00", "duration": 1.0]
        return try environment.create("crm.meeting", usual.merging(values) { $1 })
    }

    @Test func `a meeting that recurs is found and read day by day`() throws {
        try DemoDatabase.visit { environment in
            let id = try meeting(environment, ["rrule_type": "daily", "count": 3]).id
            let range: Value = [["date", ">=", "2010-05-01 00:00:00"], ["date", "<=", "2010-05-31 00:00:00"]]
            let found = try environment.call("crm.meeting", "search", range)
            #expect(
                found == [
                    .text("\(id)-20100505090000"), .text("\(id)-20100504090000"), .text("\(id)-20100503090000"),
                ])
            let rows = try environment.call("crm.meeting", "read", found, ["name", "rrule", "date_deadline"])
            #expect(rows.list?.count == 3)
            #expect(rows.list?[0].dictionary?["date_deadline"] == "2010-05-05 10:00:00")
            #expect(rows.list?[0].dictionary?["rrule"] == "FREQ=DAILY;INTERVAL=1;COUNT=3")
        }
    }

    @Test func `an occurrence that is moved stays a meeting of its own`() throws {
        try DemoDatabase.visit { environment in
            let id = try meeting(environment, ["rrule_type": "daily", "count": 3]).id
            _ = try environment.call(
                "crm.meeting", "write", [.text("\(id)-20100504090000")],
                ["name": "Moved", "date": "2010-05-04 15:00:00"])
            let own = try #require(try environment.search("crm.meeting", [["recurrent_uid", "=", .integer(id)]]).first)
            #expect(try own.text("name") == "Moved")
            #expect(try own.text("date") == "2010-05-04 15:00:00")
            #expect(try own.text("date_deadline") == "2010-05-04 16:00:00")
            #expect(try own.text("rrule") == nil)
        }
    }

    @Test func `the buttons go through the states of a meeting, and whoever confirms is told so`() throws {
        try DemoDatabase.visit { environment in
            let record = try meeting(environment)
            let ids: Value = [.integer(record.id)]
            #expect(try record.text("state") == "draft")
            _ = try environment.call("crm.meeting", "case_open", ids)
            let lines = try environment.search(
                "res.log", [["res_model", "=", "crm.meeting"], ["res_id", "=", .integer(record.id)]])
            #expect(try lines.first?.text("name") == "The meeting 'Talk' has been confirmed.")
            _ = try environment.call("crm.meeting", "case_close", ids)
            let closed = try environment.record("crm.meeting", record.id)
            #expect(try closed.text("state") == "done")
            #expect(try closed.text("date_closed") != nil)
            #expect(throws: (any Error).self) { _ = try environment.call("crm.meeting", "case_pending", ids) }
        }
    }

    @Test func `a copy has no history and is not closed`() throws {
        try DemoDatabase.visit { environment in
            let record = try meeting(environment)
            _ = try environment.call("crm.meeting", "case_close", [.integer(record.id)])
            let copy = try environment.call("crm.meeting", "copy", .integer(record.id))
            let made = try environment.record("crm.meeting", try #require(copy.integer))
            #expect(try made.many("message_ids").isEmpty)
            #expect(try made.text("date_closed") == nil)
        }
    }
}
