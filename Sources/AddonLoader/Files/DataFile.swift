internal import Values

/// A data file of any kind; its name's ending tells which (contract/addons.md §2).
struct DataFile {
    let context: LoadContext
    /// What the manifest's list implies.
    let isNoUpdate: Bool

    /// - Throws: `LoadError` naming file and line.
    func load(_ path: String) throws {
        switch path.split(separator: ".").last?.lowercased() {
        case "csv": try CSVDataFile(context: context, isNoUpdate: isNoUpdate).load(path)
        case "sql":
            // The database's own server has done it long ago.
            if context.mode != .adopt { try SQLDataFile(context: context).load(path) }
        case "yml":
            throw LoadError.unreadable(file: "\(context.addon.name)/\(path)", reason: "YAML files cannot be loaded")
        default: try XMLDataFile(context: context, isNoUpdate: isNoUpdate).load(path)
        }
    }
}
