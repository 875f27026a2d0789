import Testing
import Values

@testable import BaseCalendarAddon

@Suite struct EventTimesTests {
    @Test func `without a beginning nothing follows`() {
        #expect(EventTimes.values(start: false, duration: 2, end: false, allDay: true).isEmpty)
        #expect(EventTimes.values(start: "soon", duration: 2, end: false, allDay: false).isEmpty)
    }

    @Test func `the end follows from the duration, an hour unless said`() {
        #expect(
            EventTimes.values(start: "2010-05-01 10:00:00", duration: 2.5, end: false, allDay: false)
                == ["date_deadline": "2010-05-01 12:30:00"])
        #expect(
            EventTimes.values(start: "2010-05-01 23:30:00", duration: false, end: false, allDay: false)
                == ["date_deadline": "2010-05-02 00:30:00", "duration": 1.0])
    }

    @Test func `the duration follows from the end, whichever was given`() {
        #expect(
            EventTimes.values(start: "2010-05-01 10:00:00", duration: 7, end: "2010-05-01 10:20:00", allDay: false)
                == ["duration": 0.33])
        #expect(
            EventTimes.values(start: "2010-05-01 10:00:00", duration: false, end: "2010-05-02 10:00:00", allDay: false)
                == ["duration": 24.0])
    }

    @Test func `all day is 24 hours`() {
        #expect(
            EventTimes.values(start: "2010-05-01 10:00:00", duration: false, end: false, allDay: true)
                == ["duration": 24, "date_deadline": "2010-05-02 10:00:00"])
    }
}
