internal import Domain
public import Values

/// Models and fields that people make with records while the server runs (contract/addons.md §8).
///
/// Their records outlive the addons they were made for: what no longer fits the models there are is left out of the
/// registry, with a word for the log, instead of keeping the whole database closed.
public struct CustomModels: Sendable {
    /// The models, with what a person calls their records, in the order they were made.
    public var models: [(name: ModelName, title: String)] = []
    /// The fields, of these models and of the addons' ones.
    public var fields: [CustomField] = []
    /// Fields of addons that are not there, whose tables are; of a database that another server has made.
    public var kept: [KeptField] = []

    public init() {}

    /// What these are an addon of in the registry; no folder has such a name.
    static let addon = "(custom)"

    /// What of it fits the addons' models.
    func fitting(_ drafts: [ModelName: ModelDraft]) -> (half: AddonModels, misfits: [String]) {
        var misfits: [String] = []
        let new = models.filter { model in
            if drafts[model.name] == nil { return true }
            misfits.append("model \(model.name): an addon has a model of that name")
            return false
        }
        let names = Set(drafts.keys).union(new.map(\.name))
        var columns: [ModelName: Set<FieldName>] = drafts.mapValues { Set($0.fields.filter(\.hasColumn).map(\.name)) }
        var accepted: [ModelName: [Field]] = [:]
        // Long names are cut, so two fields might come to one table of links.
        var linkTables = Set(drafts.values.flatMap(\.fields).compactMap(\.kind.linkTable))
        // Lines come last: they need the field at their other end.
        for custom in fields.filter({ $0.kind != "one2many" }) + fields.filter({ $0.kind == "one2many" }) {
            do throws(CustomField.Misfit) {
                let field = try custom.field()
                try check(field, of: custom.model, names: names, columns: columns, over: drafts)
                if let table = field.kind.linkTable, linkTables.contains(table) {
                    throw CustomField.Misfit("another field keeps its links in \(table)")
                }
                guard accepted[custom.model]?.contains(where: { $0.name == field.name }) != true else {
                    throw CustomField.Misfit("there are two of that name")
                }
                accepted[custom.model, default: []].append(field)
                if let table = field.kind.linkTable { linkTables.insert(table) }
                if field.hasColumn { columns[custom.model, default: []].insert(field.name) }
            } catch {
                misfits.append("field \(custom.name) of \(custom.model): \(error.reason)")
            }
        }
        return (AddonModels(Self.addon, definitions: definitions(of: new, accepted)), misfits)
    }

    private func check(
        _ field: Field, of model: ModelName, names: Set<ModelName>, columns: [ModelName: Set<FieldName>],
        over drafts: [ModelName: ModelDraft]
    ) throws(CustomField.Misfit) {
        guard names.contains(model) else { throw CustomField.Misfit("there is no such model") }
        if drafts[model]?.fields.contains(where: { $0.name == field.name }) == true {
            throw CustomField.Misfit("an addon has a field of that name")
        }
        if drafts[model]?.view != nil || drafts[model]?.ownsTable == false {
            throw CustomField.Misfit("the model shows what other tables hold")
        }
        guard let target = field.kind.target else { return }
        guard names.contains(target) else { throw CustomField.Misfit("there is no model \(target)") }
        // The server applies a list itself, at every read.
        if case .list = field.attributes.domain, (try? Domain(field.attributes.domain)) == nil {
            throw CustomField.Misfit("its domain is none: \(field.attributes.domain.pythonText)")
        }
        if case .one2many(_, let inverse) = field.kind, columns[target]?.contains(inverse) != true {
            throw CustomField.Misfit("there is no field \(inverse) in \(target)")
        }
    }

    private func definitions(
        of models: [(name: ModelName, title: String)], _ fields: [ModelName: [Field]]
    ) -> [ModelDefinition] {
        let own = models.map { model in
            ModelDefinition.introducing(model.name) { content in
                content.title = model.title
                content.nameField = "x_name"
                content.fields = fields[model.name] ?? []
            }
        }
        let ownNames = Set(models.map(\.name))
        let others = fields.filter { !ownNames.contains($0.key) }.sorted { $0.key < $1.key }
        return own
            + others.map { name, fields in ModelDefinition.extending(name) { $0.fields = fields } }
    }
}
