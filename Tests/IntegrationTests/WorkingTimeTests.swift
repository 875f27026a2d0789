import ORM
import Testing
import Values

/// Working calendars: when so many hours of work are done.
@Suite struct WorkingTimeTests {
    /// 1 August 2011 was a Monday.
    private func calendar(_ environment: Environment) throws -> Value {
        .integer(try environment.demo("resource.timesheet_group1"))
    }

    @Test func `work goes from the morning to the evening and on to the next day`() throws {
        try DemoDatabase.visit { environment in
            let found = try environment.call(
                "resource.calendar", "interval_get", calendar(environment), "2011-08-01 10:00:00", 9.5)
            #expect(
                found == [
                    ["2011-08-01 10:00:00", "2011-08-01 12:00:00"], ["2011-08-01 13:00:00", "2011-08-01 18:00:00"],
                    ["2011-08-02 08:00:00", "2011-08-02 10:30:00"],
                ])
        }
    }

    @Test func `nobody works at weekends, nor backwards`() throws {
        try DemoDatabase.visit { environment in
            let calendar = try calendar(environment)
            #expect(
                try environment.call("resource.calendar", "interval_get", calendar, "2011-08-06 10:00:00", 1)
                    == [["2011-08-08 08:00:00", "2011-08-08 09:00:00"]])
            #expect(
                try environment.call("resource.calendar", "interval_min_get", calendar, "2011-08-08 09:00:00", 2)
                    == [
                        ["2011-08-08 08:00:00", "2011-08-08 09:00:00"], ["2011-08-05 17:00:00", "2011-08-05 18:00:00"],
                    ])
            #expect(
                try environment.call(
                    "resource.calendar", "interval_hours_get", calendar, "2011-08-05 17:00:00", "2011-08-08 09:00:00")
                    == 2.0)
        }
    }

    @Test func `leaves of all and of the resource are no working time`() throws {
        try DemoDatabase.visit { environment in
            let calendar = try calendar(environment)
            let resource = try environment.create("resource.resource", ["name": "Drill", "calendar_id": calendar])
            for (owner, from, to) in [
                (false, "2011-08-01 00:00:00", "2011-08-01 10:00:00"),
                (.integer(resource.id), "2011-08-01 11:00:00", "2011-08-02 13:00:00"),
            ] as [(Value, Value, Value)] {
                try environment.create(
                    "resource.calendar.leaves",
                    ["calendar_id": calendar, "resource_id": owner, "date_from": from, "date_to": to])
            }
            let start: Value = "2011-08-01 06:00:00"
            #expect(
                try environment.call("resource.calendar", "interval_get", calendar, start, 2)
                    == [["2011-08-01 10:00:00", "2011-08-01 12:00:00"]])
            let own = try environment.call(
                "resource.calendar", "interval_get", calendar, start, 2, .integer(resource.id))
            #expect(
                own == [
                    ["2011-08-01 10:00:00", "2011-08-01 11:00:00"], ["2011-08-02 13:00:00", "2011-08-02 14:00:00"],
                ])
            #expect(
                try environment.call("resource.resource", "compute_vacation", calendar, .integer(resource.id))
                    == ["2011-08-01", "2011-08-01", "2011-08-02"])
        }
    }

    @Test func `a calendar without a single hour ends the search, wrong moments are refused`() throws {
        try DemoDatabase.visit { environment in
            let empty = try environment.create("resource.calendar", ["name": "Idle"])
            #expect(
                try environment.call("resource.calendar", "interval_get", .integer(empty.id), "2011-08-01", 1e12) == [])
            #expect(throws: ORMError.self) {
                try environment.call("resource.calendar", "interval_get", .integer(empty.id), "soon", 1)
            }
            let several = try environment.call(
                "resource.calendar", "interval_get_multi", [["2011-08-01 00:00:00", 2, false]])
            #expect(
                several == ["2011-08-01 00:00:00,2,False": [["2011-08-01 00:00:00", "2011-08-01 02:00:00"]]])
        }
    }

    @Test func `a leave ends after it begins`() throws {
        try DemoDatabase.visit { environment in
            let error = #expect(throws: ValidationFailure.self) {
                try environment.create(
                    "resource.calendar.leaves",
                    ["date_from": "2011-08-02 00:00:00", "date_to": "2011-08-01 00:00:00"])
            }
            #expect(
                error?.failures.first?.message == "Error! leave start-date must be lower then leave end-date.")
        }
    }

    @Test func `a resource tells its calendar, week and name`() throws {
        try DemoDatabase.visit { environment in
            let calendar = try calendar(environment)
            let drill = try environment.create(
                "resource.resource", ["name": "Drill", "calendar_id": calendar, "user_id": 1, "time_efficiency": 2])
            #expect(
                try environment.call(
                    "resource.calendar.leaves", "onchange_resource", [], .integer(drill.id))
                    == ["value": ["calendar_id": calendar]])
            #expect(try environment.record("resource.resource", drill.copy()).text("name") == "Drill (copy)")
            let week = try environment.call("resource.resource", "compute_working_calendar", calendar)
            #expect(week.list?.count == 5)
            #expect(week.list?.first == ["mon", "8:00-12:00", "13:00-18:00"])
            let resources = try environment.call("resource.resource", "generate_resources", [1], calendar)
            #expect(resources.dictionary?["1"]?.dictionary?["vacation"] == [])
        }
    }
}
