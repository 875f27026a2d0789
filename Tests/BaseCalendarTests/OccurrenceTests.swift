import Testing
import Values

@testable import BaseCalendarAddon

@Suite struct OccurrenceTests {
    @Test func `an occurrence is named by its event and its beginning`() throws {
        let occurrence = try #require(Occurrence("16-20261205100000"))
        #expect(occurrence.event == 16)
        #expect(CalendarTime.text(occurrence.date) == "2026-12-05 10:00:00")
        #expect(occurrence.text == "16-20261205100000")
        #expect(occurrence.exception == "20261205T100000")
    }

    @Test(arguments: [
        "16", "16-", "-20261205100000", "16-20261305100000", "0-20261205100000", "16-2026120510000",
        "99999999999-20261205100000", "16-20261205250000", "a-20261205100000",
    ])
    func `other texts name none`(_ text: String) {
        #expect(Occurrence(text) == nil)
    }

    @Test func `clients name events by numbers, digits and occurrences`() {
        #expect(EventID(16)?.event == 16)
        #expect(EventID("16")?.event == 16)
        #expect(EventID("16-20261205100000")?.event == 16)
        #expect(EventID(false) == nil)
        #expect(EventID("sixteen") == nil)
    }
}
