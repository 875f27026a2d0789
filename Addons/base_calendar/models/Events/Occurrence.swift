internal import Foundation
internal import ORM
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

    /// The ids a client gave, one or a list; rows it has read count as their ids.
    ///
    /// - Throws: `ORMError.badValue` for what names no event.
    static func all(_ value: Value) throws -> [EventID] {
        try (value.list ?? [value]).map { element in
            guard let id = EventID(element.dictionary?["id"] ?? element) else {
                throw ORMError.badValue("invalid input syntax for type integer: \"\(element.plainText)\"")
            }
            return id
        }
    }

    var event: RecordID {
        switch self {
        case .whole(let id): id
        case .occurrence(let occurrence): occurrence.event
        }
    }
}

extension Environment {
    /// The event a dialog was opened on, by the context's `active_id` and its model; nil without one.
    func openedEvent(model key: String = "active_model") throws -> Record? {
        guard let model = context[key].text, let event = EventID(context["active_id"])?.event else { return nil }
        return try record(model, event)
    }
}
