import ORM
import Values

/// Searches the park's rows as the contract's tables tell it, one record at a time and without SQL.
struct NaiveSearch {
    /// What a condition says of a record; `nil` is SQL's unknown, which matters under `!`.
    typealias Condition = (RecordID) -> Bool?

    let rows: ParkRows
    var filtersInactive = true

    /// The records a domain finds (contract/domains.md §1, §8).
    func search(_ model: ModelName, _ domain: [Value]) -> Set<RecordID> {
        var elements = domain
        let namesActive = domain.contains { $0.list?.first == "active" }
        if filtersInactive, ParkShape.of(model).hasActive, !namesActive {
            elements.insert(["active", "=", 1], at: 0)
        }
        let condition = whole(elements, on: model)
        return Set(rows.ids(model).filter { condition($0) == true })
    }

    /// A list in prefix notation, read from the right with a stack; what is left on it is joined by AND.
    private func whole(_ elements: [Value], on model: ModelName) -> Condition {
        var stack: [Condition] = []
        for element in elements.reversed() {
            switch element {
            case "!":
                let inner = stack.removeLast()
                stack.append { inner($0).map { !$0 } }
            case "&": stack.append(Self.both(stack.removeLast(), stack.removeLast()))
            case "|":
                let (one, other) = (stack.removeLast(), stack.removeLast())
                stack.append { id in
                    let (one, other) = (one(id), other(id))
                    if one == true || other == true { return true }
                    return one == nil || other == nil ? nil : false
                }
            default:
                guard let parts = element.list, let path = parts[0].text, let comparison = parts[1].text else {
                    fatalError("\(element) is no leaf")
                }
                stack.append(leaf(path, comparison, parts[2], on: model))
            }
        }
        return stack.reduce({ _ in true }, Self.both)
    }

    private static func both(_ one: @escaping Condition, _ other: @escaping Condition) -> Condition {
        { id in
            let (one, other) = (one(id), other(id))
            if one == false || other == false { return false }
            return one == nil || other == nil ? nil : true
        }
    }

    // MARK: - Leaves

    private func leaf(_ path: String, _ comparison: String, _ value: Value, on model: ModelName) -> Condition {
        let steps = path.split(separator: ".", maxSplits: 1).map(String.init)
        let shape = ParkShape.of(model)
        if steps[0] == "id" { return identity(comparison, value, of: model) }
        guard let trait = shape.traits[steps[0]] else {
            guard let parent = shape.parent else { fatalError("\(model) has no \(path)") }
            let inner = leaf(path, comparison, value, on: parent.model)
            return { id in rows.cell(parent.link, model, id).integer.flatMap(inner) }
        }
        let relation = NaiveRelation(search: self, model: model, field: steps[0], trait: trait)
        switch trait {
        case .follows(let path): return leaf(path, comparison, value, on: model)
        case .either: return whole(Park.eitherDomain(comparison, value), on: model)
        case .opaque: return { _ in true }
        case .one, .lines, .links:
            if steps.count > 1 { return relation.condition(following: steps[1], comparison, value) }
            return relation.condition(comparison, value)
        default:
            let column = NaiveColumn(trait: trait, comparison: comparison, value: value)
            return { column.holds(for: rows.cell(steps[0], model, $0)) }
        }
    }

    private func identity(_ comparison: String, _ value: Value, of model: ModelName) -> Condition {
        if comparison == "child_of" {
            guard let ids = descendants(of: value, in: model, along: "parent_id") else { return { _ in true } }
            return { ids.contains($0) }
        }
        if let list = value.list, list.isEmpty { return { _ in comparison == "not in" } }
        let column = NaiveColumn(trait: .integer, comparison: comparison, value: value)
        return { column.holds(for: .integer($0)) }
    }

    // MARK: - Hierarchies

    /// The given records and all below them (contract/domains.md §5); nil where the leaf vanishes.
    func descendants(of value: Value, in model: ModelName, along parent: FieldName) -> Set<RecordID>? {
        var found: Set<RecordID> =
            switch value {
            case .text(let text): named(text, "like", in: model)
            case .list(let elements): Set(elements.compactMap(\.integer))
            default: Set([value].compactMap(\.integer))
            }
        let hasBounds = ParkShape.of(model).isNestedSet && parent == "parent_id"
        if found.isEmpty { return hasBounds ? nil : [] }
        var size = -1
        while size < found.count {
            size = found.count
            for id in rows.ids(model) where hasBounds || !filtersInactive || rows.cell("active", model, id) == true {
                if let above = rows.cell(parent, model, id).integer, found.contains(above) { found.insert(id) }
            }
        }
        return found
    }

    /// The records a name search finds, without its limit.
    func named(_ name: String, _ comparison: String, in model: ModelName) -> Set<RecordID> {
        search(model, name.isEmpty ? [] : [["name", .text(comparison), .text(name)]])
    }
}
