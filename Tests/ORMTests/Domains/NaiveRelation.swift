import ORM
import Values

/// A leaf on a relation of the park, as the tables of contract/domains.md §3 to §5 tell it.
struct NaiveRelation {
    let search: NaiveSearch
    let model: ModelName
    let field: FieldName
    let trait: Trait

    private var target: ModelName {
        guard let target = trait.target else { fatalError("\(field) is no relation") }
        return target
    }

    private static let negatives = ["not like", "not ilike", "not in", "<>", "!="]

    /// `field.rest`: found by what the target's records say.
    func condition(following rest: String, _ comparison: String, _ value: Value) -> NaiveSearch.Condition {
        leads(to: search.search(target, [[.text(rest), .text(comparison), value]]))
    }

    func condition(_ comparison: String, _ value: Value) -> NaiveSearch.Condition {
        if comparison == "child_of" { return below(value) }
        if case .one = trait { return toOne(comparison, value) }
        return toMany(comparison, value)
    }

    private func below(_ value: Value) -> NaiveSearch.Condition {
        var isOwn = false
        if case .one = trait { isOwn = target == model }
        guard let ids = search.descendants(of: value, in: target, along: isOwn ? field : "parent_id") else {
            if case .one = trait { return { _ in true } }
            return leads(to: Set(search.rows.ids(target)))
        }
        return isOwn ? { ids.contains($0) } : leads(to: ids)
    }

    // MARK: - many2one

    private func toOne(_ comparison: String, _ value: Value) -> NaiveSearch.Condition {
        let isNegative = Self.negatives.contains(comparison)
        if !value.isTruthy, value.list == nil {
            return { (search.rows.cell(field, model, $0) != .null) == isNegative }
        }
        if value == [] { return { _ in ["not in", "!=", "<>"].contains(comparison) } }
        var unfiltered = search
        unfiltered.filtersInactive = false
        let asked = ["<", ">", "<=", ">="].contains(comparison) ? "in" : comparison
        if let name = value.text {
            return leads(to: unfiltered.named(name, ["in": "=", "not in": "!="][asked] ?? asked, in: target))
        }
        if let names = value.list, names.allSatisfy({ $0.text != nil }) {
            let asked = ["=": "in", "!=": "not in", "<>": "not in"][asked] ?? asked
            return leads(to: unfiltered.search(target, [["name", .text(asked), value]]))
        }
        let column = NaiveColumn(trait: trait, comparison: comparison, value: value)
        return { column.holds(for: search.rows.cell(field, model, $0)) }
    }

    // MARK: - one2many and many2many

    private func toMany(_ comparison: String, _ value: Value) -> NaiveSearch.Condition {
        let isNegative = Self.negatives.contains(comparison)
        let isLinked = leads(to: nil)
        if value == .null || value == false { return { isLinked($0) == isNegative } }
        var ids: Set<RecordID>
        if let name = value.text {
            ids = search.named(name, comparison, in: target)
            // Whoever is linked to a hit is found, whatever the operator.
            if !ids.isEmpty { return leads(to: ids) }
        } else {
            ids = Set((value.list ?? [value]).compactMap(\.integer))
        }
        if ids.isEmpty {
            let findsNothing = ["like", "ilike", "in", "="].contains(comparison)
            return { findsNothing ? false : isLinked($0) == false }
        }
        if case .lines = trait, let first = (value.list ?? [value]).first,
            ["<", ">", "<=", ">="].contains(comparison)
        {
            let column = NaiveColumn(trait: .integer, comparison: comparison, value: first)
            ids = Set(search.rows.ids(target).filter { column.holds(for: .integer($0)) == true })
        }
        let isHit = leads(to: ids)
        return isNegative ? { isHit($0) == false } : isHit
    }

    // MARK: - Both

    /// The records that lead to one of the targets; nil stands for all of them. Where there is no target at all, not
    /// even a record without one is unknown.
    private func leads(to ids: Set<RecordID>?) -> NaiveSearch.Condition {
        switch trait {
        case .lines(_, let inverse):
            let owners = Set(
                search.rows.ids(target).filter { ids?.contains($0) != false }
                    .compactMap { search.rows.cell(inverse, target, $0).integer })
            return { owners.contains($0) }
        case .links:
            return { id in
                (search.rows.cell(field, model, id).list ?? []).contains { link in
                    link.integer.map { ids?.contains($0) != false } == true
                }
            }
        default:
            return { id in
                if ids?.isEmpty == true { return false }
                guard let target = search.rows.cell(field, model, id).integer else { return nil }
                return ids?.contains(target) != false
            }
        }
    }
}
