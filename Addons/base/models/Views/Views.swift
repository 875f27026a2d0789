public import ORM

internal import PostgreSQL
internal import SQL
internal import Values
internal import ViewArchitecture

/// The views of a database's models, as `ir.ui.view` keeps them or made up where there is none. One for each database:
/// what was put together is remembered in it.
///
/// A view is put together once from those that inherit from it, and processed once for all callers to whom the same
/// applies: language, membership of the groups the view names, closed buttons, titles of the moment. What may change
/// without a word, the options of fields and the records to choose from, is worked out at each call.
public final class Views: ViewSource {
    /// What a view is put together for. The registry counts, since it says where the fields of a view lead.
    private struct Request: Hashable {
        let model: ModelName
        let id: RecordID?
        let type: String
        let registry: Int
    }

    /// What a view is processed for.
    private struct Showing: Hashable {
        let request: Request
        let answers: ViewAnswers
        let language: String?
    }

    /// Kinds of view that there may be; others are looked for in vain.
    private static let types: Set<String> = ["form", "tree", "mdx", "graph", "calendar", "diagram", "gantt", "search"]

    private let combined = CommittedCache<Request, CombinedView>("views", limit: 2_000)
    private let processed = CommittedCache<Showing, ProcessedView>("views.processed", limit: 5_000)

    public init() {}

    /// To be told of what other processes have changed.
    var caches: [any RecordCache] { [combined, processed] }

    // MARK: - Answers

    public func fieldsView(_ request: ViewRequest, of handle: Records) throws -> FieldsView {
        let view = try combined(request, of: handle)
        let shown = try processed(view.combined, for: view.request, handle)
        let fields = ViewFields(environment: handle.environment, view: view.combined)
        var answer = FieldsView(
            name: view.combined.name, type: view.combined.type, model: handle.model.name, viewID: view.combined.id,
            fieldParent: view.combined.fieldParent, arch: shown.text, fields: try fields.entries(of: shown, handle))
        if request.wantsToolbar {
            answer.toolbar = try StoredValue.toolbar(of: handle.model, in: handle.environment)
        }
        if request.wantsSubmenu { answer.submenu = try Menu.submenu(in: handle.environment) }
        return answer
    }

    /// The fields that a model's form or list offers to search by.
    func searchableFields(of handle: Records, type: String) throws -> [FieldName] {
        try combined(ViewRequest(type), of: handle).combined.searchableFields
    }

    /// The title of a model's form or list.
    func title(of handle: Records, type: String) throws -> String? {
        try combined(ViewRequest(type), of: handle).combined.title
    }

    // MARK: - Steps

    private func combined(
        _ request: ViewRequest, of handle: Records
    ) throws -> (combined: CombinedView, request: Request) {
        let environment = handle.environment
        guard Self.types.contains(request.type) || request.viewID != nil else {
            throw UserError.noView(ofType: request.type)
        }
        let key = Request(
            model: handle.model.name, id: try request.viewID ?? Self.reference(to: request.type, in: environment),
            // No other kind is remembered, so that the names clients think up take no room.
            type: Self.types.contains(request.type) ? request.type : "", registry: environment.registry.number)
        let view = try combined.content(for: key, in: environment) { visibility in
            let results = try environment.transaction.pipeline([
                StoredViews.statement(model: key.model, id: key.id, type: key.type), visibility,
            ])
            let isCurrent = results[1].boolean(0, 0) ?? true
            guard let stored = StoredViews(results[0]) else {
                let made = try MadeUpView(handle: handle, views: self).architecture(type: key.type)
                return (
                    CombinedView(made, type: key.type, model: key.model, in: environment.registry), isCurrent
                )
            }
            return (try CombinedView(stored, model: key.model, in: environment.registry), isCurrent)
        }
        return (view, key)
    }

    /// The view that the context names for this type: `form_view_ref`, `module.name`. Anything else names none.
    private static func reference(to type: String, in environment: Environment) throws -> RecordID? {
        guard let name = environment.context["\(type)_view_ref"].text, name.contains("."),
            let target = try environment.registry.ports.externalIDs.target(of: name, in: environment),
            target.model == "ir.ui.view"
        else { return nil }
        return target.id
    }

    private func processed(_ view: CombinedView, for request: Request, _ handle: Records) throws -> ProcessedView {
        let environment = handle.environment
        let texts = try environment.context["lang"].isTruthy ? environment.translatedTexts() : nil
        let key = Showing(
            request: request, answers: try answers(to: view.questions, viewID: view.id, in: environment),
            language: texts == nil ? nil : environment.language)
        return try processed.content(for: key, in: environment) { visibility in
            let isCurrent = try environment.rows(visibility).boolean(0, 0) ?? true
            let translate: ViewProcessor.Translation? = texts.map { texts in
                { text, model in
                    let own = texts.text(for: text, .view, of: model)
                    return own == text ? texts.text(for: text, .view, of: view.rootModel) : own
                }
            }
            let processor = CombinedView.processor(environment.registry)
            let architecture = try Architecture(parsing: view.text, name: view.name)
            return (
                processor.process(architecture, of: request.model, answers: key.answers, translate: translate),
                isCurrent
            )
        }
    }

    private func answers(
        to questions: ViewQuestions, viewID: RecordID, in environment: Environment
    ) throws -> ViewAnswers {
        var answers = ViewAnswers()
        for groups in questions.groups {
            let names = groups.split(separator: ",").map { String(String($0).trimmed) }
            if try environment.registry.ports.access.isMember(ofAny: names, in: environment) {
                answers.memberships.insert(groups)
            }
        }
        if environment.isSuperuser {
            answers.barredSignals = nil
        } else if !questions.signals.isEmpty {
            let signals = questions.signals.map { (model: $0.model, name: $0.name) }
            let barred = try environment.registry.ports.workflows.barred(signals, in: environment)
            answers.barredSignals = Set(barred.map { ViewQuestions.Signal($0.name, of: $0.model) })
        }
        for part in questions.titles {
            guard environment.registry.models[part.model] != nil else { continue }
            let request = ViewRequest(part.type, viewID: viewID == 0 ? nil : viewID)
            answers.titles[part] = try environment.records(part.model).viewTitle(request)
        }
        return answers
    }

    // MARK: - Changes

    /// To be told after each change of views.
    @Sendable static func noteChange(in environment: Environment) throws {
        guard let views = environment.registry.ports.views as? Views else { return }
        try views.combined.noteChange(in: environment)
        try views.processed.noteChange(in: environment)
    }

    /// To be told after each change of translations.
    static func noteTranslations(in environment: Environment) throws {
        try (environment.registry.ports.views as? Views)?.processed.noteChange(in: environment)
    }
}
