/// The order in which addons load: each after all it depends on, those of one depth by name (contract/addons.md §4).
public struct AddonGraph: Sendable {
    /// Names in load order.
    public let order: [String]

    /// The named addons and everything they need.
    ///
    /// - Throws: `LoadError.unknownAddon`, `.missingDependency` or `.circularDependency`.
    public init(_ names: some Sequence<String>, among addons: [String: AddonFolder]) throws {
        var depths: [String: Int] = [:]
        for name in names.sorted() {
            guard addons[name] != nil else { throw LoadError.unknownAddon(name) }
            _ = try Self.depth(of: name, neededBy: nil, among: addons, path: [], known: &depths)
        }
        order = depths.keys.sorted { (depths[$0] ?? 0, $0) < (depths[$1] ?? 0, $1) }
    }

    private static func depth(
        of name: String, neededBy addon: String?, among addons: [String: AddonFolder], path: [String],
        known: inout [String: Int]
    ) throws -> Int {
        if let depth = known[name] { return depth }
        if let start = path.firstIndex(of: name) { throw LoadError.circularDependency(Array(path[start...])) }
        guard let folder = addons[name] else {
            throw LoadError.missingDependency(name, of: addon ?? name)
        }
        var depth = 0
        for dependency in folder.manifest.depends {
            depth = max(
                depth,
                try 1 + Self.depth(of: dependency, neededBy: name, among: addons, path: path + [name], known: &known))
        }
        known[name] = depth
        return depth
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
}
