internal import ORM
internal import Values

/// Keeps `ir.module.module` as the addons on disk are (contract/addons.md §3).
struct AddonDirectory {
    let environment: Environment

    /// Adds addons that the database does not know yet, with their categories, dependencies and external ids.
    func update(_ addons: AddonCollection) throws {
        let known = try environment.search("ir.module.module")
        let names = Set(try known.map { try $0.text("name") ?? "" } as [String])
        let new = addons.folders.values.filter { !names.contains($0.name) }.sorted { $0.name < $1.name }
        if new.isEmpty { return }
        let categories = try categoryIDs(of: Set(new.map(\.manifest.category)))
        let rows = new.map { addon -> FieldValues in
            var row = described(addon)
            row["name"] = .text(addon.name)
            row["state"] = addon.manifest.isInstallable ? "uninstalled" : "uninstallable"
            row["category_id"] = categories[addon.manifest.category].map { .integer($0) } ?? false
            row["dependencies_id"] = .list(addon.manifest.depends.map { [0, 0, ["name": .text($0)]] })
            return row
        }
        let ids = try environment.records("ir.module.module").create(rows)
        let book = ExternalIDBook(environment: environment)
        for (addon, id) in zip(new, ids) {
            try book.add(
                addon.name, "module_meta_information", model: "ir.module.module", id: id, isNoUpdate: true)
        }
        try book.flush()
    }

    /// The addon's data are in the database now.
    ///
    /// - Parameter demo: Whether demo data came along; nil leaves it as it was.
    func markInstalled(_ addon: AddonFolder, demo: Bool?) throws {
        let record = try environment.search("ir.module.module", [["name", "=", .text(addon.name)]])
        var values = described(addon)
        values["state"] = "installed"
        values["latest_version"] = .text(addon.manifest.installedVersion)
        if let demo { values["demo"] = .boolean(demo) }
        if let lines = try record.first.flatMap({ try changedDependencies(of: $0, addon.manifest.depends) }) {
            values["dependencies_id"] = lines
        }
        try record.write(values)
    }

    /// What must become of the dependencies a database knows of; nil when they are those of the manifest.
    private func changedDependencies(of record: Record, _ depends: [String]) throws -> Value? {
        var known: [String: RecordID] = [:]
        for line in try record.many("dependencies_id") { known[try line.text("name") ?? ""] = line.id }
        if Set(known.keys) == Set(depends) { return nil }
        let gone = known.filter { !depends.contains($0.key) }.map { Value.list([2, .integer($0.value)]) }
        let new = depends.filter { known[$0] == nil }.map { Value.list([0, 0, ["name": .text($0)]]) }
        return .list(gone + new)
    }

    private func described(_ addon: AddonFolder) -> FieldValues {
        let manifest = addon.manifest
        var values: FieldValues = [
            "shortdesc": .text(manifest.title), "description": .text(manifest.summary),
            "author": .text(manifest.author), "website": .text(manifest.website), "license": .text(manifest.license),
            "maintainer": .text(manifest.maintainer), "web": .boolean(manifest.isWeb),
            "contributors": .text(manifest.contributors.joined(separator: ", ")),
        ]
        if let certificate = manifest.certificate { values["certificate"] = .text(certificate) }
        return values
    }

    /// The ids of category paths; what is missing of the tree is made, level by level.
    private func categoryIDs(of paths: Set<String>) throws -> [String: RecordID] {
        var known: [String: RecordID] = [:]
        for (id, path) in try categoryPaths() { known[path] = id }
        let missing = Set(paths.flatMap(Self.prefixes)).filter { known[$0] == nil }
        // Shorter paths first, so that a parent is there before its children.
        for level in Dictionary(grouping: missing, by: { $0.split(separator: "/").count }).sorted(by: {
            $0.key < $1.key
        }) {
            let paths = level.value.sorted()
            let ids = try environment.records("ir.module.category").create(
                paths.map { path in
                    let parts = path.split(separator: "/")
                    let parent = known[parts.dropLast().joined(separator: "/")]
                    return [
                        "name": .text(parts.last.map(String.init) ?? path),
                        "parent_id": parent.map { .integer($0) } ?? false,
                    ]
                })
            for (path, id) in zip(paths, ids) { known[path] = id }
        }
        return known
    }

    /// `Sales/Leads` for each category, from one reading of all of them.
    private func categoryPaths() throws -> [RecordID: String] {
        var names: [RecordID: String] = [:]
        var parents: [RecordID: RecordID] = [:]
        for category in try environment.search("ir.module.category") {
            names[category.id] = try category.text("name") ?? ""
            parents[category.id] = try category.value("parent_id").integer
        }
        return names.reduce(into: [:]) { paths, entry in
            var path = [entry.value]
            var parent = parents[entry.key]
            // A tree has fewer levels than members; a circle would have no end.
            while let id = parent, path.count <= names.count {
                path.insert(names[id] ?? "", at: 0)
                parent = parents[id]
            }
            paths[entry.key] = path.joined(separator: "/")
        }
    }

    private static func prefixes(of path: String) -> [String] {
        let parts = path.split(separator: "/")
        return parts.indices.map { parts[...$0].joined(separator: "/") }
    }
}
