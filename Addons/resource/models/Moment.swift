internal import Foundation

/// A point in time of the server's own clock, in seconds. Days are counted as they are, without time zones.
struct Moment: Comparable {
    var seconds: Int

    private static let style = Date.ISO8601FormatStyle(dateTimeSeparator: .space, timeZone: .gmt)
        .year().month().day().dateTimeSeparator(.space).time(includingFractionalSeconds: false)

    init(seconds: Int) { self.seconds = seconds }

    /// `2011-06-01 08:30:00` or `2011-06-01`; nil for anything else.
    init?(_ text: String) {
        let whole = text.count == 10 ? text + " 00:00:00" : String(text.prefix(19))
        guard let date = try? Date(whole, strategy: Self.style) else { return nil }
        seconds = Int(date.timeIntervalSince1970)
    }

    var text: String { Date(timeIntervalSince1970: Double(seconds)).formatted(Self.style) }

    static let dayLength = 86_400

    /// Midnight before it.
    var day: Moment { Moment(seconds: seconds - ((seconds % Self.dayLength) + Self.dayLength) % Self.dayLength) }

    /// 0 is Monday, as calendars count.
    var weekday: Int { (((day.seconds / Self.dayLength) + 3) % 7 + 7) % 7 }

    func adding(days: Int) -> Moment { Moment(seconds: seconds + days * Self.dayLength) }

    static func < (first: Moment, second: Moment) -> Bool { first.seconds < second.seconds }
}
