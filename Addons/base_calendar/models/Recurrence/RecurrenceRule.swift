internal import Foundation

/// A rule by which an event recurs, as iCalendar writes it: `FREQ=WEEKLY;BYDAY=TU;INTERVAL=1;COUNT=3`. What calendars
/// of OpenERP use of RFC 5545 is read: FREQ, INTERVAL, COUNT, UNTIL, BYDAY, BYMONTHDAY.
struct RecurrenceRule: Equatable {
    enum Frequency: String, CaseIterable {
        case hourly = "HOURLY", daily = "DAILY", weekly = "WEEKLY", monthly = "MONTHLY", yearly = "YEARLY"
    }

    /// A day of the week; in a month's rule the number of it, from the end when negative.
    struct Day: Equatable {
        let weekday: Locale.Weekday
        let number: Int?
    }

    var frequency: Frequency
    var interval = 1
    var count: Int?
    var until: Date?
    var days: [Day] = []
    /// The day of the month: 1 to 31.
    var monthDay: Int?

    /// The two letters of iCalendar, Monday first.
    static let letters: [(text: String, weekday: Locale.Weekday)] = [
        ("MO", .monday), ("TU", .tuesday), ("WE", .wednesday), ("TH", .thursday), ("FR", .friday), ("SA", .saturday),
        ("SU", .sunday),
    ]

    /// More occurrences of one event are never told: a rule without an end would go on for ever. With an end asked for,
    /// those next to it are told.
    static let mostOccurrences = 1_000

    /// How long a rule without an end is followed: ten years, of hours a few weeks.
    private func horizon(from start: Date) -> Date {
        start.addingTimeInterval((frequency == .hourly ? 42 : 3_653) * 24 * CalendarTime.secondsPerHour)
    }

    init(_ frequency: Frequency) { self.frequency = frequency }

    /// - Returns: nil when the text is no rule, or one with parts that are not known.
    init?(_ text: String) {
        guard text.utf8.count <= 352 else { return nil }
        var parts: [String: Substring] = [:]
        for part in text.split(separator: ";") {
            guard let sign = part.firstIndex(of: "=") else { return nil }
            parts[part[..<sign].uppercased()] = part[part.index(after: sign)...]
        }
        guard let name = parts.removeValue(forKey: "FREQ"), let frequency = Frequency(rawValue: name.uppercased())
        else { return nil }
        self.frequency = frequency
        for (name, value) in parts {
            switch name {
            case "INTERVAL":
                guard let number = Int(value), (1...10_000).contains(number) else { return nil }
                interval = number
            case "COUNT":
                guard let number = Int(value), number > 0 else { return nil }
                count = number
            case "UNTIL":
                guard let date = CalendarTime.date(compact: value) else { return nil }
                until = date
            case "BYMONTHDAY":
                guard let number = Int(value), (1...31).contains(number) else { return nil }
                monthDay = number
            case "BYDAY":
                let read = value.split(separator: ",").map { Day($0) }
                guard !read.isEmpty, read.allSatisfy({ $0 != nil }) else { return nil }
                days = read.compactMap(\.self)
            case "WKST": break
            default: return nil
            }
        }
    }

    /// The rule as text: a week's days before the interval, a month's after the end (contract/crm.md §5).
    var text: String {
        let names = days.map(\.text).joined(separator: ",")
        var parts = ["FREQ=\(frequency.rawValue)"]
        if frequency == .weekly, !days.isEmpty { parts.append("BYDAY=\(names)") }
        parts.append("INTERVAL=\(interval)")
        if let count { parts.append("COUNT=\(count)") }
        if let until { parts.append("UNTIL=\(CalendarTime.compactText(until, separator: "T"))Z") }
        if frequency != .weekly, !days.isEmpty { parts.append("BYDAY=\(names)") }
        if let monthDay { parts.append("BYMONTHDAY=\(monthDay)") }
        return parts.joined(separator: ";")
    }

    /// The beginnings of the occurrences from `start` until `end`, in order.
    ///
    /// - Parameter end: nil is no end but the rule's own, and one that keeps it bounded.
    func occurrences(from start: Date, until end: Date?) -> [Date] {
        if let end, end < start { return [] }
        var rule = Calendar.RecurrenceRule(calendar: CalendarTime.calendar, frequency: frequency.foundation)
        rule.interval = interval
        // Both ends count when both are set.
        if let count { rule.end = .afterOccurrences(count) }
        rule.weekdays = days.map { day in
            day.number.map { .nth($0, day.weekday) } ?? .every(day.weekday)
        }
        if let monthDay { rule.daysOfTheMonth = [monthDay] }
        // What is asked for of a far past is not counted from its first day to ours, hour by hour.
        let last = min(end ?? horizon(from: start), until ?? .distantFuture, start.addingTimeInterval(Self.longest))
        if last < start { return [] }
        var found: [Date] = []
        for date in rule.recurrences(of: start, in: start..<last.addingTimeInterval(1)) {
            found.append(date)
            if end == nil, found.count == Self.mostOccurrences { break }
        }
        return found.suffix(Self.mostOccurrences)
    }

    /// No rule is followed longer than so many seconds: forty years.
    private static let longest = 40 * 366 * 24 * CalendarTime.secondsPerHour
}

extension RecurrenceRule.Frequency {
    fileprivate var foundation: Calendar.RecurrenceRule.Frequency {
        switch self {
        case .hourly: .hourly
        case .daily: .daily
        case .weekly: .weekly
        case .monthly: .monthly
        case .yearly: .yearly
        }
    }
}

extension RecurrenceRule.Day {
    /// `TU`, `1MO`, `-1SU`.
    init?(_ text: some StringProtocol) {
        let letters = text.suffix(2).uppercased()
        let number = text.dropLast(2)
        guard let weekday = RecurrenceRule.letters.first(where: { $0.text == letters })?.weekday else { return nil }
        if number.isEmpty {
            self.init(weekday: weekday, number: nil)
        } else {
            guard let number = Int(number), number != 0, (-5...5).contains(number) else { return nil }
            self.init(weekday: weekday, number: number)
        }
    }

    var text: String {
        let letters = RecurrenceRule.letters.first { $0.weekday == weekday }?.text ?? ""
        return (number.map { String($0) } ?? "") + letters
    }
}
