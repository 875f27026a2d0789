import ORM
import Testing
import Values

/// Events of a calendar as clients see them: one that recurs stands for all its occurrences.
@Suite struct CalendarEventTests {
    private static let range: Value = [["date", ">=", "2026-12-01 00:00:00"], ["date", "<=", "2026-12-31 23:59:59"]]

    private func event(_ environment: Environment, _ values: FieldValues = [:]) throws -> RecordID {
        let usual: FieldValues = ["name": "Weekly talk", "date": "2026-12-01 10:00:00", "duration": 1.5]
        return try environment.create("calendar.event", usual.merging(values) { $1 }).id
    }

    private static let weekly: FieldValues = ["rrule_type": "weekly", "tu": true, "count": 3, "recurrency": true]

    private func found(_ environment: Environment, _ domain: Value = range) throws -> [String] {
        try environment.call("calendar.event", "search", domain).list?.map(\.plainText) ?? []
    }

    private func read(_ environment: Environment, _ ids: Value, _ fields: Value) throws -> Value {
        try environment.call("calendar.event", "read", ids, fields)
    }

    @Test func `a rule stands in the fields and is written as text, and the other way round`() throws {
        try DemoDatabase.visit { environment in
            let id = try event(environment, Self.weekly)
            let record = try environment.record("calendar.event", id)
            #expect(try record.text("rrule") == "FREQ=WEEKLY;BYDAY=TU;INTERVAL=1;COUNT=3")
            #expect(try record.text("date_deadline") == "2026-12-01 11:30:00")
            try record.write(["rrule": "FREQ=MONTHLY;INTERVAL=2;UNTIL=20270601T235959Z;BYDAY=-1SU"])
            let again = try environment.record("calendar.event", id)
            #expect(try again.text("rrule") == "FREQ=MONTHLY;INTERVAL=2;UNTIL=20270601T235959Z;BYDAY=-1SU")
            #expect(try again.text("rrule_type") == "monthly")
            #expect(try again.integer("interval") == 2)
            #expect(try again.text("end_date") == "2027-06-01")
            #expect(try again.text("byday") == "-1")
            #expect(try again.text("week_list") == "SU")
            #expect(try again.flag("tu") == false)
        }
    }

