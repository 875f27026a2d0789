public import Values

internal import XMLTree

/// The views of models that have none of their own (contract/views.md §4).
public enum DefaultViews {
    /// All the fields given, each long text at the end of its line.
    public static func form(_ title: String, fields: [(name: FieldName, isText: Bool)]) -> Architecture? {
        make("form", title) { form in
            for field in fields {
                form.append("field")?.set("name", to: field.name)
                if field.isText { form.append("newline") }
            }
        }
    }

    /// A list of names.
    public static func tree(_ title: String, field: FieldName) -> Architecture? {
        make("tree", title) { $0.append("field")?.set("name", to: field) }
    }

    /// Names, by day.
    public static func calendar(
        _ title: String, field: FieldName, start: FieldName, color: FieldName?, stop: FieldName?, delay: FieldName?
    ) -> Architecture? {
        make("calendar", title) { calendar in
            calendar.set("date_start", to: start)
            calendar.set("color", to: color)
            if let stop { calendar.set("date_stop", to: stop) } else { calendar.set("date_delay", to: delay) }
            calendar.append("field")?.set("name", to: field)
        }
    }

    /// One group with the fields given.
    public static func search(_ title: String, fields: [FieldName]) -> Architecture? {
        make("search", title) { search in
            let group = search.append("group")
            for field in fields { group?.append("field")?.set("name", to: field) }
        }
    }

    private static func make(_ tag: String, _ title: String, _ fill: (Element) -> Void) -> Architecture? {
        guard let architecture = try? Architecture(parsing: "<\(tag)/>", name: tag) else { return nil }
        let root = architecture.document.root
        root.set("string", to: title)
        fill(root)
        return architecture
    }
}
