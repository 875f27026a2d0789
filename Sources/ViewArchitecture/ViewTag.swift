/// What clients know of one kind of element in a view (contract/views.md §1). Every element may have `groups` and, in an
/// inheriting view, `position` besides.
struct ViewTag {
    let attributes: Set<String>
    var required: Set<String> = []
    /// Attributes that take one of a few values.
    var options: [String: Set<String>] = [:]
    /// It is of use only with a field within.
    var needsField = false
    /// What stands within is no part of the view's language.
    var isFree = false

    init(_ attributes: String, required: Set<String> = []) {
        self.attributes = Set(attributes.split(separator: " ").map(String.init)).union(required)
        self.required = required
    }

    private func with(_ change: (inout ViewTag) -> Void) -> ViewTag {
        var tag = self
        change(&tag)
        return tag
    }

    static let all: [String: ViewTag] = views.merging(parts) { first, _ in first }

    /// What a view may begin with.
    private static let views: [String: ViewTag] = [
        "form": ViewTag("string editable type link col"),
        "tree": ViewTag("string colors color editable toolbar link type limit min_rows on_write").with {
            $0.options["editable"] = ["top", "bottom"]
        },
        "search": ViewTag("string col type link"),
        "calendar": ViewTag("string color date_start date_stop date_delay day_length type mode").with {
            $0.needsField = true
        },
        "gantt": ViewTag("string color date_start date_stop date_delay day_length type mode date_string"),
        "graph": ViewTag("string type orientation color").with { $0.needsField = true },
        "diagram": ViewTag("string"),
    ]

    private static let parts: [String: ViewTag] = [
        "field": ViewTag(
            """
            string widget domain context on_change attrs states invisible readonly required select nolabel colspan \
            rowspan width height size digits sum avg bold group operator default default_get default_focus password \
            completion comparator filter_domain domain_filter filters filename fieldname icon mode view_mode img_width \
            img_height align selection editable type ref eval search model use
            """, required: ["name"]),
        "button": ViewTag(
            """
            name string type icon states attrs special confirm context target help align colspan readonly invisible \
            default_focus
            """
        ).with {
            $0.options["type"] = ["workflow", "object", "action"]
            $0.options["special"] = ["cancel", "save"]
        },
        "filter": ViewTag(
            "name string icon domain context help default separator attrs type align colspan readonly invisible"),
        "group": ViewTag("string col colspan rowspan expand fill height width name color states attrs invisible"),
        "notebook": ViewTag("colspan tabpos"),
        "page": ViewTag("string name attrs invisible"),
        "separator": ViewTag("string colspan rowspan col select orientation invisible"),
        "label": ViewTag("string align nolabel colspan angle fill help width wrap"),
        "newline": ViewTag(""),
        "properties": ViewTag(""),
        "image": ViewTag("name"),
        "hpaned": ViewTag("position"), "vpaned": ViewTag("position"), "child1": ViewTag(""), "child2": ViewTag(""),
        "action": ViewTag("name string width height colspan view_mode view_type domain context help"),
        "html": ViewTag("").with { $0.isFree = true },
        "level": ViewTag("object link domain"),
        "node": ViewTag("shape bgcolor form_view_ref", required: ["object"]),
        "arrow": ViewTag("label form_view_ref", required: ["object", "source", "destination"]),
        "data": ViewTag(""),
        "xpath": ViewTag("", required: ["expr"]),
        "attribute": ViewTag("", required: ["name"]),
    ]
}
