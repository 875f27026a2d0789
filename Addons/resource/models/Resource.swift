public import ORM

/// The addon `resource`: who works when.
public enum Resource {
    public static let addon = AddonModels(
        "resource",
        definitions: [
            Calendar.definition, Calendar.attendance, ResourceRecord.definition, Leave.definition,
        ])
}
