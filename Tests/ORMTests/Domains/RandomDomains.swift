import ORM
import TestSupport
import Values

/// Domains on the park's models out of numbers that look random. Each leaf is one that its field understands.
struct RandomDomains {
    let rows: ParkRows
    private(set) var random: SeededGenerator

    init(on rows: ParkRows, _ random: SeededGenerator) {
        self.rows = rows
        self.random = random
    }

    private static let orders = ["=", "!=", "<>", "<", ">", "<=", ">="]
    private static let patterns = ["like", "ilike", "not like", "not ilike", "=like", "=ilike"]
    private static let texts: [Value] = ["a", "A", "ab", "aB", "abcde", "b%", "_", "%", "7", "zz"]
    private static let names: [Value] = ["ash", "Ash", "as", "birch", "o", "ivy_", "i%", "zz", "", "_ak"]
    private static let numbers: [Value] = [-1, 0, 1, 2, 7, 99]
    private static let floats: [Value] = [0.0, 0.5, 1.25, 1.2514, 2.01, 2.0, -3.0, 0, 1]

    mutating func domain(on model: ModelName) -> [DomainTree] {
        (0..<one(of: [0, 1, 1, 1, 2, 3])).map { _ in tree(on: model, depth: 3) }
    }

    private mutating func tree(on model: ModelName, depth: Int) -> DomainTree {
        switch depth == 0 ? 9 : Int.random(in: 0...9, using: &random) {
        case 0...1: .not(tree(on: model, depth: depth - 1))
        case 2...3: .both(tree(on: model, depth: depth - 1), tree(on: model, depth: depth - 1))
        case 4...5: .either(tree(on: model, depth: depth - 1), tree(on: model, depth: depth - 1))
        default: .leaf(leaf(on: model))
        }
    }

    // MARK: - Leaves

    private mutating func leaf(on model: ModelName) -> Value {
        var current = model
        var path: [String] = []
        while true {
            if chance(12) { return identity(path + ["id"], of: current) }
            let (name, trait) = one(of: ParkShape.of(current).allTraits)
            path.append(name)
            if let target = trait.target, path.count < 4, chance(2) {
                current = target
                continue
            }
            let (comparison, value) = question(about: trait, on: current)
            return [.text(path.joined(separator: ".")), .text(comparison), value]
        }
    }

    private mutating func identity(_ path: [String], of model: ModelName) -> Value {
        let name = Value.text(path.joined(separator: "."))
        if ParkShape.of(model).isTree, chance(2) { return [name, "child_of", roots(in: model)] }
        if chance(2) { return [name, .text(one(of: Self.orders)), one(of: ids(model))] }
        return [name, .text(one(of: ["in", "not in"])), list(of: ids(model))]
    }

    private mutating func question(about trait: Trait, on model: ModelName) -> (String, Value) {
        switch trait {
        case .boolean:
            if chance(3) { return (one(of: ["in", "not in"]), list(of: [true])) }
            return (one(of: ["=", "!=", "<>", "=?"]), one(of: [true, false, nil, 0, 1]))
        case .text, .follows, .either, .opaque:
            if case .text = trait, chance(5) { return (one(of: ["=", "!=", "<>", "=?"]), one(of: [false, nil])) }
            // An empty list asks for no value, which a function takes for nothing to look for.
            if chance(3) { return (one(of: ["in", "not in"]), list(of: Self.texts + Self.names)) }
            return (one(of: Self.orders + Self.patterns + ["=?"]), one(of: Self.texts + Self.names))
        case .integer: return numeric(Self.numbers + ["7"], listed: Self.numbers)
        case .float: return numeric(Self.floats + ["1.25"], listed: Self.floats)
        case .date: return numeric(ParkRows.days, listed: ParkRows.days)
        case .datetime:
            return numeric(ParkRows.moments + ParkRows.days, listed: ParkRows.moments + ParkRows.days)
        case .one(let target): return reference(to: target)
        case .lines(let target, _), .links(let target, _, _, _): return several(of: target)
        }
    }

    private mutating func numeric(_ values: [Value], listed: [Value]) -> (String, Value) {
        if chance(3) { return (one(of: ["in", "not in"]), list(of: listed)) }
        return (one(of: Self.orders + ["=?"]), one(of: values + [false, nil]))
    }

    private mutating func reference(to target: ModelName) -> (String, Value) {
        switch Int.random(in: 0...6, using: &random) {
        case 0 where ParkShape.of(target).isTree: return ("child_of", roots(in: target))
        case 0...1: return (one(of: Self.orders + Self.patterns), one(of: [false, nil, "", 0]))
        case 2: return (one(of: Self.orders + Self.patterns + ["in", "not in", "=?"]), one(of: Self.names))
        case 3:
            let names = (0...1).map { _ in one(of: Self.names) }
            return (one(of: Self.orders + ["in", "not in"]), .list(names))
        case 4: return (one(of: ["in", "not in"]), list(of: ids(target)))
        case 5: return (one(of: Self.orders + Self.patterns + ["in", "not in"]), [])
        default: return (one(of: Self.orders + ["=?"]), one(of: ids(target)))
        }
    }

    private mutating func several(of target: ModelName) -> (String, Value) {
        let all = Self.orders + Self.patterns
        switch Int.random(in: 0...4, using: &random) {
        case 0 where ParkShape.of(target).isTree: return ("child_of", roots(in: target))
        case 0...1: return (one(of: all + ["in", "not in"]), one(of: [false, []]))
        case 2: return (one(of: all), one(of: Self.names))
        case 3: return (one(of: all), one(of: ids(target)))
        default: return (one(of: all + ["in", "not in"]), .list((0...2).map { _ in one(of: ids(target)) }))
        }
    }

    // MARK: - Values

    private mutating func roots(in model: ModelName) -> Value {
        switch Int.random(in: 0...4, using: &random) {
        case 0: one(of: Self.names)
        case 1: one(of: ids(model))
        case 2: []
        default: .list((0...1).map { _ in one(of: ids(model)) })
        }
    }

    private func ids(_ model: ModelName) -> [Value] { rows.ids(model).map { .integer($0) } }

    /// Up to three values, now and then with one that stands for none.
    private mutating func list(of values: [Value]) -> Value {
        var list = (0..<Int.random(in: 0...3, using: &random)).map { _ in one(of: values) }
        if chance(4) { list.append(one(of: [false, nil, 0])) }
        return .list(list.shuffled(using: &random))
    }

    private mutating func one<Element>(of values: [Element]) -> Element {
        values[Int.random(in: values.indices, using: &random)]
    }

    private mutating func chance(_ count: Int) -> Bool { Int.random(in: 1...count, using: &random) == 1 }
}
