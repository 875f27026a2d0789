internal import PostgreSQL
internal import SQL
public import Values

/// Carries out a `read`: one statement for the columns with one for each to-many field, all in one pipeline; then
/// the names of many2one targets, one statement a target; then what Swift code computes. Never one a record.
struct RecordReader {
    let records: Records
    let naming: Bool

    private var environment: Environment { records.environment }
    private var model: Model { records.model }

    /// The fields of the records as a table whose first column is `id`, in the model's order. Records that do not
    /// exist are left out; without rules and columns among the fields nobody looks, and ids come in their order.
    func read(_ names: [FieldName]) throws -> RecordTable {
        let plan = try ReadPlan(names, of: model, ids: records.ids, in: environment, naming: naming)
        try environment.check(.read, on: model)
        for parent in plan.parents { try environment.check(.read, on: environment.registry.model(parent)) }
        if records.ids.isEmpty { return emptyTable(plan) }
        if model.isTransient { try TransientRecords(records: records).use(.read) }

        let relations = try plan.relations.map { try RelationReader(field: $0, of: model, in: environment) }
        let rules = try environment.ruleConditions(.read, on: model, parents: plan.parents)
        let main = plan.statement(obeying: rules)
        let names = try plan.nameStatements()
        let results = try environment.transaction.pipeline(
            (main.map { [$0] } ?? []) + relations.map { $0.statement(ids: plan.ids) } + names.map(\.statement))
        var known: [ModelName: [RecordID: String]] = [:]
        for (name, result) in zip(names, results.suffix(names.count)) {
            known[name.target.name] = DisplayNames.names(in: result)
        }

        let ids: [RecordID]
        var table: RecordTable
        if main != nil {
            ids = results[0].integers(column: 0)
            // Without rules records that are gone are left out; with them nobody is told which of the two it was.
            if !rules.isEmpty { try records.checkCount(ids.count, of: plan.ids.count, .read) }
            table = RecordTable(count: ids.count)
            table.append("id", .raw(source: results[0], index: 0, kind: .identifier))
            try append(plan, from: results[0], knowing: known, to: &table)
        } else {
            ids = plan.ids
            table = RecordTable(count: ids.count)
            table.append("id", .values(ids.map { .integer($0) }))
        }
        for (relation, result) in zip(relations, results.dropFirst(main == nil ? 0 : 1)) {
            table.append(relation.field.name, .values(relation.values(from: result, for: ids)))
        }
        for field in plan.hidden {
            table.append(field.name, .values(Array(repeating: field.emptyForUnprivileged, count: ids.count)))
        }
        try append(computed: plan.computed, for: ids, to: &table)
        return table
    }

    private func emptyTable(_ plan: ReadPlan) -> RecordTable {
        var table = RecordTable(count: 0)
        let names = plan.columns.map(\.name) + (plan.relations + plan.hidden + plan.computed).map(\.name)
        for name in ["id"] + names { table.append(name, .values([])) }
        return table
    }

    private func append(
        _ plan: ReadPlan, from result: Result, knowing known: [ModelName: [RecordID: String]],
        to table: inout RecordTable
    ) throws {
        let columns = plan.columns
        var targets: [ModelName: (model: Model, ids: Set<RecordID>)] = [:]
        for (place, column) in columns.enumerated() {
            guard case .reference(let target) = column.content,
                plan.plainTargets[target.name]?.columns.contains(column.name) != true
            else { continue }
            for row in 0..<result.rowCount {
                guard let id = result.integer(row, place + 1) else { continue }
                targets[target.name, default: (target, [])].ids.insert(id)
            }
        }
        let names = try DisplayNames(environment: environment.superuser).names(of: targets)
            .merging(known) { found, along in found.merging(along) { first, _ in first } }
        let links = columns.indices.filter { if case .link = columns[$0].content { true } else { false } }
        let references = try ReferenceReader(environment: environment).values(
            ofColumns: links.map { $0 + 1 }, in: result)
        for (place, column) in columns.enumerated() {
            switch column.content {
            case .link: table.append(column.name, .values(references[place + 1] ?? []))
            case .plain(let kind):
                table.append(column.name, .raw(source: result, index: place + 1, kind: kind))
            case .reference(let target):
                table.append(
                    column.name, .references(source: result, index: place + 1, names: names[target.name] ?? [:]))
            case .serialized:
                let values = (0..<result.rowCount).map { SerializedText.value(of: result.text($0, place + 1)) }
                table.append(column.name, .values(values))
            case .size:
                let sizes = (0..<result.rowCount).map { row -> Value in
                    result.integer(row, place + 1).map { .text(ContentSize.text(bytes: $0)) } ?? false
                }
                table.append(column.name, .values(sizes))
            }
        }
    }

    private func append(computed fields: [Field], for ids: [RecordID], to table: inout RecordTable) throws {
        guard !fields.isEmpty else { return }
        let found = records.other(ids)
        for (field, values) in zip(fields, try ComputedReader.values(of: fields, for: found, naming: naming)) {
            table.append(field.name, .values(ids.map { values[$0] ?? field.kind.emptyValue }))
        }
    }
}

/// The size of a binary field's content in words, as clients show it: `1.21 Kb` (contract/orm.md §6).
enum ContentSize {
    static func text(bytes: Int) -> String {
        var size = Double(bytes)
        var unit = 0
        let units = ["bytes", "Kb", "Mb", "Gb"]
        while size >= 1024, unit < units.count - 1 {
            size /= 1024
            unit += 1
        }
        let hundredths = Int((size * 100).rounded(.toNearestOrEven))
        let fraction = String(hundredths % 100)
        return "\(hundredths / 100)." + (fraction.count < 2 ? "0" : "") + fraction + " " + units[unit]
    }
}

extension FieldKind {
    /// What an empty field of this kind reads as (contract/orm.md §2).
    public var emptyValue: Value {
        switch self {
        case .integer, .bigInteger: 0
        case .float: 0.0
        case .one2many, .many2many: []
        default: false
        }
    }
}

extension Field {
    /// What users outside a field's groups get (contract/orm.md §4).
    var emptyForUnprivileged: Value {
        switch kind {
        case .one2many, .many2many: []
        case .float: 0.0
        default: false
        }
    }
}
