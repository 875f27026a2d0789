import Values

/// A domain that can be taken apart.
indirect enum DomainTree {
    case leaf(Value)
    case not(DomainTree)
    case both(DomainTree, DomainTree)
    case either(DomainTree, DomainTree)

    /// In prefix notation.
    var elements: [Value] {
        switch self {
        case .leaf(let leaf): [leaf]
        case .not(let inner): ["!"] + inner.elements
        case .both(let one, let other): ["&"] + one.elements + other.elements
        case .either(let one, let other): ["|"] + one.elements + other.elements
        }
    }

    /// The trees that are one step smaller: without an operator, without an operand, without an element of a list.
    var smaller: [DomainTree] {
        switch self {
        case .leaf(let leaf):
            guard let parts = leaf.list, let elements = parts[2].list else { return [] }
            return elements.indices.map { place in
                var fewer = elements
                fewer.remove(at: place)
                return .leaf([parts[0], parts[1], .list(fewer)])
            }
        case .not(let inner): return [inner] + inner.smaller.map { .not($0) }
        case .both(let one, let other):
            return [one, other] + one.smaller.map { .both($0, other) } + other.smaller.map { .both(one, $0) }
        case .either(let one, let other):
            return [one, other] + one.smaller.map { .either($0, other) } + other.smaller.map { .either(one, $0) }
        }
    }

    /// The smallest list of expressions on which a check still fails that failed on the given one.
    static func smallest(_ trees: [DomainTree], failing fails: ([DomainTree]) throws -> Bool) rethrows -> [DomainTree] {
        var current = trees
        while true {
            var candidates: [[DomainTree]] = []
            for place in current.indices {
                var others = current
                let tree = others.remove(at: place)
                candidates.append(others)
                for smaller in tree.smaller {
                    var changed = current
                    changed[place] = smaller
                    candidates.append(changed)
                }
            }
            guard let next = try candidates.first(where: fails) else { return current }
            current = next
        }
    }
}
