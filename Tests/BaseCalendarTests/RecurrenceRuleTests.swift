import Foundation
import Testing

@testable import BaseCalendarAddon

@Suite struct RecurrenceRuleTests {
    private func days(_ text: String, from start: String, until end: String? = nil) throws -> [String] {
        let rule = try #require(RecurrenceRule(text))
        let dates = try rule.occurrences(
            from: #require(CalendarTime.date(start)), until: end.map { try #require(CalendarTime.date($0)) })
        return dates.map { String(CalendarTime.text($0).prefix(10)) }
    }

    @Test(arguments: [
        "FREQ=WEEKLY;BYDAY=TU;INTERVAL=1;COUNT=3", "FREQ=MONTHLY;INTERVAL=2;UNTIL=20270601T235959Z;BYDAY=-1SU",
        "FREQ=DAILY;INTERVAL=1", "FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=5", "FREQ=YEARLY;INTERVAL=4;COUNT=2",
        "FREQ=WEEKLY;BYDAY=MO,WE,FR;INTERVAL=2",
    ])
    func `rules as OpenERP writes them are read and written the same`(_ text: String) throws {
        #expect(try #require(RecurrenceRule(text)).text == text)
    }

    @Test(arguments: [
        "", "WEEKLY", "FREQ=SOMETIMES", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;COUNT=-1", "FREQ=DAILY;UNTIL=soon",
        "FREQ=MONTHLY;BYMONTHDAY=32", "FREQ=WEEKLY;BYDAY=XX", "FREQ=MONTHLY;BYDAY=9MO", "FREQ=DAILY;BYWHAT=1",
        "FREQ=DAILY;UNTIL=20270230", String(repeating: "FREQ=DAILY;", count: 40),
    ])
    func `what is no rule is none`(_ text: String) {
        #expect(RecurrenceRule(text) == nil)
    }

    @Test func `days, weeks, months and years go on from the beginning`() throws {
        #expect(
            try days("FREQ=DAILY;INTERVAL=2;COUNT=3", from: "2026-12-30 09:00:00")
                == ["2026-12-30", "2027-01-01", "2027-01-03"])
        #expect(
            try days("FREQ=WEEKLY;BYDAY=TU;INTERVAL=1;COUNT=3", from: "2026-12-01 10:00:00")
                == ["2026-12-01", "2026-12-08", "2026-12-15"])
        #expect(
            try days("FREQ=WEEKLY;BYDAY=MO,FR;INTERVAL=2;COUNT=4", from: "2026-11-30 10:00:00")
                == ["2026-11-30", "2026-12-04", "2026-12-14", "2026-12-18"])
        #expect(
            try days("FREQ=MONTHLY;INTERVAL=1;COUNT=3;BYDAY=-1SU", from: "2026-11-29 10:00:00")
                == ["2026-11-29", "2026-12-27", "2027-01-31"])
        #expect(
            try days("FREQ=MONTHLY;INTERVAL=1;COUNT=3;BYMONTHDAY=31", from: "2026-10-31 10:00:00")
                == ["2026-10-31", "2026-12-31", "2027-01-31"])
        #expect(
            try days("FREQ=YEARLY;INTERVAL=1;COUNT=2", from: "2026-11-24 10:00:00") == ["2026-11-24", "2027-11-24"])
    }

    @Test func `the end asked for and the rule's own both hold, whichever comes first`() throws {
        #expect(
            try days("FREQ=DAILY;INTERVAL=1", from: "2026-11-24 10:00:00", until: "2026-11-26 10:00:00")
                == ["2026-11-24", "2026-11-25", "2026-11-26"])
        #expect(
            try days("FREQ=DAILY;INTERVAL=1;COUNT=9;UNTIL=20261125T235959Z", from: "2026-11-24 10:00:00")
                == ["2026-11-24", "2026-11-25"])
        #expect(try days("FREQ=DAILY;INTERVAL=1", from: "2026-11-24 10:00:00", until: "2026-11-01 00:00:00").isEmpty)
    }

    @Test func `a rule without an end stops somewhere`() throws {
        #expect(
            try days("FREQ=HOURLY;INTERVAL=1", from: "2026-11-24 10:00:00").count == RecurrenceRule.mostOccurrences)
    }
}
