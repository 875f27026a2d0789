internal import ORM
internal import Values
internal import XMLTree

/// A data file in XML: its tags in order, each handed to the one that knows it (contract/addons.md §5).
struct XMLDataFile {
    let context: LoadContext
    /// What the manifest's list implies; a `data` tag can ask for it, too.
    let isNoUpdate: Bool

    private static let roots: Set<String> = ["openerp", "terp"]

    /// - Throws: `LoadError` naming file and line.
    func load(_ path: String) throws {
        let file = "\(context.addon.name)/\(path)"
        let document: Document
        do {
            document = try Document(parsing: context.addon.contents(of: path), file: file)
        } catch let error as XMLError {
            throw LoadError.invalidXML("\(error)")
        }
        let root = document.root
        guard Self.roots.contains(root.name) else {
            throw LoadError.malformed("the root element is <openerp>, not <\(root.name)>", at: root.place)
        }
        try root.check(attributes: [])
        for data in root.children {
            guard data.name == "data" else {
                throw data.misplaced
            }
            try load(data: data)
        }
        try context.flushAll()
    }

    private func load(data: Element) throws {
        try data.check(attributes: ["noupdate", "context"])
        let keeps = isNoUpdate || Self.flag(data["noupdate"], default: false)
        let recordContext =
            try data["context"].map { try context.evaluate($0, at: data.place).dictionary ?? [:] } ?? [:]
        for element in data.children {
            if try context.isSettled(element) { continue }
            try context.leavingOut {
                try context.located(at: element.place, externalID: element["id"]) {
                    try load(element, isNoUpdate: keeps, recordContext: recordContext)
                }
            }
        }
    }

    private func load(_ element: Element, isNoUpdate keeps: Bool, recordContext: [String: Value]) throws {
        switch element.name {
        case "record": try RecordTag(element: element, context: context, isNoUpdate: keeps).load()
        case "menuitem": try MenuTag(element: element, context: context, isNoUpdate: keeps).load()
        case "act_window":
            try WindowActionTag(
                element: element, context: context, isNoUpdate: keeps, recordContext: recordContext
            ).load()
        case "report": try ReportTag(element: element, context: context, isNoUpdate: keeps).load()
        case "wizard": try WizardTag(element: element, context: context, isNoUpdate: keeps).load()
        case "ir_set": try StoredValueTag(element: element, context: context).load()
        case "delete": try DeleteTag(element: element, context: context).load()
        case "function": try FunctionTag(element: element, context: context).load(isNoUpdate: keeps)
        case "workflow": try WorkflowTag(element: element, context: context).load(isNoUpdate: keeps)
        case "assert":
            try AssertTag(element: element, context: context, recordContext: recordContext).load(isNoUpdate: keeps)
        default:
            throw element.misplaced
        }
    }

    /// A boolean of an attribute: `0`, `false` and `off` are false.
    static func flag(_ text: String?, default fallback: Bool) -> Bool {
        text.map { !["0", "false", "off"].contains($0.lowercased()) } ?? fallback
    }
}

extension Element {
    /// Where the element stands, for messages.
    var place: SourcePlace { SourcePlace(file: file, line: line) }

    /// The complaint about an element that stands where it may not.
    var misplaced: LoadError { .malformed("did not expect element <\(name)> there", at: place) }

    /// - Throws: `LoadError.malformed` for an attribute the tag does not have, and for one it must have.
    func check(attributes known: Set<String>, required: [String] = []) throws {
        if let unknown = attributeNames.first(where: { !known.contains($0) }) {
            throw LoadError.malformed("invalid attribute \(unknown) for element <\(name)>", at: place)
        }
        for attribute in required where self[attribute] == nil {
            throw LoadError.malformed("element <\(name)> needs the attribute \(attribute)", at: place)
        }
    }
}