    @Test func `rules that cannot be are refused`() throws {
        try DemoDatabase.visit { environment in
            #expect(throws: UserError("Error!", "Please select proper Day of month")) {
                _ = try event(environment, ["rrule_type": "monthly", "select1": "date", "day": 32])
            }
            #expect(throws: UserError.self) { _ = try event(environment, ["rrule_type": "daily", "interval": -1]) }
            let id = try event(environment)
            #expect(throws: UserError.self) {
                try environment.record("calendar.event", id).write(["rrule": "EVERY DAY"])
            }
        }
    }

    @Test func `a search with dates finds occurrences, one without finds events`() throws {
        try DemoDatabase.visit { environment in
            let id = try event(environment, Self.weekly)
            let single = try event(environment, ["date": "2026-12-05 10:00:00"])
            let named: Value = [["id", "in", [.integer(id), .integer(single)]]]
            #expect(Set(try found(environment, named)) == ["\(id)", "\(single)"])
            let both = try found(environment, .list((named.list ?? []) + (Self.range.list ?? [])))
            #expect(
                both.sorted()
                    == [
                        "\(id)-20261201100000", "\(id)-20261208100000", "\(id)-20261215100000",
                        "\(single)-20261205100000",
                    ].sorted())
            // Up to the end asked for, whatever stands before it in the domain.
            let until: Value = ["|", ["date", "<=", "2026-12-08 10:00:00"], ["id", "=", .integer(id)]]
            #expect(try found(environment, until).count(where: { $0.hasPrefix("\(id)-") }) == 2)
            #expect(try environment.call("calendar.event", "search_count", named) == 2)
        }
    }

    @Test func `an occurrence reads with its own times, and date and duration are always told`() throws {
        try DemoDatabase.visit { environment in
            let id = try event(environment, Self.weekly)
            let rows = try read(environment, [.text("\(id)-20261208100000"), .integer(id)], ["name", "date_deadline"])
            #expect(
                rows == [
                    [
                        "id": .text("\(id)-20261208100000"), "name": "Weekly talk", "date": "2026-12-08 10:00:00",
                        "date_deadline": "2026-12-08 11:30:00", "duration": 1.5,
                    ],
                    [
                        "id": .integer(id), "name": "Weekly talk", "date": "2026-12-01 10:00:00",
                        "date_deadline": "2026-12-01 11:30:00", "duration": 1.5,
                    ],
                ])
            let one = try read(environment, .text("\(id)-20261215100000"), ["name"])
            #expect(one.dictionary?["date"] == "2026-12-15 10:00:00")
            let named = try environment.call("calendar.event", "name_get", [.text("\(id)-20261215100000")])
            #expect(named == [[.integer(id), "Weekly talk"]])
        }
    }

    @Test func `a change of one occurrence makes an event of its own of it`() throws {
        try DemoDatabase.visit { environment in
            let id = try event(environment, Self.weekly)
            _ = try environment.call(
                "calendar.event", "write", [.text("\(id)-20261208100000")], ["name": "Moved", "location": "Upstairs"])
            let detached = try environment.search("calendar.event", [["recurrent_uid", "=", .integer(id)]])
            let own = try #require(detached.first)
            #expect(try own.text("name") == "Moved")
            #expect(try own.text("date") == "2026-12-08 10:00:00")
            #expect(try own.text("recurrent_id") == "2026-12-08 10:00:00")
            #expect(try own.flag("recurrency") == false)
            #expect(try own.text("rrule")?.isEmpty != false)
            #expect(try environment.record("calendar.event", id).text("exdate") == "20261208T100000")
            #expect(try environment.record("calendar.event", id).text("name") == "Weekly talk")
            let all = try found(
                environment, .list([["name", "in", ["Moved", "Weekly talk"]]] + (Self.range.list ?? [])))
            #expect(
                Set(all)
                    == ["\(id)-20261201100000", "\(id)-20261215100000", "\(own.id)-20261208100000"])
        }
    }

    @Test func `a change meant for all concerns the event`() throws {
        try DemoDatabase.visit { environment in
            let id = try event(environment, Self.weekly)
            _ = try environment.call(
                "calendar.event", "write", [.text("\(id)-20261208100000")], ["name": "All", "edit_all": true])
            #expect(try environment.record("calendar.event", id).text("name") == "All")
            #expect(try environment.search("calendar.event", [["recurrent_uid", "=", .integer(id)]]).isEmpty)
            try environment.record("calendar.event", id).write(["name": "Again"])
            #expect(try environment.record("calendar.event", id).flag("edit_all") == false)
        }
    }

    @Test func `one occurrence can be deleted, and the event takes what came of it along`() throws {
        try DemoDatabase.visit { environment in
            let id = try event(environment, Self.weekly)
            _ = try environment.call("calendar.event", "unlink", [.text("\(id)-20261201100000")])
            #expect(try environment.records("calendar.event", [id]).exist())
            _ = try environment.call("calendar.event", "write", [.text("\(id)-20261208100000")], ["name": "Moved"])
            let detached = try environment.search("calendar.event", [["recurrent_uid", "=", .integer(id)]])
            _ = try environment.call("calendar.event", "unlink", [.integer(id)])
            #expect(try detached.exist() == false)
        }
    }

    @Test func `an alarm follows the event's times and goes with it`() throws {
        try DemoDatabase.visit { environment in
            let quarter = try environment.demo("base_calendar.alarm4")
            let id = try event(environment, ["alarm_id": .integer(quarter)])
            func alarms() throws -> Records {
                try environment.search(
                    "calendar.alarm", [["res_id", "=", .integer(id)], ["model_id.model", "=", "calendar.event"]])
            }
            let first = try #require(try alarms().first)
            #expect(try first.text("trigger_date") == "2026-12-01 09:45:00")
            #expect(try first.text("state") == "run")
            try environment.record("calendar.event", id).write(["date": "2026-12-02 08:00:00"])
            let second = try #require(try alarms().first)
            #expect(try alarms().count == 1)
            #expect(try second.text("trigger_date") == "2026-12-02 07:45:00")
            let kept = try environment.record("calendar.event", id).one("base_calendar_alarm_id")
            #expect(kept?.id == second.id)
            _ = try environment.call("calendar.event", "unlink", [.integer(id)])
            #expect(try alarms().isEmpty)
        }
    }

    @Test func `whoever accepts gets a copy of the event`() throws {
        try DemoDatabase.visit { environment in
            let id = try event(environment)
            let demo = try environment.demo("base.user_demo")
            let attendee = try environment.create(
                "calendar.attendee", ["user_id": .integer(demo), "ref": .text("calendar.event,\(id)")])
            #expect(try attendee.text("cn") == "Demo User")
            #expect(try attendee.text("event_date") == "2026-12-01 10:00:00")
            #expect(try environment.call("calendar.attendee", "do_accept", [.integer(attendee.id)]) == true)
            let copy = try environment.search("calendar.event", [["user_id", "=", .integer(demo)]])
            #expect(copy.count == 1)
            #expect(try copy.first?.one("organizer_id")?.id == environment.uid)
            #expect(throws: UserError("Warning!", "Can not Duplicate")) {
                _ = try environment.call("calendar.attendee", "copy", .integer(attendee.id))
            }
        }
    }

    @Test func `guests are invited by the dialog`() throws {
        try DemoDatabase.visit { environment in
            let id = try event(environment)
            let context: Value = [
                "model": "calendar.event", "attendee_field": "attendee_ids", "active_id": .integer(id),
            ]
            let dialog = try environment.create(
                "base_calendar.invite.attendee", ["type": "external", "email": "guest@example.com"])
            _ = try environment.call("base_calendar.invite.attendee", "do_invite", [.integer(dialog.id)], context)
            let guests = try environment.record("calendar.event", id).many("attendee_ids")
            #expect(try guests.map { try $0.text("email") }.values.map(\.self) == ["guest@example.com"])
            let nobody = try environment.create("base_calendar.invite.attendee", ["type": "external"])
            #expect(throws: UserError("Error!", "External Email must have an email  Address to send mail")) {
                _ = try environment.call("base_calendar.invite.attendee", "do_invite", [.integer(nobody.id)], context)
            }
        }
    }
}
