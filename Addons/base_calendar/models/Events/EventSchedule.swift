internal import Foundation
internal import ORM

/// When an event takes place: once, or as its rule says without its exceptions.
struct EventSchedule {
    let start: Date
    let rule: String?
    /// Occurrences that do not take place: `20261208T100000`, separated by commas.
    let exceptions: String?
    /// A rule of such.
    let exceptionRule: String?

    /// nil for an event without a beginning.
    init?(of event: Record) throws {
        guard let start = try event.text("date").flatMap(CalendarTime.date) else { return nil }
        self.init(
            start: start, rule: try event.text("rrule"), exceptions: try event.text("exdate"),
            exceptionRule: try event.text("exrule"))
    }

    init(start: Date, rule: String?, exceptions: String?, exceptionRule: String?) {
        (self.start, self.rule) = (start, rule)
        (self.exceptions, self.exceptionRule) = (exceptions, exceptionRule)
    }

    /// The beginnings in order.
    ///
    /// - Parameter end: The last moment asked for; nil is no end but the rule's own, and a bound on their number.
    func dates(until end: Date?) -> [Date] {
        guard let rule = rule.flatMap({ RecurrenceRule($0) }) else {
            return end.map { start > $0 } == true ? [] : [start]
        }
        var dates = rule.occurrences(from: start, until: end)
        var excluded = Set((exceptions ?? "").split(separator: ",").compactMap { CalendarTime.date(compact: $0) })
        if let exclusion = exceptionRule.flatMap({ RecurrenceRule($0) }) {
            excluded.formUnion(exclusion.occurrences(from: start, until: dates.last ?? start))
        }
        dates.removeAll(where: excluded.contains)
        return dates
    }
}
