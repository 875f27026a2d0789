internal import Foundation
internal import ORM
internal import Values

/// How clients find and read events: one that recurs stands for all its occurrences (contract/crm.md §5).
enum EventReading {
    static let methods: [RemoteMethod] = [
        .handleMethod(
            "search", writes: false,
            [
                "args", .optional("offset", 0), .optional("limit", 100), .optional("order"), .context,
                .optional("count", false),
            ]
        ) { events, arguments in
            let request = try OccurrenceRequest(arguments["args"])
            if arguments["count"].isTruthy { return .integer(try events.count(request.domain)) }
            let limit = arguments["limit"].integer.flatMap { $0 == 0 ? nil : $0 } ?? 100
            let found = try events.search(
                SearchRequest(
                    request.domain, offset: arguments["offset"].integer ?? 0, limit: limit,
                    order: arguments["order"].text))
            guard request.asksForDates else { return .list(found.ids.map { .integer($0) }) }
            return .list(try found.flatMap { try occurrences(of: $0, until: request.end) }.map { .text($0.text) })
        },
        .handleMethod("read", writes: false, ["ids", .optional("fields"), .context]) { events, arguments in
            let isList = arguments["ids"].list != nil
            let rows = try read(
                EventID.all(arguments["ids"]), arguments["fields"].list?.compactMap(\.text) ?? [], of: events)
            return isList ? .list(rows) : rows.first ?? false
        },
    ]

    /// When an event takes place, the latest first.
    private static func occurrences(of event: Record, until end: Date?) throws -> [Occurrence] {
        try EventSchedule(of: event)?.dates(until: end).reversed().map { Occurrence(of: event.id, at: $0) } ?? []
    }

    /// The rows of events and occurrences, in the order asked for; each has its `date` and `duration`, and an
    /// occurrence its own times.
    private static func read(_ ids: [EventID], _ fields: [FieldName], of events: Records) throws -> [Value] {
        let needed = ["date", "duration"].filter { !fields.contains($0) }
        let wanted = fields.isEmpty ? [] : fields + needed
        let table = try events.other(ids.map(\.event).distinct).read(wanted)
        var rows: [RecordID: [String: Value]] = [:]
        for row in table.dictionaries() { if let id = row["id"]?.integer { rows[id] = row } }
        return ids.compactMap { id in
            guard var row = rows[id.event] else { return nil }
            if case .occurrence(let occurrence) = id {
                row["id"] = .text(occurrence.text)
                row["date"] = .text(CalendarTime.text(occurrence.date))
                if row["date_deadline"] != nil {
                    row["date_deadline"] = .text(
                        CalendarTime.text(occurrence.date, hours: row["duration"]?.number ?? 0))
                }
            }
            return .dictionary(row)
        }
    }
}

/// A client's domain for events: what it says of dates chooses among occurrences, the rest among events.
struct OccurrenceRequest {
    /// The domain without dates, occurrences named in it replaced by their events.
    let domain: Value
    let asksForDates: Bool
    /// The latest date asked for; nil when there is none.
    let end: Date?

    /// - Throws: `ORMError.badValue` for a domain that is no list.
    init(_ domain: Value) throws {
        guard let elements = domain.isAbsent ? [] : domain.list else {
            throw ORMError.badValue("a domain is a list, not \(domain.plainText)")
        }
        var asksForDates = false
        var end: Date?
        self.domain = .list(
            elements.map { element in
                guard let leaf = element.list, leaf.count == 3 else { return element }
                if leaf[0] == "id" { return [leaf[0], leaf[1], Self.events(in: leaf[2])] }
                guard leaf[0] == "date" || leaf[0] == "date_deadline" else { return element }
                asksForDates = true
                if end == nil, leaf[1] == "<" || leaf[1] == "<=" { end = leaf[2].text.flatMap(Self.end) }
                // A leaf that always holds, so that operators before it keep their operands.
                return [1, "=", 1]
            })
        self.asksForDates = asksForDates
        self.end = end
    }

    /// A bare date means that whole day.
    private static func end(_ text: String) -> Date? {
        CalendarTime.date(text.count > 10 ? text : text + " 23:59:59")
    }

    private static func events(in value: Value) -> Value {
        if let list = value.list { return .list(list.map(events)) }
        return EventID(value).map { .integer($0.event) } ?? value
    }
}
