internal import Foundation
internal import ORM
internal import Values

/// The fields of a form that make up a recurrence rule, both ways.
enum RuleParts {
    /// The flags of a week's days, in the order of `RecurrenceRule.letters`.
    static let weekdays: [FieldName] = ["mo", "tu", "we", "th", "fr", "sa", "su"]

    static let fields: [Field] = [
        .selection(
            "byday", "By day",
            ["1": "First", "2": "Second", "3": "Third", "4": "Fourth", "5": "Fifth", "-1": "Last"]),
        .selection(
            "week_list", "Weekday",
            [
                "MO": "Monday", "TU": "Tuesday", "WE": "Wednesday", "TH": "Thursday", "FR": "Friday",
                "SA": "Saturday", "SU": "Sunday",
            ]),
        .selection(
            "month_list", "Month",
            [
                "1": "January", "2": "February", "3": "March", "4": "April", "5": "May", "6": "June", "7": "July",
                "8": "August", "9": "September", "10": "October", "11": "November", "12": "December",
            ], size: -1),
        .selection("select1", "Option", ["date": "Date of month", "day": "Day of month"]),
        .integer("day", "Date of month"),
        .boolean("mo", "Mon"), .boolean("tu", "Tue"), .boolean("we", "Wed"), .boolean("th", "Thu"),
        .boolean("fr", "Fri"), .boolean("sa", "Sat"), .boolean("su", "Sun"),
        .date("end_date", "Repeat Until"),
    ]

    /// The rule a record's fields describe; nil when it does not recur.
    ///
    /// - Parameter type: `none`, `daily` and so on.
    /// - Throws: `UserError` for numbers no rule can have.
    static func rule(type: String?, of record: Record) throws -> RecurrenceRule? {
        guard let type, let frequency = RecurrenceRule.Frequency(rawValue: type.uppercased()) else { return nil }
        var rule = RecurrenceRule(frequency)
        let interval = try record.integer("interval")
        let count = try record.integer("count")
        guard interval >= 0, count >= 0 else {
            throw UserError("Warning!", "An event cannot recur a negative number of times, nor at negative intervals.")
        }
        rule.interval = max(interval, 1)
        rule.count = count > 0 ? count : nil
        // The last day counts whole.
        rule.until = try record.text("end_date").flatMap { CalendarTime.date($0 + " 23:59:59") }
        switch frequency {
        case .weekly:
            rule.days = try zip(weekdays, RecurrenceRule.letters).filter { try record.flag($0.0) }
                .map { RecurrenceRule.Day(weekday: $0.1.weekday, number: nil) }
        case .monthly:
            if try record.text("select1") == "day" {
                let text = try (record.text("byday") ?? "") + (record.text("week_list") ?? "")
                rule.days = RecurrenceRule.Day(text).map { [$0] } ?? []
            } else {
                let day = try record.integer("day")
                guard (1...31).contains(day) else { throw UserError("Error!", "Please select proper Day of month") }
                rule.monthDay = day
            }
        default: break
        }
        return rule
    }

    /// The fields' values that make up a rule; nil is no recurrence.
    static func values(of rule: RecurrenceRule?) -> FieldValues {
        var values: FieldValues = [
            "rrule_type": .text(rule?.frequency.rawValue.lowercased() ?? "none"), "recurrency": .boolean(rule != nil),
            "interval": .integer(rule?.interval ?? 1), "count": rule?.count.map { .integer($0) } ?? false,
            "end_date": rule?.until.map { .text(String(CalendarTime.text($0).prefix(10))) } ?? false,
        ]
        let isWeekly = rule?.frequency == .weekly
        for (field, letter) in zip(weekdays, RecurrenceRule.letters) {
            values[field] = .boolean(isWeekly && rule?.days.contains { $0.weekday == letter.weekday } == true)
        }
        if let rule, rule.frequency == .monthly {
            if let day = rule.days.first {
                values["select1"] = "day"
                values["byday"] = .text(String(day.number ?? 1))
                values["week_list"] = .text(String(day.text.suffix(2)))
            } else {
                values["select1"] = "date"
                values["day"] = rule.monthDay.map { .integer($0) } ?? false
            }
        }
        return values
    }
}
