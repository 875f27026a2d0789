/// The order in which addons load: each after all it depends on, those of one depth by name (contract/addons.md §4).
public struct AddonGraph: Sendable {
    /// Names in load order.
    public let order: [String]

    /// The named addons and everything they need.
    ///
    /// - Throws: `LoadError.unknownAddon`, `.missingDependency` or `.circularDependency`.
    public init(_ names: some Sequence<String>, among addons: [String: AddonFolder]) throws {
        let all = try Self.closure(of: names, among: addons)
        order = Self.sorted(all, among: addons)
        let rest = all.subtracting(order)
        if !rest.isEmpty { throw LoadError.circularDependency(Self.circle(in: rest, among: addons)) }
    }

    /// Those of the named addons that can be loaded by themselves: their folders are there, and what they depend on is
    /// among them. The others stay out, with all that builds on them.
    ///
    /// - Parameter leftOut: Told why an addon stays out.
    init(loadable names: Set<String>, among addons: [String: AddonFolder], leftOut: (LoadError) -> Void) {
        let order = Self.sorted(names, among: addons)
        self.order = order
        for name in names.subtracting(order).sorted() {
            if let missing = addons[name]?.manifest.depends.first(where: { !order.contains($0) }) {
                leftOut(.unmetDependency(missing, of: name))
            } else {
                leftOut(.unknownAddon(name))
            }
        }
    }

    /// The named addons with all that depend on them, in load order.
    public static func dependants(
        of names: Set<String>, among order: [String], addons: [String: AddonFolder]
    ) -> [String] {
        var affected = names
        for name in order where addons[name]?.manifest.depends.contains(where: affected.contains) == true {
            affected.insert(name)
        }
        return order.filter(affected.contains)
    }

    private static func closure(
        of names: some Sequence<String>, among addons: [String: AddonFolder]
    ) throws -> Set<String> {
        var all: Set<String> = []
        var open: [(name: String, neededBy: String?)] = names.sorted().reversed().map { ($0, nil) }
        while let (name, addon) = open.popLast() {
            guard all.insert(name).inserted else { continue }
            guard let folder = addons[name] else {
                throw addon.map { LoadError.missingDependency(name, of: $0) } ?? LoadError.unknownAddon(name)
            }
            open += folder.manifest.depends.map { ($0, name) }
        }
        return all
    }

    /// Depth by depth: first those that depend on nothing, then those whose dependencies are placed. What depends on
    /// something that is not among the names, or on itself, never gets its turn.
    private static func sorted(_ names: Set<String>, among addons: [String: AddonFolder]) -> [String] {
        var order: [String] = []
        var placed: Set<String> = []
        var waiting = names.filter { addons[$0] != nil }
        while true {
            let next = waiting.filter { addons[$0]?.manifest.depends.allSatisfy(placed.contains) == true }.sorted()
            if next.isEmpty { return order }
            order += next
            placed.formUnion(next)
            waiting.subtract(next)
        }
    }

    /// A circle among addons of which each depends on another one of them.
    private static func circle(in names: Set<String>, among addons: [String: AddonFolder]) -> [String] {
        var path: [String] = []
        var next = names.min()
        while let name = next {
            if let start = path.firstIndex(of: name) { return Array(path[start...]) }
            path.append(name)
            next = addons[name]?.manifest.depends.first(where: names.contains)
        }
        return path
    }
}
