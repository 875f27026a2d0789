internal import Domain
internal import Values

/// Models whose addons are not there, made from what the database says of them: they can be read and searched, and are
/// changed by nobody, since nobody knows their rules. Models that are there get the columns they lack.
struct KeptModels {
    let half: AddonModels

    /// What these are an addon of in the registry; no folder has such a name.
    static let addon = "(kept)"

    init(_ kept: [KeptField], besides drafts: [ModelName: ModelDraft]) {
        let described = Dictionary(grouping: kept) { $0.model }
        let hasModel: (ModelName) -> Bool = { drafts[$0] != nil || described[$0] != nil }
        // Columns first: lists need the one at their other end.
        var columns: [ModelName: [Field]] = [:]
        for (name, fields) in described {
            let draft = drafts[name]
            // What is no table of its own has columns of others.
            if let draft, draft.view != nil || draft.ownsTable == false || draft.parentTable != nil { continue }
            let taken = Set(draft?.fields.map(\.name) ?? []).union(Self.engineFields(of: draft))
            columns[name] = fields.filter { $0.columnType != nil && !taken.contains($0.name) }
                .compactMap { $0.field(hasModel: hasModel) }
        }
        let allColumns = drafts.mapValues { Set($0.fields.filter(\.hasColumn).map(\.name)) }
            .merging(columns.mapValues { Set($0.map(\.name)) }) { $0.union($1) }
        var definitions: [ModelDefinition] = []
        for (name, own) in columns.sorted(by: { $0.key < $1.key }) {
            let taken = Set(drafts[name]?.fields.map(\.name) ?? [])
            let lists = described[name, default: []].filter { list in
                list.columnType == nil && !taken.contains(list.name)
                    && allColumns[list.relation]?.contains(list.inverse) == true
            }
            let fields = own + lists.compactMap { $0.field(hasModel: hasModel) }
            if drafts[name] == nil, let first = described[name]?.first {
                definitions.append(Self.model(name, first, fields))
            } else if !fields.isEmpty {
                definitions.append(.extending(name) { $0.fields = fields })
            }
        }
        half = AddonModels(Self.addon, definitions: definitions)
    }

    private static func model(_ name: ModelName, _ first: KeptField, _ fields: [Field]) -> ModelDefinition {
        .introducing(name) { model in
            model.title = first.title
            model.fields = fields
            // Whoever made a view may have left these columns out.
            if first.isShown { model.logsAccess = false }
            model.overrides.create = { records, _, _ in throw refusal(records.model.title) }
            model.overrides.write = { records, _, _ in throw refusal(records.model.title) }
            model.overrides.unlink = { records, _ in throw refusal(records.model.title) }
            model.overrides.copy = { record, _, _ in throw refusal(record.model.title) }
        }
    }

    /// Columns that come with every table, or with what the definition says of the model as a whole.
    private static func engineFields(of draft: ModelDraft?) -> Set<FieldName> {
        var names: Set<FieldName> = ["id", "parent_left", "parent_right"]
        names.formUnion(Model.logColumns)
        if let draft { names.formUnion(draft.delegates.values) }
        return names
    }

    private static func refusal(_ title: String) -> UserError {
        UserError(
            "Read Only",
            "\(title): these records belong to an addon that this server does not have. They can be looked at, but not "
                + "changed.")
    }
}
