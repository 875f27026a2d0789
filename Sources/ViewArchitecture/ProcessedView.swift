public import Values

/// A view as one caller sees it, and the fields that clients have to be told of.
public struct ProcessedView: Sendable {
    /// The XML, without the views within fields.
    public let text: String
    /// One entry a field of a model, in the order of the view.
    public let fields: [Field]

    /// A field that a view shows or works with.
    public struct Field: Sendable {
        public let name: FieldName
        /// The view's own model; another one within the nodes and arrows of a diagram.
        public let model: ModelName
        /// False for fields that only place records in a calendar.
        public internal(set) var isElement: Bool
        /// Views of the model the field leads to, by their type.
        public internal(set) var views: [String: ProcessedView] = [:]
        /// Set where all records a relation may lead to are shown for choice.
        public internal(set) var choice: Choice?
    }

    /// Which records a relation is offered.
    public struct Choice: Sendable {
        /// A Python expression beside the field's own domain.
        public let domain: String?
        /// The view says that nothing need be chosen, whatever the model says.
        public let isOptional: Bool
    }

    init(text: String, fields: [Field]) {
        self.text = text
        self.fields = fields
    }
}

/// The fields of a view while it is read: one entry each, in the order they come.
struct FieldList {
    private struct Key: Hashable {
        let name: FieldName
        let model: ModelName
    }

    private(set) var fields: [ProcessedView.Field] = []
    private var places: [Key: Int] = [:]

    /// Adds a field; of one that is there already, what is new of it.
    mutating func add(_ field: ProcessedView.Field) {
        let key = Key(name: field.name, model: field.model)
        guard let place = places[key] else {
            places[key] = fields.count
            fields.append(field)
            return
        }
        if field.isElement { fields[place].isElement = true }
        fields[place].views.merge(field.views) { _, new in new }
        if let choice = field.choice { fields[place].choice = choice }
    }
}
