internal import ORM
internal import Values
internal import ViewArchitecture

/// A view with all that inherit from it worked in; the same for every caller.
struct CombinedView: Sendable {
    /// 0 for a view that is made up.
    let id: RecordID
    let name: String
    let type: String
    /// The model of the view that the others inherit from; its translations count as well.
    let rootModel: ModelName
    let fieldParent: String?
    let text: String
    let title: String?
    let searchableFields: [FieldName]
    let questions: ViewQuestions

    /// Works in what inherits, in its order.
    ///
    /// - Throws: `ORMError.assertion` in the words clients know, for a view that does not fit the one it inherits from.
    init(_ stored: StoredViews, model: ModelName, in registry: Registry) throws {
        let root = stored.root
        let architecture = try Architecture(parsing: root.text, name: root.name)
        for (view, parent) in stored.inOrder {
            do { try architecture.apply(view.text, name: view.name) } catch {
                let reason = if case .notFound = error { " in parent view '\(parent.externalID)'" } else { "" }
                throw ORMError.assertion(
                    "View definition error for inherited view '\(view.externalID)' on '\(model)' model: \(error)\(reason)"
                )
            }
        }
        self.init(
            architecture, id: root.id, name: root.name, type: root.type, model: model, rootModel: root.model,
            fieldParent: root.fieldParent, in: registry)
    }

    /// A view that is made up.
    init(_ architecture: Architecture, type: String, model: ModelName, in registry: Registry) {
        self.init(
            architecture, id: 0, name: "default", type: type, model: model, rootModel: model, fieldParent: nil,
            in: registry)
    }

    private init(
        _ architecture: Architecture, id: RecordID, name: String, type: String, model: ModelName,
        rootModel: ModelName, fieldParent: String?, in registry: Registry
    ) {
        self.id = id
        self.name = name
        self.type = type
        self.rootModel = rootModel
        self.fieldParent = fieldParent
        text = architecture.text
        title = architecture.title
        searchableFields = architecture.searchableFields
        questions = Self.processor(registry).questions(architecture, of: model)
    }

    /// Knows where the fields of models lead.
    static func processor(_ registry: Registry) -> ViewProcessor {
        ViewProcessor { field, model in registry.models[model]?.field(field)?.kind.target }
    }
}
