internal import Foundation

/// Times as records store them, `2026-12-05 10:00:00`, and as calendars compute with them. All are taken as UTC: a
/// day of a recurrence has 24 hours whatever the zone of who looks at it.
enum CalendarTime {
    static let calendar: Calendar = {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        calendar.minimumDaysInFirstWeek = 1
        return calendar
    }()

    static let secondsPerHour = 3600.0

    /// - Returns: nil for text that is no time; the time may be missing, and fractions of seconds are dropped.
    static func date(_ text: String) -> Date? {
        let digits = text.prefix(19).split { !$0.isASCII || !$0.isNumber }
        let numbers = digits.compactMap { Int($0) }
        guard numbers.count == digits.count, numbers.count == 3 || numbers.count == 6 else { return nil }
        return date(numbers)
    }

    /// The moment in `20261205100000`, or `20261205T235959Z`: 14 digits, or 8 for the beginning of a day.
    static func date(compact text: some StringProtocol) -> Date? {
        let digits = text.utf8.filter { $0 != UInt8(ascii: "T") && $0 != UInt8(ascii: "Z") }
        guard digits.count == 14 || digits.count == 8, digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
        func number(_ range: Range<Int>) -> Int { digits[range].reduce(0) { $0 * 10 + Int($1 - 48) } }
        var numbers = [number(0..<4), number(4..<6), number(6..<8)]
        if digits.count == 14 { numbers += [number(8..<10), number(10..<12), number(12..<14)] }
        return date(numbers)
    }

    /// Year, month and day, then hour, minute and second.
    private static func date(_ numbers: [Int]) -> Date? {
        var parts = DateComponents(year: numbers[0], month: numbers[1], day: numbers[2])
        if numbers.count == 6 { (parts.hour, parts.minute, parts.second) = (numbers[3], numbers[4], numbers[5]) }
        guard parts.isValidDate(in: calendar) else { return nil }
        return calendar.date(from: parts)
    }

    /// `2026-12-05 10:00:00`.
    static func text(_ date: Date) -> String {
        let parts = parts(of: date)
        return "\(padded(parts[0], 4))-" + parts[1...2].map { padded($0) }.joined(separator: "-") + " "
            + parts[3...5].map { padded($0) }.joined(separator: ":")
    }

    /// `20261205100000`; with a separator `20261205T100000`.
    static func compactText(_ date: Date, separator: String = "") -> String {
        let parts = parts(of: date)
        return padded(parts[0], 4) + parts[1...2].map { padded($0) }.joined() + separator
            + parts[3...5].map { padded($0) }.joined()
    }

    /// The time so many hours later; beyond a hundred years it stops.
    static func text(_ date: Date, hours: Double) -> String {
        text(date.addingTimeInterval(bounded(hours) * secondsPerHour))
    }

    /// Hours that dates can be reckoned with: what is no number counts as none.
    static func bounded(_ hours: Double) -> Double {
        hours.isFinite ? min(max(hours, -mostHours), mostHours) : 0
    }

    private static let mostHours = 100 * 366 * 24.0

    private static func parts(of date: Date) -> [Int] {
        // Fractions would be cut, and what a sum of hours left of them must not move the second.
        let rounded = Date(timeIntervalSinceReferenceDate: date.timeIntervalSinceReferenceDate.rounded())
        let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: rounded)
        return [parts.year, parts.month, parts.day, parts.hour, parts.minute, parts.second].map { $0 ?? 0 }
    }

    private static func padded(_ number: Int, _ width: Int = 2) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
    }
}
