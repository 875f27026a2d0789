internal import Foundation
internal import Values

/// One occurrence of an event, which clients name by a text of the event's id and when it begins:
/// `16-20261205100000` (contract/crm.md §5).
struct Occurrence: Hashable {
    let event: RecordID
    let date: Date

    init(of event: RecordID, at date: Date) {
        self.event = event
        self.date = date
    }

    /// - Returns: nil when the text names no occurrence.
    init?(_ text: String) {
        let parts = text.split(separator: "-", maxSplits: 1)
        guard parts.count == 2, let event = Int32(parts[0]), event > 0, let date = CalendarTime.date(compact: parts[1])
        else { return nil }
        self.init(of: RecordID(event), at: date)
    }

    /// The id that clients see.
    var text: String { "\(event)-\(CalendarTime.compactText(date))" }

    /// The date as an event's exceptions list it: `20261205T100000`.
    var exception: String { CalendarTime.compactText(date, separator: "T") }
}

/// An id as clients give it: an event as a whole, or one occurrence.
enum EventID: Hashable {
    case whole(RecordID)
    case occurrence(Occurrence)

    init?(_ value: Value) {
        if let text = value.text, let occurrence = Occurrence(text) {
            self = .occurrence(occurrence)
        } else if let id = value.recordID, Int32(exactly: id) != nil {
            self = .whole(id)
        } else {
            return nil
        }
    }

    var event: RecordID {
        switch self {
        case .whole(let id): id
        case .occurrence(let occurrence): occurrence.event
        }
    }
}
