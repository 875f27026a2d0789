public import Values

internal import XMLTree

/// Makes of a stored view what a client is to see: what is for others becomes invisible, texts are translated, and views
/// within fields are taken out, since clients want them beside the fields (contract/views.md §5).
public struct ViewProcessor {
    /// The model that a field of a model leads to; nil for fields that lead nowhere and for those that are not there.
    public typealias Relation = (_ field: FieldName, _ model: ModelName) -> ModelName?
    /// A text of a view of a model in the caller's language.
    public typealias Translation = (_ text: String, _ model: ModelName) -> String

    /// The views that a field may hold, as views of their own.
    private static let nestedTypes: Set<String> = ["form", "tree", "graph"]
    private static let translatedAttributes = ["string", "confirm", "sum"]
    private static let calendarAttributes = ["date_start", "date_delay", "date_stop", "color"]

    private let relation: Relation

    public init(relation: @escaping Relation) { self.relation = relation }

    /// What must be known of a caller before the view can be shown to him.
    public func questions(_ architecture: Architecture, of model: ModelName) -> ViewQuestions {
        var questions = ViewQuestions()
        survey(architecture.document.root, model, isPart: true, into: &questions)
        return questions
    }

    /// The view for a caller. The architecture is used up by it.
    ///
    /// - Parameter translate: nil where the caller reads the language that views are written in.
    public func process(
        _ architecture: Architecture, of model: ModelName, answers: ViewAnswers, translate: Translation? = nil
    ) -> ProcessedView {
        var pass = Pass(processor: self, answers: answers, translate: translate)
        return pass.part(architecture.document.root, model)
    }

    /// A view that is part of another: a form or list within a field.
    private func isNested(_ element: Element) -> Bool { Self.nestedTypes.contains(element.name) }

    /// The model that what stands within an element is about.
    private func model(within element: Element, of model: ModelName) -> ModelName {
        ["node", "arrow"].contains(element.name) ? element["object"] ?? model : model
    }

    private static func hasTitleOfTheMoment(_ element: Element) -> Bool {
        element.name == "form" || element.name == "tree"
    }

    private static func signal(of element: Element, _ model: ModelName) -> ViewQuestions.Signal? {
        guard element.name == "button", element["type"] != "object" else { return nil }
        return ViewQuestions.Signal(element["name"] ?? "", of: model)
    }

    // MARK: - Questions

    private func survey(_ element: Element, _ model: ModelName, isPart: Bool, into questions: inout ViewQuestions) {
        if let groups = element["groups"] { questions.groups.insert(groups) }
        if let signal = Self.signal(of: element, model) { questions.signals.insert(signal) }
        if isPart, Self.hasTitleOfTheMoment(element) {
            questions.titles.insert(.init(element.name, of: model))
        }
        let target = element.name == "field" ? element["name"].flatMap { relation($0, model) } : nil
        let inner = self.model(within: element, of: model)
        for child in element.children {
            if let target, isNested(child) {
                survey(child, target, isPart: true, into: &questions)
            } else {
                survey(child, inner, isPart: false, into: &questions)
            }
        }
    }

    // MARK: - Answers at work

    /// One walk through a view.
    private struct Pass {
        let processor: ViewProcessor
        let answers: ViewAnswers
        let translate: Translation?

        /// A whole view, the outermost one or one within a field.
        mutating func part(_ root: Element, _ model: ModelName) -> ProcessedView {
            var fields = FieldList()
            if ViewProcessor.hasTitleOfTheMoment(root),
                let title = answers.titles[.init(root.name, of: model)]
            {
                root.set("string", to: title)
            }
            process(root, model, into: &fields)
            return ProcessedView(
                text: root.serialized().replacing("\t", with: ""), fields: fields.fields)
        }

        private mutating func process(_ element: Element, _ model: ModelName, into fields: inout FieldList) {
            hide(element)
            translateTexts(of: element, model)
            if let signal = ViewProcessor.signal(of: element, model), let barred = answers.barredSignals {
                element.set("readonly", to: barred.contains(signal) ? "1" : "0")
            }
            switch element.name {
            case "field": processField(element, model, into: &fields)
            case "calendar":
                for name in ViewProcessor.calendarAttributes.compactMap({ element[$0] }) where !name.isEmpty {
                    fields.add(.init(name: name, model: model, isElement: false))
                }
            default: break
            }
            let inner = processor.model(within: element, of: model)
            for child in element.children { process(child, inner, into: &fields) }
        }

        /// What is for groups the caller is not in stays, since attributes of other elements may refer to it, and is not
        /// shown.
        private func hide(_ element: Element) {
            guard let groups = element["groups"] else { return }
            element.set("groups", to: nil)
            guard !answers.memberships.contains(groups) else { return }
            element.set("invisible", to: "1")
            element.set("attrs", to: nil)
        }

        private func translateTexts(of element: Element, _ model: ModelName) {
            guard let translate else { return }
            for attribute in ViewProcessor.translatedAttributes {
                guard let text = element[attribute], !text.isEmpty else { continue }
                element.set(attribute, to: translate(text, model))
            }
        }

        private mutating func processField(_ element: Element, _ model: ModelName, into fields: inout FieldList) {
            guard let name = element["name"] else { return }
            var field = ProcessedView.Field(name: name, model: model, isElement: true)
            if let target = processor.relation(name, model) {
                for child in element.children where processor.isNested(child) {
                    field.views[child.name] = part(child, target)
                    child.remove()
                }
                if element["widget"] == "selection" {
                    field.choice = .init(domain: element["domain"], isOptional: element["required"] == "0")
                }
            }
            fields.add(field)
        }
    }
}
