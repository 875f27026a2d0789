import ORM
import Testing
import Values

/// Alarms ring once they are due.
@Suite struct AlarmRunTests {
    private func ring(_ environment: Environment) throws {
        _ = try environment.call("calendar.alarm", "do_run_scheduler", false)
    }

    private func event(_ environment: Environment, _ values: FieldValues) throws -> Record {
        let quarter = try environment.demo("base_calendar.alarm4")
        let usual: FieldValues = ["name": "Past talk", "duration": 1.0, "alarm_id": .integer(quarter)]
        return try environment.create("calendar.event", usual.merging(values) { $1 })
    }

    private func requests(_ environment: Environment) throws -> Records {
        try environment.search("res.request", [["name", "=", "Past talk"]])
    }

    @Test func `whoever is responsible, and who is invited, gets a request, once`() throws {
        try DemoDatabase.visit { environment in
            let demo = try environment.demo("base.user_demo")
            let guest = try environment.create("calendar.attendee", ["user_id": .integer(demo)])
            let record = try event(
                environment, ["date": "2026-01-05 10:00:00", "attendee_ids": [[6, 0, [.integer(guest.id)]]]])
            try ring(environment)
            try ring(environment)
            let told = try requests(environment)
            #expect(try Set(told.compactMap { try $0.one("act_to")?.id }) == [environment.uid, demo])
            #expect(try told.first?.text("ref_doc1") == "calendar.event,\(record.id)")
            let alarm = try environment.search("calendar.alarm", [["res_id", "=", .integer(record.id)]]).first
            #expect(try alarm?.text("state") == "done")
        }
    }

    @Test func `an event that recurs reminds again`() throws {
        try DemoDatabase.visit { environment in
            let record = try event(environment, ["date": "2026-01-05 10:00:00", "rrule_type": "daily"])
            try ring(environment)
            let alarm = try #require(
                try environment.search("calendar.alarm", [["res_id", "=", .integer(record.id)]]).first)
            #expect(try alarm.text("state") == "run")
            #expect(try alarm.text("trigger_date") ?? "" > Timestamp.now())
            #expect(try alarm.text("trigger_date")?.hasSuffix("09:45:00") == true)
        }
    }

    @Test func `an alarm on what is no event keeps no other from ringing`() throws {
        try DemoDatabase.visit { environment in
            let partners = try environment.search("ir.model", [["model", "=", "res.partner"]])
            let odd = try environment.create(
                "calendar.alarm",
                [
                    "name": "Odd", "model_id": .integer(try #require(partners.ids.first)), "res_id": 1, "state": "run",
                    "trigger_date": "2025-01-01 00:00:00",
                ])
            _ = try event(environment, ["date": "2026-01-05 10:00:00"])
            try ring(environment)
            #expect(try requests(environment).count == 1)
            #expect(try environment.record("calendar.alarm", odd.id).text("state") == "done")
        }
    }

    @Test func `hours beyond all reason are bounded`() throws {
        try DemoDatabase.visit { environment in
            for hours in [1e300, -1e300, Double.infinity, .nan] {
                _ = try environment.call(
                    "calendar.event", "onchange_dates", [], "2026-01-01 10:00:00", .float(hours))
                _ = try environment.call(
                    "resource.calendar", "interval_get", false, "2026-01-01 00:00:00", .float(hours))
            }
        }
    }

    @Test func `users are busy while an event is on`() throws {
        try DemoDatabase.visit { environment in
            func availability() throws -> Value {
                try environment.call("res.users", "read", .integer(environment.uid), ["availability"])
                    .dictionary?["availability"] ?? nil
            }
            #expect(try availability() == "free")
            let record = try event(environment, ["date": .text(Timestamp.now()), "duration": 2.0])
            #expect(try availability() == "busy")
            try record.write(["show_as": "free"])
            #expect(try availability() == "free")
        }
    }
}
