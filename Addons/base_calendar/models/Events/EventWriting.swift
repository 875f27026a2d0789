internal import Foundation
internal import ORM
internal import Values

/// How clients change one occurrence of an event that recurs (contract/crm.md §5).
enum EventWriting {
    static let methods: [RemoteMethod] = [
        .handleMethod("write", writes: true, ["ids", "vals", .context]) { events, arguments in
            let values = arguments["vals"].dictionary ?? [:]
            let split = try Split(arguments["ids"], of: events) { record in
                try values["edit_all"]?.isTruthy == true || record.flag("edit_all")
            }
            for occurrence in split.occurrences { try detach(occurrence, with: values, from: events) }
            try events.other(split.events).write(values)
            return true
        },
        .handleMethod("unlink", writes: true, ["ids", .context]) { events, arguments in
            let split = try Split(arguments["ids"], of: events) { _ in false }
            try except(split.occurrences, from: events)
            try events.other(split.events).unlink()
            return true
        },
    ]

    /// What a change concerns: events as a whole, and single occurrences of those that recur.
    private struct Split {
        var events: [RecordID] = []
        var occurrences: [Occurrence] = []

        /// - Parameter concernsAll: Whether a change of one occurrence is meant for the event.
        init(_ value: Value, of records: Records, concernsAll: (Record) throws -> Bool) throws {
            let ids = value.isAbsent ? [] : try EventID.all(value)
            let masters = records.other(ids.map(\.event).distinct)
            let recurring = Set(
                try masters.only { try $0.text("rrule")?.isEmpty == false && !concernsAll($0) }.ids)
            for id in ids {
                if case .occurrence(let occurrence) = id, recurring.contains(occurrence.event) {
                    occurrences.append(occurrence)
                } else if !events.contains(id.event) {
                    events.append(id.event)
                }
            }
        }
    }

    /// Makes an event of its own of an occurrence, with new values, in place of the occurrence.
    private static func detach(_ occurrence: Occurrence, with values: FieldValues, from events: Records) throws {
        let hours = try events.environment.record(events.model.name, occurrence.event).float("duration")
        // An occurrence that is moved keeps its length.
        let start = values["date"]?.text.flatMap(CalendarTime.date) ?? occurrence.date
        let own: FieldValues = [
            "recurrent_uid": .integer(occurrence.event), "recurrent_id": .text(CalendarTime.text(occurrence.date)),
            "rrule_type": "none", "rrule": "", "recurrency": false, "exdate": false, "edit_all": false,
            "date": .text(CalendarTime.text(occurrence.date)),
            "date_deadline": .text(CalendarTime.text(start, hours: hours)),
        ]
        _ = try events.environment.record(events.model.name, occurrence.event).copy(own.merging(values) { $1 })
        try except([occurrence], from: events)
    }

    /// Adds the occurrences to those that do not take place.
    private static func except(_ occurrences: [Occurrence], from events: Records) throws {
        for (id, group) in Dictionary(grouping: occurrences, by: \.event).sorted(by: { $0.key < $1.key }) {
            let event = try events.environment.record(events.model.name, id)
            let known = try (event.text("exdate") ?? "").split(separator: ",").map { String($0) }
            try event.write(["exdate": .text((known + group.map(\.exception)).distinct.joined(separator: ","))])
        }
    }
}
