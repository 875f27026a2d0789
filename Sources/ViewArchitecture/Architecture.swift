public import Values

internal import XMLTree

/// The XML of a view while it is put together: a view, and what the views that inherit from it make of it
/// (contract/views.md §3). It belongs to one thread.
public struct Architecture {
    static let limits: Document.Limits = {
        var limits = Document.Limits()
        limits.bytes = 4 << 20
        limits.depth = 100
        limits.nodes = 200_000
        return limits
    }()

    let document: Document

    /// - Parameter name: The view's name, for errors.
    public init(parsing text: String, name: String) throws(ViewError) {
        do { document = try Document(parsing: text, file: name, limits: Self.limits) } catch {
            throw .unreadable(error)
        }
    }

    /// The XML without a declaration and without tabs, comments kept, attributes in their order.
    public var text: String { document.root.serialized().replacing("\t", with: "") }

    /// The names of the fields that the view offers to search by: those with `select="1"`, in their order.
    public var searchableFields: [FieldName] {
        document.root.withAllWithin.filter { $0.name == "field" && $0["select"] == "1" }.compactMap { $0["name"] }
            .distinct
    }

    /// The outermost element's `string`.
    public var title: String? { document.root["string"] }

    // MARK: - Inheritance

    /// Lets an inheriting view change this one: each of its elements says by name, attributes or XPath which element it
    /// means, and by `position` what comes there. Later ones see what earlier ones did.
    ///
    /// - Throws: `.unreadable`, `.notFound`, `.invalidPosition`, `.noRoot`, `.tooDeep`. What was done before stays done.
    public func apply(_ text: String, name: String) throws(ViewError) {
        let root = try Architecture(parsing: text, name: name).document.root
        for change in Self.changes(in: root) { try apply(change) }
        guard document.root.isAtMost(Self.limits.depth) else { throw .tooDeep(limit: Self.limits.depth) }
    }

    /// What stands within a `data`, or the element itself.
    private static func changes(in element: Element) -> [Element] {
        element.name == "data" ? element.children.flatMap(changes) : [element]
    }

    private func apply(_ change: Element) throws(ViewError) {
        guard let place = try place(of: change) else { throw .notFound(tag: Self.tag(change)) }
        switch change["position"] ?? "inside" {
        case "inside": place.insert(contentOf: change, .within)
        case "after": try insert(change, .after, place)
        case "before": try insert(change, .before, place)
        case "replace": try insert(change, .instead, place)
        case "attributes":
            for attribute in change.children where attribute.name == "attribute" {
                guard let name = attribute["name"], !name.isEmpty else { continue }
                place.set(name, to: attribute.text.isEmpty ? nil : attribute.text)
            }
        case let position: throw .invalidPosition(position)
        }
    }

    private func insert(_ change: Element, _ position: Element.Place, _ place: Element) throws(ViewError) {
        guard place.insert(contentOf: change, position) else { throw .noRoot(tag: Self.tag(change)) }
    }

    /// The element that a change is about: the first one that fits, in document order.
    private func place(of change: Element) throws(ViewError) -> Element? {
        let root = document.root
        switch change.name {
        case "xpath":
            do { return try root.xpath(change["expr"] ?? "").first } catch { throw .unreadable(error) }
        case "field":
            return root.withAllWithin.first { $0.name == "field" && $0["name"] == change["name"] }
        default:
            let wanted = change.attributes.filter { $0.name != "position" }
            return root.withAllWithin.first { element in
                element.name == change.name && wanted.allSatisfy { element[$0.name] == $0.value }
            }
        }
    }

    /// A change's tag as a message shows it: `<field name="city">`.
    private static func tag(_ change: Element) -> String {
        let attributes = change.attributes.filter { $0.name != "position" }
        return "<" + ([change.name] + attributes.map { "\($0.name)=\"\($0.value)\"" }).joined(separator: " ") + ">"
    }
}

extension Element {
    /// The element and all elements within it, in document order.
    var withAllWithin: [Element] { [self] + children.flatMap(\.withAllWithin) }

    /// Whether no more than so many elements lie within one another.
    func isAtMost(_ depth: Int) -> Bool { depth > 0 && children.allSatisfy { $0.isAtMost(depth - 1) } }
}
