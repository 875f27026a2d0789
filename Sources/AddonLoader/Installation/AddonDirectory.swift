internal import ORM
internal import Values

/// Keeps `ir.module.module` as the addons on disk are (contract/addons.md §3).
struct AddonDirectory {
    let environment: Environment

    /// Adds addons that the database does not know yet, with their categories, dependencies and external ids, and takes
    /// over what the manifests of the others say now. The version that is installed is told elsewhere.
    ///
    /// - Parameter keepingKnown: Leaves the others as another server has described them.
    func update(_ addons: AddonCollection, keepingKnown: Bool = false) throws -> AddonListChange {
        let known = try KnownAddons(in: environment)
        // One that cannot be installed is only noted in a new database.
        let new = addons.folders.values.filter {
            known.names[$0.name] == nil && ($0.manifest.isInstallable || known.names.isEmpty)
        }
        let described = addons.folders.values.filter { !keepingKnown && known.names[$0.name] != nil }
            .sorted { $0.name < $1.name }
        let categories = try categoryIDs(of: Set((new + described).map(\.manifest.categoryPath)))
        var change = AddonListChange()
        change.updated = try AddonDescriptions(described, categories, known.certificates).write(in: environment)
        try updateDependencies(of: described, known)
        change.added = try add(new.sorted { $0.name < $1.name }, categories, known)
        return change
    }

    private func add(
        _ new: [AddonFolder], _ categories: [String: RecordID], _ known: KnownAddons
    ) throws -> Int {
        if new.isEmpty { return 0 }
        let descriptions = AddonDescriptions(new, categories, known.certificates)
        let rows = zip(new, descriptions.rows).map { addon, description -> FieldValues in
            var row = description
            row["name"] = .text(addon.name)
            row["state"] = addon.manifest.isInstallable ? "uninstalled" : "uninstallable"
            row["dependencies_id"] = .list(addon.manifest.depends.map { [0, 0, ["name": .text($0)]] })
            return row
        }
        let ids = try environment.records("ir.module.module").create(rows)
        let book = ExternalIDBook(environment: environment)
        for (addon, id) in zip(new, ids) where try book.entry(addon.name, "module_meta_information") == nil {
            try book.add(
                addon.name, "module_meta_information", model: "ir.module.module", id: id, isNoUpdate: true)
        }
        try book.flush()
        return new.count
    }

    /// Brings what addons depend on up to date, by at most two statements for all of them.
    private func updateDependencies(of addons: [AddonFolder], _ known: KnownAddons) throws {
        let model = "ir.module.module.dependency"
        var (gone, new): ([RecordID], [FieldValues]) = ([], [])
        for addon in addons {
            guard let id = known.names[addon.name] else { continue }
            let lines = known.dependencies[id] ?? [:]
            let depends = Set(addon.manifest.depends)
            gone += lines.filter { !depends.contains($0.key) }.map(\.value)
            new += depends.filter { lines[$0] == nil }.sorted().map { ["name": .text($0), "module_id": .integer(id)] }
        }
        if !gone.isEmpty { try environment.records(model, gone.sorted()).unlink() }
        if !new.isEmpty { _ = try environment.records(model).create(new) }
    }

    /// The addon's data are in the database now.
    ///
    /// - Parameter demo: Whether demo data came along; nil leaves it as it was.
    func markInstalled(_ addon: AddonFolder, demo: Bool?) throws {
        var values: FieldValues = ["state": "installed", "latest_version": .text(addon.manifest.installedVersion)]
        if let demo { values["demo"] = .boolean(demo) }
        try environment.search("ir.module.module", [["name", "=", .text(addon.name)]]).write(values)
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
