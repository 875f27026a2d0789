internal import Values

/// Gives copies the translations of what they were copied from: the record's own, those of its parents and of its
/// one2many lines (contract/orm.md §5). One read and one statement for each relation on the way.
struct TranslationCopy {
    private static let depthLimit = 20

    private let environment: Environment
    /// Whether the caller's right to write what is translated is still to be checked.
    private let checksRights: Bool

    /// - Parameter checksRights: False for copies that the caller has just made.
    init(in environment: Environment, checksRights: Bool) {
        self.environment = environment.adding(["lang": false])
        self.checksRights = checksRights
    }

    /// - Parameter given: Relations of the copies that were not copied, but given.
    func run(
        _ pairs: [(from: RecordID, to: RecordID)], of model: Model, besides given: Set<FieldName> = []
    ) throws {
        if try environment.registry.ports.translator.valueLanguages(in: environment).isEmpty { return }
        try copy(pairs, of: model, besides: given, depth: 0)
    }

    private func copy(
        _ pairs: [(from: RecordID, to: RecordID)], of model: Model, besides given: Set<FieldName> = [], depth: Int
    ) throws {
        guard !pairs.isEmpty, depth <= Self.depthLimit else { return }
        if checksRights {
            try environment.check(.read, on: model)
            try environment.check(.write, on: model)
            try Records(of: model, pairs.map(\.from), in: environment).checkRules(.read)
            try Records(of: model, pairs.map(\.to), in: environment).checkRules(.write)
        }
        if model.fields.contains(where: \.attributes.translate) {
            try environment.registry.ports.translator.copy(pairs, of: model, in: environment)
        }
        for field in try translatedRelations(of: model) where !given.contains(field.name) {
            guard let target = field.kind.target.flatMap({ environment.registry.models[$0] }) else { continue }
            try copy(followed(field, from: pairs, of: model), of: target, depth: depth + 1)
        }
    }

    /// Relations whose records were copied along, and have something translated or lead to what has.
    private func translatedRelations(of model: Model) throws -> [Field] {
        var known: Set<ModelName> = [model.name]
        return try relations(of: model).filter { field in
            guard let target = field.kind.target else { return false }
            return try isTranslated(environment.registry.model(target), besides: &known)
        }
    }

    private func isTranslated(_ model: Model, besides known: inout Set<ModelName>) throws -> Bool {
        if model.fields.contains(where: \.attributes.translate) { return true }
        guard known.insert(model.name).inserted else { return false }
        for field in relations(of: model) {
            guard let target = field.kind.target else { continue }
            if try isTranslated(environment.registry.model(target), besides: &known) { return true }
        }
        return false
    }

    private func relations(of model: Model) -> [Field] {
        let links = Set(model.delegates.map(\.link))
        return model.fields.filter { field in
            if links.contains(field.name) { return true }
            if case .one2many = field.kind { return !field.isFunction }
            return false
        }
    }

    /// Lines are copied in the order of their ids, so the first line of the copy stems from the first of the original.
    /// Where an addon made more or fewer of them, nobody knows which stems from which.
    private func followed(
        _ field: Field, from pairs: [(from: RecordID, to: RecordID)], of model: Model
    ) throws -> [(from: RecordID, to: RecordID)] {
        let table = try Records(of: model, pairs.flatMap { [$0.from, $0.to] }, in: environment).readForCode([field.name]
        )
        let values = Dictionary(
            zip((table.values(of: "id") ?? []).compactMap(\.integer), table.values(of: field.name) ?? []),
            uniquingKeysWith: { first, _ in first })
        return pairs.flatMap { pair -> [(from: RecordID, to: RecordID)] in
            let (old, new) = (targets(values[pair.from]), targets(values[pair.to]))
            return old.count == new.count ? zip(old, new).map { (from: $0, to: $1) } : []
        }
    }

    private func targets(_ value: Value?) -> [RecordID] {
        if let id = value?.integer { return [id] }
        return (value?.list ?? []).compactMap(\.integer).sorted()
    }
}
