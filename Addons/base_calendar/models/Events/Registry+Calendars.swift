internal import ORM
internal import Values

extension Registry {
    /// Whether the records of a model are events: those of the calendar, and of what started as a copy of it.
    func isCalendar(_ model: ModelName) -> Bool { models[model]?.field("recurrent_uid") != nil }
}
