internal import XMLTree

/// Finds what no client would understand in a view, before it is stored (contract/views.md §1). Whether its model has the
/// fields is not looked at: views are stored before models are complete.
public enum ViewCheck {
    static let positions: Set<String> = ["inside", "after", "before", "replace", "attributes"]

    /// - Throws: `.unreadable` and `.invalid`, for the first mistake.
    public static func check(_ text: String, name: String) throws(ViewError) {
        try check(Architecture(parsing: text, name: name).document.root)
    }

    private static func check(_ element: Element) throws(ViewError) {
        guard let tag = ViewTag.all[element.name] else {
            throw mistake("there is no element <\(element.name)>", element)
        }
        try checkAttributes(of: element, tag)
        if tag.isFree { return }
        let changesAttributes = element["position"] == "attributes"
        for child in element.children {
            guard changesAttributes == (child.name == "attribute") else {
                throw mistake(
                    "<\(child.name)> within <\(element.name)>: attributes, and nothing else, stand within "
                        + "position=\"attributes\"", child)
            }
            if child.name != "attribute" { try check(child) }
        }
        if tag.needsField, element["position"] == nil, !element.children.contains(where: { $0.name == "field" }) {
            throw mistake("<\(element.name)> needs a <field>", element)
        }
    }

    private static func checkAttributes(of element: Element, _ tag: ViewTag) throws(ViewError) {
        for (name, value) in element.attributes {
            if name == "position", positions.contains(value) { continue }
            guard name == "groups" || (tag.attributes.contains(name)) else {
                throw mistake("<\(element.name)> has no attribute \(name)=\"\(value)\"", element)
            }
            if let options = tag.options[name], !options.contains(value) {
                throw mistake(
                    "\(name)=\"\(value)\" is none of \(options.sorted().joined(separator: ", "))", element)
            }
        }
        for name in tag.required.sorted() where element[name] == nil {
            throw mistake("<\(element.name)> needs \(name)=\"…\"", element)
        }
    }

    private static func mistake(_ reason: String, _ element: Element) -> ViewError {
        .invalid(String(reason.prefix(300)), line: element.line)
    }
}
